"""Is a host named to sponsors only by its own act, and no more once it takes that back?"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.db.errors import Missing
from app.extensions import db
from app.funding.courses import actions, following, hosting, queries, sending, sheets
from app.funding.courses.actions import Part, Terms
from app.funding.courses.models import CourseInvitation
from app.funding.offers import actions as offering
from app.intake.models import Dossier
from app.outbox.deeds import look
from app.outbox.models import OutboxMessage
from app.policy.engine import Forbidden
from app.web.refusal import Refusal
from app.workflow.machine import NotNow
from tests.calls.browsing import Reader
from tests.funding.planned import LAST_DAY, Planned, a_need, invitation_of
from tests.offers.offered import hosting as to_host

NAMES = ("Honduras", "hn (es)", "hn (en)", "Tegucigalpa", "hondure")


@pytest.fixture
def hosted(plan: Planned) -> Planned:
    """The course with Honduras as its host, whose seats go unnamed."""

    def host() -> None:
        course = plan.course()
        actions.edit(plan.st, course, revision=course.revision, terms=Terms(
            title_es="Curso regional", title_en="Regional course", decide_by=LAST_DAY,
            host_id=plan.settled.id("hn"), place="Tegucigalpa",
            components=(Part(title_es="Básico", title_en="Basics",
                             provider_id=plan.settled.id("hn")),)))  # fmt: skip

    plan.stored(host)
    return plan


def say(plan: Planned, who: str, named: bool) -> None:
    def act() -> None:
        actor = plan.settled[who]
        hosting.say(actor, hosting.hosted(actor, plan.course_id), named=named)

    plan.stored(act)


def renew(plan: Planned, **change: Any) -> None:
    def act() -> None:
        course = plan.course()
        for name, value in change.items():
            setattr(course, name, value)
        db.session.flush()
        content = sheets.build(plan.st, course)
        sending.renew_sheet(plan.st, course, content, revision=course.revision)

    plan.stored(act)


def carry_out(plan: Planned) -> None:
    def act() -> None:
        waiting = db.session.scalars(
            db.select(OutboxMessage).where(OutboxMessage.kind == following.UNNAME)
        )
        for each in waiting:
            look(following.UNNAME, each.params)()

    plan.stored(act)


def sheet(plan: Planned) -> dict[str, Any]:
    return plan.stored(lambda: queries.newest_sheet(plan.course_id).content)  # type: ignore[union-attr]


def told(plan: Planned) -> str:
    return json.dumps(sheet(plan), ensure_ascii=False)


def offer_to_host(plan: Planned, named: bool) -> Callable[[], None]:
    """Open it; what comes back withdraws it."""
    actor = plan.settled["hn"]
    terms = replace(to_host(), named_to_sponsors=named, valid_until=date(2004, 12, 31))
    offer_id = plan.stored(lambda: offering.create(actor, terms, opens=True).id)

    def withdraw() -> None:
        offer = offering.queries.get_own(actor, offer_id)
        offering.withdraw(actor, offer, reason="Not now", revision=offer.revision)

    return lambda: plan.stored(withdraw)


def test_a_host_that_said_nothing_is_known_and_not_named(hosted: Planned) -> None:
    renew(hosted)
    content = sheet(hosted)
    assert (content["host"], content["has_host"], content["place"]) == (None, True, "")
    assert content["components"][0]["provider"] is None
    for name in NAMES:
        assert name not in told(hosted)


def test_its_yes_on_the_course_names_it_and_its_no_makes_a_new_sheet(hosted: Planned) -> None:
    say(hosted, "hn", True)
    renew(hosted)
    assert (sheet(hosted)["host"]["en"], sheet(hosted)["place"]) == ("hn (en)", "Tegucigalpa")
    say(hosted, "hn", False)
    carry_out(hosted)
    for name in NAMES:
        assert name not in told(hosted)
    assert sheet(hosted)["has_host"]


def test_what_the_secretariat_wrote_of_it_goes_with_its_name(hosted: Planned) -> None:
    hosted.stored(lambda: setattr(hosted.course(), "host_id", hosted.settled.id("ca")))
    say(hosted, "ca", True)
    renew(hosted, title_en="Course in Canada", vetting="Los canadienses la ven", place="Ottawa")
    assert "Canada" in told(hosted)

    def send() -> None:
        for each in db.session.scalars(db.select(CourseInvitation)):
            each.why = "Canada hosts"

    hosted.stored(send)
    say(hosted, "ca", False)
    carry_out(hosted)
    for name in ("Canada", "canadienses", "ca (en)", "Ottawa"):
        assert name not in told(hosted)
    whys = hosted.stored(lambda: list(db.session.scalars(db.select(CourseInvitation.why))))
    assert set(whys) == {""}


def test_its_open_offer_to_host_says_it_and_no_more_once_withdrawn(
    app: Any, hosted: Planned
) -> None:
    withdraw = offer_to_host(hosted, named=True)
    renew(hosted)
    assert sheet(hosted)["host"]["es"] == "hn (es)"
    withdraw()
    with app.app_context():
        following.keep_up()
    for name in NAMES:
        assert name not in told(hosted)


def test_its_word_on_the_course_counts_more_than_its_offer(hosted: Planned) -> None:
    offer_to_host(hosted, named=True)
    say(hosted, "hn", False)
    renew(hosted)
    assert sheet(hosted)["host"] is None


def test_of_two_offers_one_no_is_enough(hosted: Planned) -> None:
    offer_to_host(hosted, named=True)
    offer_to_host(hosted, named=False)
    renew(hosted)
    assert sheet(hosted)["host"] is None


def test_nobody_says_it_for_the_host(hosted: Planned) -> None:
    with pytest.raises(Missing):
        say(hosted, "sv", True)
    with pytest.raises(Forbidden):
        say(hosted, "st", True)


def test_it_is_said_until_the_course_is_held(hosted: Planned) -> None:
    for state, ends in (("scheduled", None), ("delivered", NotNow), ("cancelled", NotNow)):
        hosted.stored(lambda state=state: setattr(hosted.course(), "state", state))
        if ends is None:
            say(hosted, "hn", True)
        else:
            with pytest.raises(ends):
                say(hosted, "hn", False)


def test_whatever_the_secretariat_posts_the_host_stays_unnamed(
    hosted: Planned, reader: Reader
) -> None:
    place = f"/courses/{hosted.course_id}"
    reader.as_(hosted.st)
    assert "host_named" not in reader.get(f"{place}/edit").html
    posted = reader.get(f"{place}/edit").fields(f"{place}/edit")
    said = {"host_named": ["yes"], "named": ["yes"]}
    assert reader.send(f"{place}/edit", {**posted, **said}).status == 303
    assert reader.submit(f"{place}/sheet", f"{place}/sheet/renewal").status == 303
    reader.as_(hosted.ca)
    seen = reader.get(f"/received/courses/{invitation_of(hosted, hosted.ca)}")
    assert "known, and not named" in seen.words
    for name in NAMES:
        assert name not in seen.html


def test_the_host_answers_on_the_courses_page_with_nothing_preselected(
    hosted: Planned, reader: Reader
) -> None:
    place = f"/courses/{hosted.course_id}"
    reader.as_(hosted.settled["hn"])
    seen = reader.get(place)
    assert "May sponsors be told that your country hosts it?" in seen.words
    assert "named" not in seen.fields(f"{place}/host")
    assert reader.submit(place, f"{place}/host").status == 303
    assert not hosted.stored(lambda: queries.host_agreed(hosted.course()))
    assert reader.submit(place, f"{place}/host", named="yes").status == 303
    assert "Sponsors are told who hosts" in reader.get(place).words
    reader.as_(hosted.settled["sv"])
    assert "May sponsors be told" not in reader.get(place).words


@pytest.mark.parametrize("how", ["withdrawn", "less"])
def test_a_country_whose_need_agrees_no_more_is_taken_out_by_itself(
    app: Any, plan: Planned, how: str
) -> None:
    renew(plan, title_en="Course in El Salvador")
    assert sheet(plan)["countries"] == ["SV"]

    def end() -> None:
        need = next(row.need_id for row in queries.all_seats(plan.course_id) if row.country == "SV")
        dossier = db.session.get_one(Dossier, need)
        dossier.accepted_version_id = None
        if how == "withdrawn":
            dossier.state = "withdrawn"
        else:  # its successor, which goes unnamed
            dossier.accepted_version_id = a_need(plan.settled, "sv", 10).accepted_version_id

    plan.stored(end)
    for _again in range(2):
        with app.app_context():
            following.keep_up()
    content = sheet(plan)
    assert (content["countries"], content["title"]) == ([], sheets.A_COURSE)
    is_told = how != "withdrawn"
    figures = (content["seats"], content["countries_count"])
    assert figures == ((30, 2) if is_told else (0, 0)), "tests/funding/test_following.py"
    kind = "course-unnamed" if is_told else "course-reviewed"
    letters = plan.stored(lambda: list(db.session.scalars(
        db.select(OutboxMessage.id).where(OutboxMessage.kind == kind))))  # fmt: skip
    assert len(letters) == 1


def test_a_reason_that_names_who_joined_unnamed_goes_with_the_new_sheet(
    plan: Planned, reader: Reader
) -> None:
    def join() -> None:
        for each in db.session.scalars(db.select(CourseInvitation)):
            each.why = "As Canada asked"
        course, need = plan.course(), a_need(plan.settled, "ca", 7)
        seats = {row.need_id: row.seats for row in queries.all_seats(course.id)}
        actions.set_seats(plan.st, course, seats={**seats, need.id: 7}, revision=course.revision)

    plan.stored(join)
    with pytest.raises(Refusal) as refused:  # Canada's sponsor side reads it
        renew(plan)
    assert refused.value.field == "own_side_reads"
    place = f"/courses/{plan.course_id}/sheet"
    reader.as_(plan.st)
    assert reader.submit(place, f"{place}/renewal").status == 422
    assert reader.submit(place, f"{place}/renewal", own_side_reads="yes").status == 303
    whys = plan.stored(lambda: list(db.session.scalars(db.select(CourseInvitation.why))))
    assert set(whys) == {""}
