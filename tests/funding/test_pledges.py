"""Does a pledge live as agreed, and does what it takes of a line always come out even?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import clock, money
from app.db.errors import Missing
from app.extensions import db
from app.funding.courses import actions as courses
from app.funding.courses import queries, rates
from app.funding.courses.actions import Cost
from app.funding.pledges import actions, by_the_clock, carrying
from app.funding.pledges import queries as pledges
from app.funding.pledges.models import BESIDE, Pledge
from app.outbox.models import OutboxMessage
from app.web.refusal import Refusal
from app.workflow.machine import NotNow
from tests.calls.settled import MORNING, Settled
from tests.funding.planned import LAST_DAY, Planned, a_need
from tests.funding.sequences import GIVERS, LINES, RATES, VERBS, Act, play


def figures(plan: Planned, line: str) -> tuple[Decimal, Decimal, Decimal]:
    each = plan.standing().of(line)
    return each.funded, each.promised, each.missing


def test_from_interest_to_confirmed(plan: Planned) -> None:
    pledge = plan.interest(plan.ca)
    assert plan.state(pledge) == "interest"
    assert figures(plan, "materials") == (0, 0, Decimal(1500))
    assert plan.offer(plan.ca, materials="500.00") == pledge
    assert figures(plan, "materials") == (0, Decimal(500), Decimal(1000))
    plan.review("hn", pledge)
    assert plan.state(pledge) == "offered"
    plan.review("sv", pledge)
    assert plan.state(pledge) == "accepted"
    plan.confirm(plan.ca)
    assert figures(plan, "materials") == (Decimal(500), 0, Decimal(1000))
    assert plan.standing().of("materials").missing == Decimal(1000)


def test_a_line_is_never_overfunded_and_the_refusal_says_what_is_missing(plan: Planned) -> None:
    plan.offer(plan.ca, materials="900.00")
    with pytest.raises(Refusal) as refused:
        plan.offer(plan.other, materials="600.01")
    assert refused.value.field == "amount-materials"
    assert refused.value.amount == Decimal(600)  # type: ignore[attr-defined]
    plan.offer(plan.other, materials="600.00")
    assert plan.standing().of("materials").missing == 0


def test_another_offer_takes_the_place_of_the_first_and_is_asked_anew(plan: Planned) -> None:
    pledge = plan.offer(plan.ca, materials="900.00", trainers_travel="100.00")
    plan.review("hn", pledge)
    plan.offer(plan.ca, materials="1500.00")
    assert figures(plan, "materials")[1] == Decimal(1500)
    assert figures(plan, "trainers_travel")[1] == 0
    plan.review("sv", pledge)
    assert plan.state(pledge) == "offered"
    plan.review("hn", pledge)
    assert plan.state(pledge) == "accepted"


def test_a_further_offer_stands_beside_a_confirmed_one(plan: Planned) -> None:
    first = plan.offer(plan.ca, materials="500.00")
    with pytest.raises(NotNow):
        plan.interest(plan.ca)  # one at a time
    plan.accept(first)
    plan.confirm(plan.ca)
    second = plan.offer(plan.ca, materials="300.00", trainers_travel="100.00")
    assert second != first
    assert figures(plan, "materials") == (Decimal(500), Decimal(300), Decimal(700))
    with pytest.raises(Refusal):
        plan.offer(plan.ca, materials="1000.01")
    plan.accept(second)
    plan.confirm(plan.ca)
    assert figures(plan, "materials") == (Decimal(800), 0, Decimal(700))
    assert [plan.state(each) for each in (first, second)] == ["confirmed"] * 2
    given, funders = plan.stored(lambda: (
        [row.usd for row in pledges.by_payer(plan.course_id)],
        [each.key for each in pledges.funders(plan.course_id)]))  # fmt: skip
    assert (sum(given), funders) == (Decimal(900), ["ca-sponsor"])
    verbs = plan.stored(lambda: {
        key: [each.verb for each in moves] for key, moves in
        pledges.histories(pledges.standing(plan.ca, plan.course_id)).items()})  # fmt: skip
    assert {key: sorted(each) for key, each in verbs.items()} == {
        first: ["accept", "confirm", "offer", "review"],
        second: ["accept", "confirm", "offer", "review"],
    }


def test_no_further_offer_beside_one_that_was_used(plan: Planned) -> None:
    plan.accept(plan.offer(plan.ca, materials="500.00"))
    plan.confirm(plan.ca)
    for state in ("scheduled", "delivered"):
        plan.stored(lambda state=state: db.session.execute(
            db.update(Pledge).where(Pledge.state.in_(BESIDE)).values(state=state)) and None)  # fmt: skip
        if state == "scheduled":
            plan.withdraw(plan.ca) if plan.interest(plan.ca) else None
        else:
            with pytest.raises(NotNow):
                plan.offer(plan.ca, materials="1.00")


def test_a_return_frees_its_part_and_keeps_the_reason(plan: Planned) -> None:
    pledge = plan.offer(plan.ca, materials="900.00")
    plan.review("hn", pledge, "returned", "The materials exist already")
    assert plan.state(pledge) == "returned"
    assert figures(plan, "materials") == (0, 0, Decimal(1500))
    shown = plan.stored(lambda: [(each.state, each.side, each.reason)
                                 for each in pledges.history(db.session.get_one(Pledge, pledge))])  # fmt: skip
    assert ("returned", "countries", "The materials exist already") in shown


@pytest.mark.parametrize("reason", ["Honduras has them", "Los hondureños ya los tienen"])
def test_a_reason_that_a_sponsor_reads_does_not_name_its_country(
    plan: Planned, reason: str
) -> None:
    pledge = plan.offer(plan.ca, materials="900.00")
    with pytest.raises(Refusal) as refused:
        plan.review("hn", pledge, "returned", reason)
    assert refused.value.field == "reason"


def test_a_return_or_a_withdrawal_needs_a_reason(plan: Planned) -> None:
    pledge = plan.offer(plan.ca, materials="900.00")
    with pytest.raises(Refusal):
        plan.review("hn", pledge, "returned")
    with pytest.raises(Refusal):
        plan.withdraw(plan.ca, "  ")


def test_what_is_not_in_the_table_is_refused(plan: Planned) -> None:
    pledge = plan.interest(plan.ca)
    for act in (
        lambda: plan.confirm(plan.ca),
        lambda: plan.interest(plan.ca),
    ):
        with pytest.raises(NotNow):
            act()
    with pytest.raises(Missing):
        plan.review("hn", pledge)
    plan.offer(plan.ca, materials="1.00")
    with pytest.raises(NotNow):
        plan.confirm(plan.ca)
    plan.accept(pledge)
    with pytest.raises(NotNow):
        plan.review("hn", pledge)


def give_seats(plan: Planned, change: Callable[[dict[str, int]], dict[str, int]]) -> None:
    def act() -> None:
        course = plan.course()
        seats = {row.need_id: row.seats for row in queries.seats(plan.st, course.id)}
        carrying.set_seats(plan.st, course, seats=change(seats), revision=course.revision)

    plan.stored(act)


def test_when_the_last_that_was_waited_for_takes_part_no_more_the_offer_is_accepted(
    plan: Planned,
) -> None:
    pledge = plan.offer(plan.ca, materials="100.00")
    plan.review("hn", pledge)
    give_seats(plan, lambda seats: {need: count for need, count in seats.items() if count != 10})
    assert plan.state(pledge) == "accepted"
    give_seats(plan, lambda seats: {})
    assert plan.state(pledge) == "accepted"


def test_an_offer_that_nobody_accepted_is_not_accepted_for_want_of_countries(plan: Planned) -> None:
    pledge = plan.offer(plan.ca, materials="100.00")
    give_seats(plan, lambda seats: {})
    assert plan.state(pledge) == "offered"


def test_a_country_that_joins_is_asked_before_an_accepted_offer_is_confirmed(plan: Planned) -> None:
    pledge = plan.offer(plan.ca, materials="100.00")
    plan.accept(pledge)
    give_seats(plan, lambda seats: {**seats, a_need(plan.settled, "ca", 7).id: 7})
    assert plan.state(pledge) == "offered"
    with pytest.raises(NotNow):
        plan.confirm(plan.ca)
    told = plan.stored(lambda: [each.params["step"] for each in db.session.scalars(
        db.select(OutboxMessage).where(OutboxMessage.kind == "pledge-step"))])  # fmt: skip
    assert "ask" in told
    plan.review("ca", pledge)
    assert plan.state(pledge) == "accepted"
    plan.confirm(plan.ca)


def test_no_step_is_taken_on_an_offer_that_its_page_did_not_show(plan: Planned) -> None:
    pledge = plan.offer(plan.ca, materials="10.00")
    plan.offer(plan.ca, materials="1500.00")
    plan.accept(pledge)
    for act in (
        lambda found: actions.confirm(plan.ca, found, number=1),
        lambda found: actions.withdraw(plan.ca, found, reason="Cut", number=1),
    ):
        with pytest.raises(NotNow):
            plan.stored(lambda act=act: act(plan.newest(plan.ca)))
    assert plan.state(pledge) == "accepted"
    plan.confirm(plan.ca)


def test_nobody_confirms_in_another_ones_name(plan: Planned) -> None:
    pledge = plan.offer(plan.ca, materials="1.00")
    plan.accept(pledge)
    with pytest.raises(NotNow):
        plan.stored(lambda: actions.confirm(plan.st, db.session.get_one(Pledge, pledge), number=1))


def test_an_offer_in_another_currency_keeps_its_rate_and_the_day(plan: Planned) -> None:
    def offer() -> None:
        actions.offer(plan.ca, plan.course_id, lines=[
            actions.Line(line="materials", amount=Decimal("1000.01"), currency="CAD",
                         form="in_kind")])  # fmt: skip

    with pytest.raises(Refusal) as refused:
        plan.stored(offer)
    assert refused.value.field == "currency"
    day = date(2004, 5, 20)
    plan.stored(
        lambda: rates.enter(plan.st, currency="CAD", usd="0.7255", day=day, source="Bank") and None
    )
    plan.stored(offer)
    (line,) = plan.stored(lambda: [
        (each.amount, each.currency, each.rate, each.rate_day, each.usd, each.form)
        for each in pledges.lines(pledges.undecided(plan.ca, plan.course_id))])  # fmt: skip
    usd = money.convert(Decimal("1000.01"), Decimal("0.7255"))
    assert line == (Decimal("1000.01"), "CAD", "0.7255", day, usd, "in_kind")
    plan.stored(
        lambda: (
            rates.enter(plan.st, currency="CAD", usd="2", day=day, source="Bank", is_sure=True)
            and None
        )
    )
    assert figures(plan, "materials")[1] == usd


def test_the_host_and_the_secretariat_give_their_share_too(plan: Planned) -> None:
    plan.offer(plan.st, materials="200.00")
    with pytest.raises(NotNow):
        plan.offer(plan.settled["hn"], materials="1.00")  # it does not host
    assert figures(plan, "materials")[1] == Decimal(200)


def test_interest_without_an_offer_lapses_after_a_word_before(app: Any, plan: Planned) -> None:
    pledge, offered = plan.interest(plan.ca), plan.offer(plan.other, materials="3.00")
    lapses = plan.stored(lambda: pledges.get(plan.st, pledge).pledge.expires_on)
    assert lapses <= LAST_DAY
    for day, state in ((lapses - timedelta(days=3), "interest"), (lapses, "interest"),
                       (lapses + timedelta(days=1), "expired")):  # fmt: skip
        at = MORNING.replace(year=day.year, month=day.month, day=day.day)
        with clock.stopped_at(at), app.app_context():
            by_the_clock.keep_up()
        assert plan.state(pledge) == state
    assert plan.state(offered) == "offered"
    verbs = plan.stored(
        lambda: [each.verb for each in pledges.history(db.session.get_one(Pledge, pledge))]
    )
    assert verbs.count("warn") == 1


def on(day: date) -> Any:
    return clock.stopped_at(MORNING.replace(year=day.year, month=day.month, day=day.day))


@pytest.mark.parametrize("is_accepted", [False, True])
def test_an_offer_lapses_after_its_last_day_and_frees_its_part(
    app: Any, plan: Planned, is_accepted: bool
) -> None:
    last = MORNING.date() + timedelta(days=10)
    line = actions.Line(line="materials", amount=Decimal(100))
    pledge = plan.stored(
        lambda: actions.offer(plan.ca, plan.course_id, lines=[line], expires_on=last).id
    )
    lasting = plan.offer(plan.other, materials="3.00")
    if is_accepted:
        plan.accept(pledge)
    with on(last), app.app_context():
        by_the_clock.keep_up()
    assert plan.state(pledge) == ("accepted" if is_accepted else "offered")
    with on(last + timedelta(days=1)), app.app_context():
        with pytest.raises(NotNow):
            plan.confirm(plan.ca) if is_accepted else plan.review("hn", pledge)
        by_the_clock.keep_up()
    assert (plan.state(pledge), plan.state(lasting)) == ("expired", "offered")
    assert figures(plan, "materials") == (0, Decimal(3), Decimal(1497))
    verbs = plan.stored(
        lambda: [each.verb for each in pledges.history(db.session.get_one(Pledge, pledge))]
    )
    assert verbs.count("warn") == 1
    with on(MORNING.date() + actions.OFFER_LASTS + timedelta(days=1)), app.app_context():
        by_the_clock.keep_up()
    assert plan.state(lasting) == "expired"  # its giver wrote no day


def test_an_offer_lasts_at_most_until_the_last_day_for_pledges(plan: Planned) -> None:
    line, decide_by = actions.Line(line="materials", amount=Decimal(100)), date(2004, 7, 30)

    def until(day: date | None, decide_by: date = decide_by) -> date | None:
        return plan.stored(lambda: actions.offer(
            plan.ca, plan.course_id, lines=[line], expires_on=day, decide_by=decide_by).expires_on)  # fmt: skip

    with pytest.raises(Refusal) as refused:
        until(date(2099, 1, 1))
    assert refused.value.field == "expires_on"
    assert until(date(2004, 7, 1)) == date(2004, 7, 1)
    soon = MORNING.date() + timedelta(days=10)
    assert until(None, soon) == soon  # sooner than the days for which one lasts of itself


def test_an_offer_cannot_stand_until_a_day_that_has_passed(plan: Planned) -> None:
    line = actions.Line(line="materials", amount=Decimal(100))
    with pytest.raises(Refusal) as refused:
        plan.stored(lambda: actions.offer(plan.ca, plan.course_id, lines=[line],
                                          expires_on=MORNING.date() - timedelta(days=1)))  # fmt: skip
    assert refused.value.field == "expires_on"


def test_the_last_day_lasts_as_long_as_it_is_that_day_at_the_conference(plan: Planned) -> None:
    evening = datetime(2004, 7, 31, 1, tzinfo=UTC)  # 20:00 of the day before in Panama
    with clock.stopped_at(evening):
        plan.interest(plan.ca)
    with clock.stopped_at(evening + timedelta(hours=4)), pytest.raises(Refusal):
        plan.interest(plan.other)


def test_a_cancelled_course_frees_everything_and_is_gone_for_sponsors(plan: Planned) -> None:
    pledge = plan.offer(plan.ca, materials="900.00")
    plan.accept(pledge)
    plan.confirm(plan.ca)
    plan.offer(plan.other, materials="100.00")
    plan.stored(lambda: carrying.cancel(plan.st, plan.course(), reason="No host",
                                        revision=plan.course().revision))  # fmt: skip
    assert figures(plan, "materials") == (0, 0, Decimal(1500))
    assert plan.state(pledge) == "withdrawn"
    with pytest.raises(NotNow):
        plan.offer(plan.ca, materials="1.00")


def test_a_host_without_seats_is_told_of_what_concerns_the_course(plan: Planned) -> None:
    ca = plan.settled["ca"]

    def host() -> None:
        plan.course().host_id = ca.organisation_id

    plan.stored(host)
    plan.offer(ca, materials="900.00")
    plan.stored(lambda: carrying.cancel(plan.st, plan.course(), reason="No funds",
                                        revision=plan.course().revision))  # fmt: skip
    told = plan.stored(lambda: set(db.session.scalars(
        db.select(OutboxMessage.recipient).where(OutboxMessage.kind == "course-cancelled"))))  # fmt: skip
    for key in ("ca", "hn", "sv"):
        assert f"role:{plan.settled.id(key)}:alternate,focal_point" in told
    assert figures(plan, "materials") == (0, 0, Decimal(1500))


def test_a_pledge_made_in_a_demonstration_is_marked_so(
    plan: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = plan.interest(plan.ca)
    monkeypatch.setattr(actions.installation, "is_demonstration", lambda: True)
    shown = plan.offer(plan.other, materials="1.00")
    marks = plan.stored(lambda: {
        each: db.session.get_one(Pledge, each).is_demonstration for each in (real, shown)})  # fmt: skip
    assert marks == {real: False, shown: True}


def test_a_course_carries_its_confirmed_pledges_along(plan: Planned) -> None:
    pledge, other = plan.offer(plan.ca, materials="900.00"), plan.interest(plan.other)
    plan.accept(pledge)
    plan.confirm(plan.ca)
    for verb, state in (("schedule", "scheduled"), ("deliver", "delivered"),
                        ("evaluate", "evaluated"), ("close", "closed")):  # fmt: skip

        def act(verb: str = verb) -> None:
            course = plan.course()
            course.starts_on = course.ends_on = date(2004, 9, 1)
            db.session.flush()
            carrying.advance(plan.st, course, verb, revision=course.revision)

        plan.stored(act)
        assert plan.state(pledge) == state
        assert figures(plan, "materials")[0] == Decimal(900)
    assert plan.state(other) == "expired"


def test_what_nobody_confirmed_lapses_when_the_course_was_held(plan: Planned) -> None:
    accepted = plan.offer(plan.ca, materials="900.00")
    plan.accept(accepted)
    share = plan.offer(plan.st, trainers_travel="50.00")
    for verb in ("schedule", "deliver"):

        def act(verb: str = verb) -> None:
            course = plan.course()
            course.starts_on = course.ends_on = date(2004, 9, 1)
            db.session.flush()
            carrying.advance(plan.st, course, verb, revision=course.revision)

        plan.stored(act)
    assert (plan.state(accepted), plan.state(share)) == ("expired", "expired")
    assert plan.standing().promised == plan.standing().funded == 0
    for actor in (plan.ca, plan.other, plan.st):
        with pytest.raises(NotNow):
            plan.offer(actor, materials="1.00")
        with pytest.raises(NotNow):
            plan.interest(actor)
    with pytest.raises((NotNow, IndexError)):
        plan.confirm(plan.ca)


def test_a_line_cannot_cost_less_than_is_promised_of_it(plan: Planned) -> None:
    plan.offer(plan.ca, materials="900.00")

    def cost(amount: str) -> None:
        course = plan.course()
        courses.set_costs(plan.st, course, revision=course.revision,
                          costs={"materials": Cost(amount=Decimal(amount))})  # fmt: skip

    with pytest.raises(Refusal) as refused:
        plan.stored(lambda: cost("899.99"))
    assert refused.value.field == "amount-materials"
    plan.stored(lambda: cost("900.00"))
    assert [each.line for each in plan.standing().lines] == ["materials"]


ACTS = st.builds(
    Act, st.sampled_from(VERBS), st.sampled_from(GIVERS),
    st.dictionaries(st.sampled_from(LINES), st.decimals("0.01", "700.00", places=2), min_size=1),
    st.sampled_from(sorted(RATES)), st.sampled_from(("cash", "in_kind")),
)  # fmt: skip


@settings(max_examples=25, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.lists(ACTS, max_size=14))
def test_totals_by_line_payer_and_course_always_agree_and_what_ends_frees_exactly_its_part(
    settled: Settled, acts: list[Act]
) -> None:
    play(settled, acts)
