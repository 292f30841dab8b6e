"""Does the log of a sponsor tell of its courses as it tells of summaries?"""

from __future__ import annotations

from app.funding.courses import asking, queries
from app.funding.pledges import queries as pledges
from app.funding.pledges.logged import EVENTS
from app.summaries import sponsor_log
from tests.calls.browsing import Reader
from tests.funding.planned import Planned, invitation_of


def kinds(plan: Planned, organisation_id: str, **asked: str) -> list[str]:
    def read() -> list[str]:
        found = sponsor_log.sponsor(plan.st, organisation_id)
        asked_for = {"kind": "", "routing_id": "", "after": "", **asked}
        return [row.kind for row in sponsor_log.events(found, **asked_for).rows]

    return plan.stored(read)  # type: ignore[no-any-return]


def ask(plan: Planned) -> None:
    invitation_id = invitation_of(plan, plan.ca)

    def act() -> None:
        content = queries.newest_sheet(plan.course_id).content  # type: ignore[union-attr]
        asking.ask(plan.ca, pledges.sent(plan.ca, invitation_id).invitation, content)

    plan.stored(act)
    plan.stored(lambda: asking.say(plan.settled["hn"], asking.get(
        plan.settled["hn"], invitation_id), named=True))  # fmt: skip


def test_all_that_passed_about_a_course_stands_in_the_log(plan: Planned, reader: Reader) -> None:
    reader.as_(plan.ca).get(f"/received/courses/{invitation_of(plan, plan.ca)}")
    plan.interest(plan.ca)
    offered = plan.offer(plan.ca, materials="500.00")
    plan.accept(offered)
    plan.confirm(plan.ca)
    plan.withdraw(plan.ca)
    ask(plan)
    found = kinds(plan, plan.ca.organisation_id)
    assert sorted(found) == [
        "course_asked", "course_opened", "course_sent", "course_told", "pledge_accept",
        "pledge_confirm", "pledge_declare", "pledge_offer", "pledge_review", "pledge_withdraw",
    ]  # fmt: skip
    assert set(found) <= set(EVENTS)
    assert kinds(plan, plan.ca.organisation_id, kind="pledge_offer") == ["pledge_offer"]
    assert kinds(plan, plan.ca.organisation_id, routing_id="another") == []
    assert kinds(plan, plan.other.organisation_id) == ["course_sent"]


def test_the_page_leads_to_the_course_and_shows_the_words(plan: Planned, reader: Reader) -> None:
    plan.offer(plan.ca, materials="500.00")
    ask(plan)
    page = reader.as_(plan.st).get(f"/summaries/sponsors/{plan.ca.organisation_id}")
    assert f"/courses/{plan.course_id}" in page.links()
    for said in ("A course was sent to it", "Regional course", "It fits",
                 "It offered something to a course", "The country let it know"):  # fmt: skip
        assert said in page.words
