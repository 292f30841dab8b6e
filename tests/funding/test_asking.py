"""Does a sponsor learn who takes part unnamed from each country alone, and of a no nothing at all?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.db.errors import Missing
from app.extensions import db
from app.funding.courses import asking, sending, sheets
from app.funding.courses.models import CourseCountryTold, CourseCountryWord
from app.funding.offers import actions as offering
from app.funding.pledges import queries as pledges
from app.outbox.deeds import look
from app.outbox.models import OutboxMessage
from app.policy.actor import Role
from app.policy.engine import Forbidden
from app.workflow.machine import NotNow
from tests.calls.browsing import Reader
from tests.funding.planned import Planned, invitation_of
from tests.offers.offered import offered


def ask(plan: Planned) -> str:
    """Canada asks; what comes back is its invitation."""
    invitation = invitation_of(plan, plan.ca)

    def act() -> None:
        found = pledges.sent(plan.ca, invitation)
        asking.ask(plan.ca, found.invitation, found.sheet.content)

    plan.stored(act)
    return invitation


def say(plan: Planned, invitation: str, *, named: bool, who: str = "hn") -> None:
    actor = plan.settled[who]
    plan.stored(lambda: asking.say(actor, asking.get(actor, invitation), named=named))


def mails(plan: Planned, kind: str) -> list[dict[str, Any]]:
    return plan.stored(lambda: [
        each.params for each in db.session.scalars(
            db.select(OutboxMessage).where(OutboxMessage.kind == kind))])  # fmt: skip


def to_whom(plan: Planned, kind: str) -> list[str]:
    return plan.stored(lambda: list(db.session.scalars(
        db.select(OutboxMessage.recipient).where(OutboxMessage.kind == kind))))  # fmt: skip


def test_who_is_named_already_is_not_asked(plan: Planned) -> None:
    invitation = ask(plan)
    plan.stored(lambda: look(asking.ASKED, {"invitation": invitation})())
    assert to_whom(plan, "course-country-asked") == [
        f"role:{plan.settled.id('hn')}:alternate,focal_point"
    ]
    with pytest.raises(Missing):
        say(plan, invitation, named=True, who="sv")


def test_nobody_answers_whom_nobody_asked_and_asking_twice_is_refused(plan: Planned) -> None:
    with pytest.raises(Missing):
        say(plan, invitation_of(plan, plan.ca), named=True)
    ask(plan)
    with pytest.raises(NotNow):
        ask(plan)


def test_a_yes_tells_that_sponsor_alone_and_stays_told(plan: Planned) -> None:
    invitation = ask(plan)
    say(plan, invitation, named=True)
    told = plan.stored(lambda: [
        (each.invitation_id, each.country, each.sponsor_id)
        for each in db.session.scalars(db.select(CourseCountryTold))])  # fmt: skip
    assert told == [(invitation, "HN", plan.ca.organisation_id)]
    assert mails(plan, "course-country-told")
    with pytest.raises(NotNow):
        say(plan, invitation, named=False)


def test_a_no_is_told_to_no_sponsor_and_may_become_a_yes(plan: Planned, reader: Reader) -> None:
    invitation = ask(plan)
    before = reader.as_(plan.ca).get(f"/received/courses/{invitation}").words
    say(plan, invitation, named=False)
    assert reader.get(f"/received/courses/{invitation}").words == before
    assert not mails(plan, "course-country-told")
    assert mails(plan, "course-country-word")  # the Secretariat is told
    say(plan, invitation, named=True)
    assert "Honduras let you know" in reader.get(f"/received/courses/{invitation}").words


def test_only_who_speaks_for_the_country_says_it(plan: Planned) -> None:
    invitation = ask(plan)
    colleague = replace(plan.settled["hn"], roles=frozenset({Role.CONTRIBUTOR}))
    with pytest.raises(Forbidden):
        plan.stored(lambda: asking.say(
            colleague, asking.get(colleague, invitation), named=True))  # fmt: skip
    with pytest.raises(Missing):
        plan.stored(lambda: asking.get(plan.st, invitation))
    assert plan.stored(lambda: db.session.scalar(db.select(CourseCountryWord.named))) is None


def test_it_is_asked_and_answered_on_the_pages(plan: Planned, reader: Reader) -> None:
    place = f"/received/courses/{invitation_of(plan, plan.ca)}"
    course = f"/courses/{plan.course_id}"
    reader.as_(plan.settled["hn"])
    assert "ask to know your country" not in reader.get(course).words
    reader.as_(plan.ca)
    assert reader.submit(place, f"{place}/countries").status == 303
    seen = reader.get(place)
    assert "You asked on" in seen.words
    assert f"{place}/countries" not in seen.html
    reader.as_(plan.settled["hn"])
    assert "Sponsors ask which countries take part" in reader.get("/").words
    answer = f"/courses/countries/{place.rsplit('/', 1)[1]}"
    assert reader.submit(course, answer, named="maybe").status == 303
    assert reader.submit(course, answer, named="yes").status == 303
    assert "said yes on" in reader.get(course).words
    assert "Sponsors ask which countries" not in reader.get("/").words
    reader.as_(plan.other)
    assert (
        "Honduras" not in reader.get(f"/received/courses/{invitation_of(plan, plan.other)}").words
    )
    reader.as_(plan.st)
    assert "let it know" in reader.get(course).words


def test_a_sponsor_reads_its_own_conditions_beside_the_course(
    plan: Planned, reader: Reader
) -> None:
    last = date(2004, 9, 30)

    def prepare() -> None:
        course = plan.course()
        course.starts_on = course.ends_on = date(2004, 10, 1)
        terms = offered(last_spending_on=last, countries=("NI",), vetting="Two per country")
        offering.create(plan.ca, terms, opens=True)
        content = sheets.build(plan.st, course)
        sending.renew_sheet(plan.st, course, content, revision=course.revision)

    plan.stored(prepare)
    reader.as_(plan.ca)
    seen = reader.get(f"/received/courses/{invitation_of(plan, plan.ca)}").words
    for words in (
        "Nicaragua",
        "ends after that day",
        "the Secretariat looks at",
        "Two per country",
    ):
        assert words in seen
    reader.as_(plan.other)
    other = reader.get(f"/received/courses/{invitation_of(plan, plan.other)}").words
    assert "Two per country" not in other
