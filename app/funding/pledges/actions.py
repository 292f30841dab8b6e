"""What can be done with a pledge: show interest, offer, review, confirm, withdraw?

What it takes of a line is taken, and given back, by the step itself (app/funding/courses/standing.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert

from app import clock, money
from app.db import beyond, installation
from app.db.base import new_id
from app.db.errors import is_taken
from app.extensions import db
from app.formats.words import N_
from app.funding.courses import rates, standing
from app.funding.courses.figures import by_line
from app.funding.courses.lists import COST_LINES, FORMS
from app.funding.courses.models import Course, CourseInvitation
from app.funding.offers.queries import today
from app.funding.pledges import moving, queries, telling
from app.funding.pledges.models import BESIDE, Pledge, PledgeLine, PledgeReview
from app.funding.pledges.queries import OpenedPledge
from app.policy.actor import Actor, OrganisationKind
from app.policy.engine import require
from app.policy.permissions import Permission
from app.summaries import naming, texts
from app.web.refusal import Refusal
from app.workflow import tables
from app.workflow.machine import NotNow

INTEREST_LASTS = timedelta(days=60)
"""For how long an interest stands without an offer. A proposal of this product."""
OFFER_LASTS = timedelta(days=90)
"""For how long an offer stands whose giver wrote no last day. A proposal of this product."""
TAKING = ("open", "scheduled")
"""States of a course in which pledges are taken."""
ROLES = {
    OrganisationKind.SPONSOR: "sponsor",
    OrganisationKind.DELEGATION: "host",
    OrganisationKind.SECRETARIAT: "st",
}
MISSING_REASON = N_("Say in a sentence why.")
NO_LINE = N_("Write an amount in at least one line.")
NO_RATE = N_(
    "There is no exchange rate for %(currency)s yet. Offer in US dollars, or ask the Secretariat to enter "
    "one."
)
TOO_LATE = N_("The last day for pledges to this course has passed.")
OUTLASTS = N_(
    "The last day for pledges to this course comes before. Write that day or an earlier one."
)
PAST = N_("That day has passed. Write a later one.")
TOO_SMALL = N_("This is worth less than a cent in US dollars.")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of an offer as it was written."""

    line: str
    amount: Decimal
    form: str = "cash"
    currency: str = money.PLANNED_IN


def declare_interest(actor: Actor, course_id: str, *, decide_by: date | None) -> Pledge:
    """One click: it binds nobody, reserves nothing, and lapses by itself."""
    require(actor, _permission(actor))
    _hold_course(actor, course_id, "offer")
    _refuse_late(decide_by)
    pledge = _begin(actor, course_id, decide_by)
    moving.keep(actor, pledge, "declare", side="giver")
    telling.told(pledge, "interest")
    return pledge


def _permission(actor: Actor) -> Permission:
    """What somebody needs who pledges: for a sponsor, or the host's or the Secretariat's own share."""
    return Permission.PLEDGE_WRITE if actor.is_sponsor else Permission.PLEDGE_SHARE


def min_day(one: date | None, other: date) -> date:
    """The earlier day."""
    return other if one is None else min(one, other)


def _begin(actor: Actor, course_id: str, decide_by: date | None) -> Pledge:
    for standing_one in queries.standing(actor, course_id):
        # Beside what was confirmed another may be made, until the course was held.
        if standing_one.state not in BESIDE:
            raise NotNow(tables.PLEDGE.name, standing_one.state, "declare")
    pledge = Pledge(
        id=new_id(), course_id=course_id, organisation_id=actor.organisation_id,
        role=ROLES[actor.organisation_kind], state=tables.PLEDGE.initial, round=0,
        expires_on=min_day(decide_by, today() + INTEREST_LASTS), created_by=actor.person_id, created_at=clock.now(), revision=1,
        conditions="", reason="", is_demonstration=installation.is_demonstration(),
    )  # fmt: skip
    db.session.add(pledge)
    try:
        db.session.flush()
    except Exception as error:
        if is_taken(error):  # a colleague was faster
            raise NotNow(tables.PLEDGE.name, "interest", "declare") from None
        raise
    return pledge


