"""Does what sponsors read of a course hold no country that did not agree, and no way to a need?"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from app.extensions import db
from app.funding.courses import actions, queries, sending, sheets
from app.funding.courses.actions import Part, Terms
from app.funding.courses.models import Course, CourseSeat
from app.outbox.deeds import look
from app.outbox.models import OutboxMessage
from app.web.refusal import Refusal
from tests.calls.browsing import Reader
from tests.funding.planned import LAST_DAY, Planned, a_need, invitation_of

HIDDEN = ("Honduras", "hn (es)", "hn (en)", '"HN"', "hondure")


def sheet(plan: Planned) -> dict[str, Any]:
    return plan.stored(lambda: queries.newest_sheet(plan.course_id).content)  # type: ignore[union-attr]


def need_words(plan: Planned) -> list[str]:
    return plan.stored(lambda: [
        word for row in queries.seats(plan.st, plan.course_id)
        for word in (row.need_id, row.reference)])  # fmt: skip


def test_it_names_who_agreed_and_counts_the_others(plan: Planned) -> None:
    content = sheet(plan)
    assert (content["countries"], content["countries_count"], content["seats"]) == (["SV"], 2, 30)
    told = json.dumps(content, ensure_ascii=False)
    for word in (*HIDDEN, *need_words(plan)):
        assert word not in told


def test_a_sponsors_pages_never_hold_an_unnamed_country(plan: Planned, reader: Reader) -> None:
    pledge = plan.offer(plan.ca, materials="900.00")
    plan.review("hn", pledge, "returned", "The materials exist already")
    plan.offer(plan.ca, materials="100.00")
    invitation = invitation_of(plan, plan.ca)
    for lang in ("es", "en"):
        reader.as_(replace(plan.ca, lang=lang))
        for place in ("", f"/{invitation}", f"/{invitation}/offer"):
            seen = reader.get(f"/received/courses{place}")

            for word in (*HIDDEN, *need_words(plan)):
                assert word not in seen.html, (place, word)


@pytest.mark.parametrize("change", [
    {"title_en": "A course for Honduras"}, {"vetting": "Solo personal hondureño"},
    {"components": (Part(title_es="Honduras", title_en="Basics"),)},
])  # fmt: skip
def test_words_that_name_an_unnamed_country_are_refused(
    plan: Planned, change: dict[str, Any]
) -> None:
    def send() -> None:
        course = plan.course()
        terms = Terms(
            **{"title_es": "Curso", "title_en": "Course", "decide_by": LAST_DAY, **change}
        )
        actions.edit(plan.st, course, terms=terms, revision=course.revision)
        content = sheets.build(plan.st, course)
        sending.renew_sheet(plan.st, course, content, revision=course.revision)

    with pytest.raises(Refusal) as refused:
        plan.stored(send)
    assert "tells sponsors which country asks" in refused.value.message


def test_the_reason_for_sending_names_nobody_either(plan: Planned) -> None:
    def send() -> None:
        course = plan.course()
        sending.send(plan.st, course, sheets.build(plan.st, course), why="Honduras asks for it",
                     sponsor_ids=[plan.other.organisation_id], revision=course.revision)  # fmt: skip

    with pytest.raises(Refusal) as refused:
        plan.stored(send)
    assert refused.value.field == "why"


def test_a_need_of_which_nothing_goes_to_sponsors_keeps_the_course_here(plan: Planned) -> None:
    def send() -> None:
        course = plan.course()
        need = a_need(plan.settled, "ca", 5, sponsors="none")
        seats = {row.need_id: row.seats for row in queries.seats(plan.st, course.id)}
        actions.set_seats(plan.st, course, seats={**seats, need.id: 3}, revision=course.revision)
        sending.renew_sheet(
            plan.st, course, sheets.build(plan.st, course), revision=course.revision
        )

    with pytest.raises(Refusal) as refused:
        plan.stored(send)
    assert refused.value.field == "sponsors"


def test_a_confirmed_pledge_is_read_by_the_others(plan: Planned) -> None:
    pledge = plan.offer(plan.ca, materials="900.00")
    plan.accept(pledge)
    plan.confirm(plan.ca)

    def deliver() -> None:
        for each in db.session.scalars(db.select(OutboxMessage)
                                       .where(OutboxMessage.kind == "pledge-step")):  # fmt: skip
            look("pledge-step", each.params)()

    plan.stored(deliver)
    assert [each["en"] for each in sheet(plan)["funders"]] == ["ca-sponsor (en)"]


def test_a_need_never_gets_more_seats_than_it_asks_whatever_other_courses_give(
    plan: Planned,
) -> None:
    def give(count: int) -> None:
        need = db.session.scalar(db.select(CourseSeat.need_id).where(
            CourseSeat.course_id == plan.course_id, CourseSeat.seats == 20))  # fmt: skip
        assert need is not None
        course = actions.create(plan.st, title_es="Otro", title_en="Another")
        actions.set_seats(plan.st, course, seats={need: count}, revision=course.revision)

    with pytest.raises(Refusal) as refused:
        plan.stored(lambda: give(1))
    assert refused.value.params["most"] == 0
    plan.stored(lambda: db.session.execute(db.update(Course).values(state="cancelled")) and None)
    plan.stored(lambda: give(20))
