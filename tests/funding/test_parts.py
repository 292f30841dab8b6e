"""Does an organisation confirm or decline what a course asks of it apart from money, by its own word?"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from app.funding.courses import actions, parts, sending, sheets
from app.funding.courses.actions import Part, Terms
from app.funding.pledges import carrying
from app.funding.pledges import queries as pledges
from app.web.refusal import Refusal
from app.workflow.machine import NotNow
from tests.calls.browsing import Reader
from tests.funding.planned import LAST_DAY, Planned, invitation_of

LAW = Part(title_es="Derecho de los refugiados", title_en="Refugee law", hours=Decimal(4))


def plan_it(plan: Planned, *components: Part, renews: bool = True, **roles: str) -> None:
    """Give the course these components, and Canada's side these roles."""

    def act() -> None:
        course = plan.course()
        of_ca = plan.ca.organisation_id
        actions.edit(plan.st, course, revision=course.revision, terms=Terms(
            title_es="Curso regional", title_en="Regional course", decide_by=LAST_DAY,
            components=tuple(
                Part(**{**vars(each), "provider_id": of_ca}) for each in components),
            roles=tuple((role, of_ca) for role in roles)))  # fmt: skip
        if renews:
            content = sheets.build(plan.st, course)
            sending.renew_sheet(plan.st, course, content, revision=course.revision)

    plan.stored(act)


def say(plan: Planned, answer: str, reason: str = "", shown: str = "") -> None:
    invitation = invitation_of(plan, plan.ca)

    def act() -> None:
        found = pledges.sent(plan.ca, invitation)
        part = parts.own(plan.ca, plan.course_id)
        parts.say(plan.ca, found.invitation, answer=answer, reason=reason,
                  shown=shown or (part.hash if part else ""))  # fmt: skip

    plan.stored(act)


def state(plan: Planned) -> Any:
    return plan.stored(lambda: {
        each.organisation.id: each.state for each in parts.of_course(plan.course_id)
    }.get(plan.ca.organisation_id))  # fmt: skip


def test_who_has_no_part_is_asked_nothing(plan: Planned) -> None:
    plan_it(plan, payer="yes")
    assert state(plan) is None
    with pytest.raises(NotNow):
        say(plan, "confirmed")


def test_it_is_asked_when_sponsors_read_it_and_confirmed_by_its_own_word(plan: Planned) -> None:
    plan_it(plan, LAW, renews=False, technical="yes")
    assert state(plan) == ""
    plan_it(plan, LAW, technical="yes")
    assert state(plan) == "asked"
    say(plan, "confirmed")
    assert state(plan) == "confirmed"
    plan_it(plan, LAW, technical="yes")
    assert state(plan) == "confirmed"  # the same question is not asked twice


def test_a_no_needs_its_reason_and_may_become_a_yes(plan: Planned) -> None:
    plan_it(plan, LAW)
    with pytest.raises(Refusal):
        say(plan, "declined")
    say(plan, "declined", "No trainer is free in September")
    assert state(plan) == "declined"
    say(plan, "confirmed")
    assert state(plan) == "confirmed"


def test_another_part_is_another_question(plan: Planned) -> None:
    plan_it(plan, LAW)
    say(plan, "confirmed")
    plan_it(plan, LAW, content="yes", renews=False)
    assert state(plan) == ""
    plan_it(plan, LAW, content="yes")
    assert state(plan) == "asked"
    with pytest.raises(NotNow):
        say(plan, "confirmed", shown="of an older page")
    plan_it(plan)
    assert state(plan) is None
    with pytest.raises(NotNow):
        say(plan, "confirmed")


def test_nothing_is_said_once_the_course_was_held(plan: Planned) -> None:
    plan_it(plan, LAW)

    def hold() -> None:
        sending.close_to_pledges(plan.course())

    plan.stored(hold)
    with pytest.raises(NotNow):
        say(plan, "confirmed")


def test_the_pages_say_who_has_not_confirmed_and_what_comes_next(
    plan: Planned, reader: Reader
) -> None:
    plan_it(plan, LAW, technical="yes")
    course, place = (
        f"/courses/{plan.course_id}",
        f"/received/courses/{invitation_of(plan, plan.ca)}",
    )
    reader.as_(plan.st)
    seen = reader.get(course)
    assert "What is still missing" in seen.words
    assert "the word of" in seen.words
    assert "22,500.00 US dollars that nobody has confirmed or offered" in seen.words
    assert "Next: write when and where it is held" in seen.words
    reader.as_(plan.ca)
    page = reader.get(place)
    assert "Refugee law" in page.words
    refused = reader.send(f"{place}/part", {**page.fields(f"{place}/part"), "answer": ["declined"]})
    assert refused.status == 422
    assert "Say in a sentence why" in refused.words
    assert reader.submit(place, f"{place}/part").status == 303
    reader.as_(plan.st)
    seen = reader.get(course)
    assert "part confirmed" in seen.words
    assert "the word of" not in seen.words


def test_each_state_has_one_next_step(plan: Planned, reader: Reader) -> None:
    course = f"/courses/{plan.course_id}"
    reader.as_(plan.st)
    assert reader.get(course).html.count('class="govuk-button"') == 1

    def fix() -> None:
        found = plan.course()
        found.starts_on = found.ends_on = LAST_DAY
        found.place, found.host_id = "San Salvador", plan.settled.id("sv")

    plan.stored(fix)
    assert "Sponsors still read the older sheet" in reader.get(course).words

    def renew() -> None:
        found = plan.course()
        content = sheets.build(plan.st, found)
        sending.renew_sheet(plan.st, found, content, revision=found.revision)

    plan.stored(renew)
    seen = reader.get(course)
    assert "Next: fix the date" in seen.words
    assert seen.html.count('class="govuk-button"') == 1
    plan.stored(lambda: carrying.advance(
        plan.st, plan.course(), "schedule", revision=plan.course().revision))  # fmt: skip
    assert "Next: record who came" in reader.get(course).words
