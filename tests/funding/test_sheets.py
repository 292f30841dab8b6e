"""Does what sponsors read of a course hold no country that did not agree, and no way to a need?"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.extensions import db
from app.funding.courses import actions, hosting, queries, sending, sheets
from app.funding.courses.actions import Part, Terms
from app.funding.courses.lists import THEMES
from app.funding.courses.models import Course, CourseSeat
from app.funding.delivery.models import Attendance
from app.intake.models import Dossier
from app.outbox.deeds import LookAgain, look
from app.outbox.models import OutboxMessage
from app.summaries.models import ReleasedSummary, Summary
from app.web.refusal import Refusal
from tests.calls.browsing import Reader
from tests.calls.settled import MORNING
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


@pytest.mark.parametrize("reason", ["Honduras los tiene ya", "La delegación guatemalteca los trae",
                                    "We in El Salvador have them"])  # fmt: skip
def test_the_reason_of_a_country_names_no_country_whether_it_takes_part_or_not(
    plan: Planned, reason: str
) -> None:
    pledge = plan.offer(plan.ca, materials="100.00")
    with pytest.raises(Refusal) as refused:
        plan.review("sv", pledge, "returned", reason)
    assert refused.value.field == "reason"
    assert "names a country" in refused.value.message


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


def held(plan: Planned, title: str) -> None:
    """A course of the same components that sponsors read of by this title, and that was held."""

    def act() -> None:
        course = actions.create(plan.st, title_es=title, title_en=title)
        part = queries.components(course.id)[0][0]
        course.state, course.ends_on = "delivered", date(2004, 3, 1)
        sheets.release(course.id, {"title": {"es": title, "en": title}})
        terms = Terms(
            title_es="Curso", title_en="Course", decide_by=LAST_DAY,
            components=(Part(title_es=part.title_es, title_en=part.title_en),),
        )  # fmt: skip
        actions.edit(plan.st, plan.course(), terms=terms, revision=plan.course().revision)

    plan.stored(act)


def renew(plan: Planned) -> None:
    def act() -> None:
        course = plan.course()
        content = sheets.build(plan.st, course)
        sending.renew_sheet(plan.st, course, content, revision=course.revision)

    plan.stored(act)


def host(plan: Planned, who: str, named: bool) -> None:
    def act() -> None:
        plan.course().host_id = plan.settled.id(who)
        db.session.flush()
        hosting.say(plan.settled[who], plan.course(), named=named)

    plan.stored(act)


def test_an_earlier_course_is_told_by_its_title_unless_that_names_who_goes_unnamed_here(
    plan: Planned,
) -> None:
    held(plan, "Curso para Honduras en Tegucigalpa")
    renew(plan)
    assert sheet(plan)["held_before"] == [
        {"title": sheets.A_COURSE, "ends_on": "2004-03-01", "came": 0, "finished": 0}
    ]


def test_an_earlier_course_says_how_many_finished_of_all_countries_together(
    plan: Planned, reader: Reader
) -> None:
    held(plan, "Entrevista a víctimas")

    def attend() -> None:
        [earlier] = db.session.scalars(db.select(Course).where(Course.state == "delivered"))
        for who, women, men, finished in (("hn", 8, 4, 7), ("sv", 0, 6, 0)):
            db.session.add(Attendance(
                course_id=earlier.id, organisation_id=plan.settled.id(who), women=women, men=men,
                not_stated=0, finished_women=finished, finished_men=men, finished_not_stated=0,
                recorded_by=plan.st.person_id, recorded_at=MORNING, revision=1))  # fmt: skip

    plan.stored(attend)
    renew(plan)
    [told] = sheet(plan)["held_before"]
    assert (told["came"], told["finished"]) == (18, 17)
    reader.as_(plan.ca)
    place = f"/received/courses/{invitation_of(plan, plan.ca)}"
    assert "17 of 18 participants finished" in reader.get(place).words


def release_summary(plan: Planned, who: str, **values: str) -> None:
    """Let the summary of a country's need be released as the Secretariat and the country agreed."""

    def act() -> None:
        [row] = [row for row in queries.seats(plan.st, plan.course_id)
                 if row.organisation_id == plan.settled.id(who)]  # fmt: skip
        version = db.session.get_one(Dossier, row.need_id).accepted_version_id
        items = [{"key": key, "value": {"es": value, "en": value}} for key, value in values.items()]
        content = {"sections": [{"items": items}], "country": None}
        released = ReleasedSummary(reference=row.reference[::-1], content=content, hash="0",
                                   released_at=MORNING)  # fmt: skip
        db.session.add(released)
        db.session.flush()
        db.session.add(Summary(
            organisation_id=row.organisation_id, need_id=row.need_id, version_id=version,
            state="released", preview="{}", preview_hash="0", released_id=released.id,
            created_at=MORNING))  # fmt: skip

    plan.stored(act)