def offer(
    actor: Actor, course_id: str, *, lines: Sequence[Line], conditions: str = "",
    expires_on: date | None = None, decide_by: date | None = None, revision: int | None = None,
) -> Pledge:  # fmt: skip
    """Offer by cost line, or offer otherwise; what was offered before no longer counts.

    `revision` is that of the pledge its page was drawn from. Refusal where a line has no room left.
    """
    require(actor, _permission(actor))
    _hold_course(actor, course_id, "offer")
    _refuse_late(decide_by)
    if expires_on is not None and expires_on < today():
        raise Refusal(PAST, field="expires_on")
    if expires_on is not None and decide_by is not None and expires_on > decide_by:
        raise Refusal(OUTLASTS, field="expires_on")
    conditions = texts.read(conditions, field="conditions")
    pledge = queries.undecided(actor, course_id)
    if pledge is not None and revision is not None and pledge.revision != revision:
        raise NotNow(tables.PLEDGE.name, pledge.state, "offer")
    if pledge is None:
        pledge = _begin(actor, course_id, decide_by)
    tables.PLEDGE.after(pledge.state, "offer")
    kept = _lines_kept(lines)
    before = queries.amounts(pledge) if pledge.state in queries.PROMISED else {}
    number = pledge.round + 1
    with standing.room_for(
        course_id, before, by_line((each["line"], each["usd"]) for each in kept)
    ):
        db.session.execute(
            insert(PledgeLine.__table__),
            [{"id": new_id(), "pledge_id": pledge.id, "round": number, **each} for each in kept],
        )
        moving.move(actor, pledge, "offer", side="giver", round=number, conditions=conditions,
                    expires_on=expires_on or min_day(decide_by, today() + OFFER_LASTS))  # fmt: skip
    telling.told(pledge, "offer")
    return pledge


