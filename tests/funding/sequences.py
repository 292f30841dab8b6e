"""Which acts can follow one another on one course, and what must be true after each of them?

What is expected is reckoned here from the rows of pledges and their lines alone, with fractions and
with the states written down anew, so that it shares no sum with what it is held against.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from random import Random
from typing import Any

from app import clock
from app.db.errors import Missing
from app.extensions import db
from app.funding.courses import actions as courses
from app.funding.courses import queries, rates, standing
from app.funding.courses.actions import Cost, Terms
from app.funding.courses.figures import Standing
from app.funding.pledges import actions, by_the_clock, carrying
from app.funding.pledges import queries as pledges
from app.funding.pledges.models import Pledge, PledgeLine
from app.policy.actor import Actor
from app.web.refusal import Refusal
from app.workflow.machine import NotNow
from tests.calls.settled import MORNING, Settled
from tests.funding.planned import LAST_DAY, Planned, planned

LINES = ("trainers_travel", "materials", "participants_travel")
RATES = {"USD": "1", "CAD": "0.7255", "MXN": "0.087431", "EUR": "1.2"}
GIVERS = ("ca", "other", "st")
OF_GIVERS = ("interest", "offer", "offer", "offer", "accept", "accept one", "return", "confirm",
             "withdraw", "take back", "expire")  # fmt: skip
OF_THE_COURSE = ("seats", "cost", "schedule", "deliver", "cancel")
FOLLOWED_BY = {"interest": "offer", "offer": "accept", "accept": "confirm"}
VERBS = (*OF_GIVERS, *OF_THE_COURSE)
PROMISED = {"offered", "accepted"}
FUNDED = {"confirmed", "scheduled", "delivered", "evaluated", "closed"}
ENDING = ("return", "withdraw", "take back", "expire")


@dataclass(frozen=True)
class Act:
    """Something that somebody tries."""

    verb: str
    who: str
    amounts: Mapping[str, Decimal]
    """By cost line, in `currency`."""
    currency: str = "USD"
    form: str = "cash"


def by_chance(chance: Random, length: int) -> list[Act]:
    """Any acts, often with the one that naturally follows, so that pledges get far."""
    acts: list[Act] = []
    for _ in range(length):
        last = acts[-1] if acts else None
        if last is not None and last.verb in FOLLOWED_BY and chance.random() < 0.6:
            acts.append(_act(chance, FOLLOWED_BY[last.verb], last.who))
        else:
            verb = chance.choice(OF_GIVERS if chance.random() < 0.93 else OF_THE_COURSE)
            acts.append(_act(chance, verb, chance.choice(GIVERS)))
    return acts


def _act(chance: Random, verb: str, who: str) -> Act:
    lines = chance.sample(LINES, chance.randint(1, len(LINES)))
    amounts = {line: Decimal(chance.randint(1, 70000)).scaleb(-2) for line in lines}
    return Act(verb, who, amounts, chance.choice(tuple(RATES)), chance.choice(("cash", "in_kind")))


def play(settled: Settled, acts: Sequence[Act]) -> Counter[str]:
    """Try each act on a new course, hold what is stored against the reckoning, and leave nothing.

    How often each verb was done, and how often it was refused.
    """
    counts: Counter[str] = Counter()
    with db.session.begin_nested() as whole:
        plan = _course(settled)
        for act in acts:
            before = reckoned(plan.course_id)
            is_done = _tried(plan, act, before)
            counts[act.verb if is_done else f"{act.verb}, refused"] += 1
            after = reckoned(plan.course_id)
            if not is_done:
                assert after == before, act
            agree(plan, after)
        whole.rollback()
    return counts


def _course(settled: Settled) -> Planned:
    plan = planned(settled, lambda act: act(), dict.fromkeys(LINES, "1000.00"))
    course = plan.course()
    terms = Terms(title_es="Curso regional", title_en="Regional course", decide_by=LAST_DAY,
                  starts_on=date(2004, 9, 6), ends_on=date(2004, 9, 10))  # fmt: skip
    courses.edit(plan.st, course, terms=terms, revision=course.revision)
    for currency, usd in RATES.items():
        if currency != "USD":
            rates.enter(plan.st, currency=currency, usd=usd, day=MORNING.date(), source="Bank")
    return plan


@dataclass(frozen=True)
class Held:
    """What one pledge holds of each line."""

    state: str
    payer: str
    usd: Mapping[str, Decimal]


Reckoning = dict[str, Held]


def reckoned(course_id: str) -> Reckoning:
    """What each pledge of a course holds, from its rows: the lines of its last offer, each at its rate."""
    db.session.expire_all()
    found: Reckoning = {}
    for pledge in db.session.scalars(db.select(Pledge).where(Pledge.course_id == course_id)):
        lines = db.session.scalars(db.select(PledgeLine).where(
            PledgeLine.pledge_id == pledge.id, PledgeLine.round == pledge.round))  # fmt: skip
        usd: Counter[str] = Counter()
        for line in lines:
            worth = Fraction(line.amount) * Fraction(line.rate)
            assert line.usd == _to_the_cent(worth), "an amount is rounded once, to the nearest cent"
            usd[line.line] += line.usd  # type: ignore[assignment]
        found[pledge.id] = Held(pledge.state, pledge.organisation_id, dict(usd))  # type: ignore[arg-type]
    return found


def _to_the_cent(worth: Fraction) -> Decimal:
    halves = worth * 100
    whole, rest = divmod(halves.numerator, halves.denominator)
    twice = 2 * rest - halves.denominator
    up = twice > 0 or (twice == 0 and whole % 2 == 1)
    return Decimal(whole + up).scaleb(-2).quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def agree(plan: Planned, held: Reckoning) -> None:
    """Totals by line, by payer and of the course are those of the pledges, and nothing is overfunded."""
    stands = standing.of_course(plan.course_id)
    total = {"promised": Decimal(0), "funded": Decimal(0)}
    by_payer: Counter[tuple[str, str, str]] = Counter()
    for each in held.values():
        part = "promised" if each.state in PROMISED else "funded" if each.state in FUNDED else ""
        for line, usd in each.usd.items() if part else ():
            by_payer[part, each.payer, line] += usd  # type: ignore[assignment]
            total[part] += usd
    for each_line in stands.lines:
        for part in total:
            of_line = sum(usd for (which, _, line), usd in by_payer.items()
                          if which == part and line == each_line.line)  # fmt: skip
            assert getattr(each_line, part) == of_line, (part, each_line)
        assert min(each_line.funded, each_line.promised, each_line.missing) >= 0
        assert each_line.cost == each_line.funded + each_line.promised + each_line.missing
    assert {line for _, _, line in by_payer} <= {each.line for each in stands.lines}
    assert (stands.promised, stands.funded) == (total["promised"], total["funded"])
    assert stands.cost == sum(each.cost for each in stands.lines)
    assert stands.missing == stands.cost - stands.funded - stands.promised
    assert stands.missing == sum(each.missing for each in stands.lines)
    _agrees_by_payer(plan, by_payer)


def _agrees_by_payer(plan: Planned, expected: Mapping[tuple[str, str, str], Any]) -> None:
    """What the pages add up by payer is the same once more."""
    shown: Counter[tuple[str, str, str]] = Counter()
    for row in pledges.by_payer(plan.course_id):
        part = "promised" if row.state in PROMISED else "funded" if row.state in FUNDED else ""
        if part:
            shown[part, row[0].id, row.line] += row.usd
    assert shown == expected


def _tried(plan: Planned, act: Act, before: Reckoning) -> bool:
    """Whether it could be done; where not, nothing of it stays."""
    stood = standing.of_course(plan.course_id)
    try:
        with db.session.begin_nested():
            pledge_id = _DO[act.verb](plan, act)
    except (NotNow, Refusal, Missing):
        db.session.expire_all()
        assert standing.of_course(plan.course_id) == stood
        return False
    if act.verb in ENDING:
        _frees_exactly(plan, act, before[pledge_id], stood)
    return True


def _frees_exactly(plan: Planned, act: Act, held: Held, stood: Standing) -> None:
    """What ended gives back what it held of each line, and nothing else moves."""
    db.session.expire_all()
    for was in stood.lines:
        now = standing.of_course(plan.course_id).of(was.line)
        assert now is not None
        usd = held.usd.get(was.line, Decimal(0))
        assert was.promised - now.promised == (usd if held.state in PROMISED else 0), act
        assert was.funded - now.funded == (usd if held.state in FUNDED else 0), act
        assert now.cost == was.cost


def _giver(plan: Planned, act: Act) -> Actor:
    return plan.st if act.who == "st" else getattr(plan, act.who)  # type: ignore[no-any-return]


def _waiting(plan: Planned, act: Act) -> Pledge:
    """The giver's pledge that is not confirmed yet."""
    found = pledges.undecided(_giver(plan, act), plan.course_id)
    if found is None:
        raise NotNow("pledge", "none", act.verb)
    return found