def fewer_seats(plan: Planned) -> None:
    def act() -> None:
        course = plan.course()
        seats = {row.need_id: row.seats - 4 for row in queries.seats(plan.st, course.id)}
        actions.set_seats(plan.st, course, seats=seats, revision=course.revision)

    plan.stored(act)


def test_what_a_released_summary_says_broadly_is_not_exact_in_the_sheet(plan: Planned) -> None:
    fewer_seats(plan)
    label = THEMES.label("T2", "es")
    renew(plan)
    assert (sheet(plan)["waiting"], sheet(plan)["themes"]) == (8, ["T2"])
    exact = sheet(plan)["asked"]
    assert sorted(exact.values()) == [10, 20]
    release_summary(plan, "hn", themes="Trata de personas en general", participants="entre 10 y 25")
    renew(plan)
    assert (sheet(plan)["waiting"], sheet(plan)["themes"]) == (4, ["T2"])  # as the other one says
    assert sorted(sheet(plan)["asked"].values()) == [10, 16]  # its seats alone
    assert len(set(sheet(plan)["asked"]) & set(exact)) == 1  # under a mark of this course
    release_summary(plan, "sv", themes=label, participants="10")
    renew(plan)
    assert (sheet(plan)["waiting"], sheet(plan)["themes"]) == (4, ["T2"])


def test_a_theme_that_every_summary_says_broadly_is_left_out(plan: Planned) -> None:
    for who in ("hn", "sv"):
        release_summary(plan, who, participants="20")
    renew(plan)
    assert sheet(plan)["themes"] == []


def test_an_earlier_course_of_another_title_keeps_it(plan: Planned) -> None:
    held(plan, "Entrevista a víctimas")
    renew(plan)
    assert sheet(plan)["held_before"][0]["title"]["es"] == "Entrevista a víctimas"


def test_every_text_of_a_sheet_is_held_against_the_names(plan: Planned) -> None:
    content = sheet(plan)
    for place in (set(content) - sheets.BY_CONSENT) - {"seats", "countries_count", "waiting"}:
        told = {**content, place: [{"anything": "Honduras"}]}
        assert "Honduras" in [text for _at, text in sheets.texts(told)], place


def test_a_host_that_is_not_named_any_more_pays_as_the_host_country(plan: Planned) -> None:
    host(plan, "hn", True)
    plan.accept(plan.offer(plan.settled["hn"], materials="10.00"))
    plan.confirm(plan.settled["hn"])
    renew(plan)
    assert [each["en"] for each in sheet(plan)["funders"]] == ["hn (en)"]
    host(plan, "hn", False)
    renew(plan)
    assert sheet(plan)["funders"] == [sheets.THE_HOST]


def test_who_hosted_before_is_not_named_by_the_yes_of_the_new_host(plan: Planned) -> None:
    host(plan, "hn", True)
    plan.accept(plan.offer(plan.settled["hn"], materials="10.00"))
    plan.confirm(plan.settled["hn"])
    renew(plan)
    host(plan, "sv", True)
    renew(plan)
    assert sheet(plan)["host"]["en"] == "sv (en)"
    assert sheet(plan)["funders"] == [sheets.THE_HOST]


def test_who_pays_unnamed_stands_last(plan: Planned) -> None:
    plan.accept(plan.offer(plan.other, materials="10.00"))
    plan.confirm(plan.other)
    host(plan, "hn", False)
    plan.accept(plan.offer(plan.settled["hn"], materials="10.00"))
    plan.confirm(plan.settled["hn"])
    renew(plan)
    assert [each["en"] for each in sheet(plan)["funders"]] == [
        "Another sponsor",
        "The host country",
    ]


def test_a_deed_does_not_undo_a_sheet_that_was_released_while_it_looked(plan: Planned) -> None:
    pledge = plan.offer(plan.ca, materials="100.00")
    plan.accept(pledge)
    plan.confirm(plan.ca)
    params = {"pledge": pledge, "step": "confirm"}
    write = plan.stored(lambda: look("pledge-step", params))
    host(plan, "sv", True)
    renew(plan)
    with pytest.raises(LookAgain):
        plan.stored(write)
    assert sheet(plan)["host"]["en"] == "sv (en)"
    plan.stored(lambda: look("pledge-step", params)())
    assert sheet(plan)["host"]["en"] == "sv (en)"
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