def _lines_kept(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The lines as they are kept, each with the rate that it is worth and its day."""
    if not lines:
        raise Refusal(NO_LINE, field="lines")
    known = rates.known()
    return [_line_kept(each, known) for each in lines]


def _line_kept(line: Line, known: Mapping[str, rates.Rate]) -> dict[str, Any]:
    field = f"amount-{line.line}"
    if line.line not in COST_LINES or line.form not in FORMS or line.amount <= 0:
        raise Refusal(NO_LINE, field=field)
    rate = known.get(line.currency)
    if rate is None:
        raise Refusal(NO_RATE, field="currency", currency=line.currency)
    usd = money.convert(line.amount, rate.usd)
    if usd <= 0:
        raise Refusal(TOO_SMALL, field=field)
    return {"line": line.line, "form": line.form, "amount": line.amount, "currency": line.currency,
            "rate": f"{rate.usd:f}", "rate_day": rate.day, "usd": usd}  # fmt: skip


def _hold_course(actor: Actor, course_id: str, verb: str) -> None:
    """Raises NotNow where the course takes no pledges any more; held until the transaction ends."""
    if actor.is_sponsor:
        closed = db.session.execute(
            db.select(CourseInvitation.closed_at, CourseInvitation.pledges_closed_at)
            .where(CourseInvitation.course_id == course_id,
                   CourseInvitation.sponsor_id == actor.organisation_id)
            .with_for_update()
        ).one_or_none()  # fmt: skip
        if closed is None or closed.closed_at is not None:
            raise NotNow(tables.COURSE.name, "cancelled", verb)
        if closed.pledges_closed_at is not None:
            raise NotNow(tables.COURSE.name, "delivered", verb)
        return
    course = db.session.get_one(Course, course_id, populate_existing=True, with_for_update=True)
    is_theirs = actor.is_secretariat or course.host_id == actor.organisation_id
    if course.state not in TAKING or not is_theirs:
        raise NotNow(tables.COURSE.name, course.state, verb)


def _refuse_late(decide_by: date | None) -> None:
    if decide_by is not None and today() > decide_by:
        raise Refusal(TOO_LATE, status=409)


def review(actor: Actor, opened: OpenedPledge, *, verdict: str, reason: str, number: int) -> None:
    """A benefiting country's word on the offer that it read; the last to accept moves it on."""
    require(actor, Permission.PLEDGE_REVIEW)
    pledge = opened.pledge
    if verdict not in ("accepted", "returned"):
        raise Refusal(N_("Choose an answer."), field="verdict")
    tables.PLEDGE.after(queries.state_now(pledge), "review")
    _refuse_unseen(pledge, number, "review")
    if not opened.has_seats:
        raise NotNow(tables.PLEDGE.name, pledge.state, "review")
    reason = texts.read(reason, field="reason",
                        missing=MISSING_REASON if verdict == "returned" else None)  # fmt: skip
    _refuse_names(opened, reason)
    moving.hold(pledge, "review")
    if queries.own_review(actor, pledge) is not None:
        raise NotNow(tables.PLEDGE.name, pledge.state, "review")
    db.session.add(PledgeReview(
        id=new_id(), pledge_id=pledge.id, round=pledge.round, organisation_id=actor.organisation_id,
        verdict=verdict, reason=reason, by=actor.person_id, at=clock.now()))  # fmt: skip
    db.session.flush()
    if verdict == "returned":
        moving.move(actor, pledge, "return", side="countries", reason=reason)
        telling.told(pledge, "return")
    elif not beyond.is_there(queries.without_word(pledge)):
        moving.move(actor, pledge, "accept", side="countries")
        telling.told(pledge, "accept")
    else:
        moving.keep(actor, pledge, "review", side="countries")


def _refuse_names(opened: OpenedPledge, reason: str) -> None:
    """The giver reads the reason, and does not know who takes part where that goes unnamed.

    No country may be named, whether it takes part or not: else the refusal would tell the writer.
    """
    if opened.pledge.role == "sponsor":
        naming.refuse_any_country({"reason": reason})


def confirm(actor: Actor, pledge: Pledge, *, number: int) -> None:
    """The giver confirms what the countries accepted: from now on it is funded.

    `number` is the round of the offer that its page showed, here as with each step below.
    """
    require(actor, _permission(actor))
    _refuse_foreign(actor, pledge)
    _refuse_unseen(pledge, number, "confirm")
    tables.PLEDGE.after(queries.state_now(pledge), "confirm")
    moving.move(actor, pledge, "confirm", side="giver")
    telling.told(pledge, "confirm")


def withdraw(actor: Actor, pledge: Pledge, *, reason: str, number: int) -> None:
    """The giver takes it back, with a reason; exactly what it held is free again."""
    require(actor, _permission(actor))
    _refuse_foreign(actor, pledge)
    _refuse_unseen(pledge, number, "withdraw")
    end(actor, pledge, "withdraw", side="giver",
        reason=texts.read(reason, field="reason", missing=MISSING_REASON))  # fmt: skip


def end(actor: Actor | None, pledge: Pledge, verb: str, *, side: str, reason: str) -> None:
    """A pledge stands no more, whoever ended it."""
    moving.move(actor, pledge, verb, side=side, reason=reason)
    telling.told(pledge, "over" if verb == "expire" and side != "clock" else verb)


def _refuse_unseen(pledge: Pledge, number: int, verb: str) -> None:
    """Nobody says a word to an offer that the page did not show."""
    if pledge.round != number:
        raise NotNow(tables.PLEDGE.name, pledge.state, verb)


def _refuse_foreign(actor: Actor, pledge: Pledge) -> None:
    """Nobody confirms or withdraws in another's name."""
    if pledge.organisation_id != actor.organisation_id:
        raise NotNow(tables.PLEDGE.name, pledge.state, "confirm")