def _stood_by(plan: Planned, act: Act) -> Pledge:
    found = pledges.standing(_giver(plan, act), plan.course_id)
    if not found:
        raise NotNow("pledge", "none", act.verb)
    return found[-1]


def _interest(plan: Planned, act: Act) -> str:
    return plan.interest(_giver(plan, act))


def _offer(plan: Planned, act: Act) -> str:
    lines = [actions.Line(line=line, amount=amount, currency=act.currency, form=act.form)
             for line, amount in sorted(act.amounts.items())]  # fmt: skip
    made = actions.offer(_giver(plan, act), plan.course_id, lines=lines)
    kept = {line.line: line.amount for line in pledges.lines(made)}
    assert kept == dict(act.amounts), "what was typed is kept as it was typed"
    return made.id


def _accept(plan: Planned, act: Act) -> str:
    """Whoever takes part and has not said its word accepts."""
    pledge = _waiting(plan, act)
    said = [_accepts(plan, who, pledge) for who in ("hn", "sv")]
    if not any(said):
        raise NotNow("pledge", pledge.state, "accept")
    return pledge.id


def _accepts(plan: Planned, who: str, pledge: Pledge) -> bool:
    try:
        with db.session.begin_nested():
            plan.review(who, pledge.id)
    except (NotNow, Missing):
        return False
    return True


def _accept_one(plan: Planned, act: Act) -> str:
    pledge = _waiting(plan, act)
    plan.review("sv" if len(act.amounts) % 2 else "hn", pledge.id)
    return pledge.id


def _return(plan: Planned, act: Act) -> str:
    pledge = _waiting(plan, act)
    plan.review("hn", pledge.id, "returned", "Not so")
    return pledge.id


def _confirm(plan: Planned, act: Act) -> str:
    pledge = _waiting(plan, act)
    actions.confirm(_giver(plan, act), pledge, number=pledge.round)
    return pledge.id


def _withdraw(plan: Planned, act: Act) -> str:
    pledge = _waiting(plan, act)
    plan.withdraw(_giver(plan, act), of=pledge.id)
    return pledge.id


def _take_back(plan: Planned, act: Act) -> str:
    pledge = _stood_by(plan, act)
    plan.withdraw(_giver(plan, act), of=pledge.id)
    return pledge.id


def _expire(plan: Planned, act: Act) -> str:
    pledge = _waiting(plan, act)
    if pledge.expires_on is None:
        raise NotNow("pledge", pledge.state, "expire")
    after = MORNING.replace(year=pledge.expires_on.year, month=pledge.expires_on.month,
                            day=pledge.expires_on.day) + timedelta(days=2)  # fmt: skip
    with clock.stopped_at(after):
        by_the_clock.expire(pledge)
    return pledge.id


def _seats(plan: Planned, act: Act) -> str:
    """Honduras joins, leaves, or takes part with another number."""
    course = plan.course()
    rows = queries.seats(plan.st, course.id)
    numbers = {row.need_id: row.seats for row in rows}
    first = min(numbers)
    changed = numbers | {first: len(act.amounts)}
    if len(act.amounts) == len(LINES) and len(numbers) > 1:
        changed.pop(first)
    carrying.set_seats(plan.st, course, seats=changed, revision=course.revision)
    return ""


def _cost(plan: Planned, act: Act) -> str:
    """Some lines cost something else now, the others stay or go."""
    course = plan.course()
    costs = {
        line: Cost(amount=amount * 2, payers=("sponsor",)) for line, amount in act.amounts.items()
    }
    if act.form == "cash":
        stay = {each.line: Cost(amount=each.cost, payers=("sponsor",))
                for each in standing.of_course(course.id).lines}  # fmt: skip
        costs = stay | costs
    courses.set_costs(plan.st, course, costs=costs, revision=course.revision)
    return ""


def _advance(verb: str) -> Callable[[Planned, Act], str]:
    def act(plan: Planned, _act: Act) -> str:
        course = plan.course()
        carrying.advance(plan.st, course, verb, revision=course.revision)
        return ""

    return act


def _cancel(plan: Planned, _act: Act) -> str:
    course = plan.course()
    carrying.cancel(plan.st, course, reason="The budget was cut", revision=course.revision)
    assert plan.course().state == "cancelled"
    return ""


_DO: dict[str, Callable[[Planned, Act], str]] = {
    "interest": _interest, "offer": _offer, "accept": _accept, "accept one": _accept_one,
    "return": _return, "confirm": _confirm, "withdraw": _withdraw, "take back": _take_back,
    "expire": _expire, "seats": _seats, "cost": _cost, "schedule": _advance("schedule"),
    "deliver": _advance("deliver"), "cancel": _cancel,
}  # fmt: skip
