"""What happens to calls by itself: they open, they close, and countries are reminded before the close?

Nothing waits for this: whether a call is open follows from its instants alone. Here it is written
down, the invited are told that it opened, and those without a submission are reminded, in one letter
of all the calls whose reminders fall together.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, or_

from app import clock
from app.audit import trail
from app.audit.commit import committed
from app.calls import answered, following
from app.calls.inviting import lock, tell_invited
from app.calls.models import Call, CallInvitation
from app.calls.queries import is_open_at, state_now, submission_closes_at
from app.db.transactions import transaction
from app.extensions import db
from app.jobs.registry import Times, job

LEADS = (timedelta(days=7), timedelta(days=1))
"""How long before the close countries without a submission are reminded."""
MISSED = timedelta(days=1)
"""A reminder that could not be sent for so long after its time is not sent any more."""
TOGETHER = following.PAUSE
"""A reminder whose time comes within this goes out with one whose time has come; being noted then, it
is not sent again."""


@job("calls-by-the-clock", times=Times())
def keep_up() -> None:
    """Once a minute; writes only when there is something to write."""
    with transaction(writing=False):
        moved = [call.id for call in _moved(clock.now())]
        due = bool(_to_remind(clock.now()))
    for call_id in moved:
        with committed() as session:
            _write_down(session.get_one(Call, call_id))
    if due:
        with committed():
            _remind()


def reminder_due(
    call: Call, at: datetime, invitation: CallInvitation | None = None
) -> datetime | None:
    """The instant whose reminder is due at `at`, if there is one: before the close, or for a delegation
    with late permission before that ends.

    None before the first, long after the last, and where the call opened, or the permission was given,
    later than that instant.
    """
    closes_at, begins = submission_closes_at(call, invitation), call.opens_at
    if closes_at > call.closes_at and invitation is not None and invitation.late_at is not None:
        begins = max(begins, invitation.late_at)
    instants = [closes_at - lead for lead in LEADS]
    past = [due for due in instants if begins < due <= at]
    return max(past) if past and at - max(past) <= MISSED else None


def _write_down(call: Call) -> None:
    now = clock.now()
    lock(call.id)
    db.session.refresh(call)
    state = state_now(call, now)
    if state == call.state:
        return
    call.state, call.revision = state, call.revision + 1
    trail.record(None, f"call-{'opened' if state == 'open' else 'closed'}",
                 subject=("call", call.id), detail={"by": "clock"})  # fmt: skip
    if state == "open":
        tell_invited(call, "call-opened")


def _remind() -> None:
    lock(*(call.id for call in _open(clock.now())))
    following.send_reminders(None, _to_remind(clock.now()))


def _to_remind(at: datetime) -> dict[str, list[Call]]:
    """Delegation -> the calls of which it is reminded now, the first to close first.

    Where it is time for one call, those for which it soon will be go with it.
    """
    calls = _open(at)
    due = {one for call in calls for one in _unreminded(call, at)}
    found: dict[str, list[Call]] = {organisation_id: [] for organisation_id in sorted(due)}
    for call in calls if due else ():
        for organisation_id in due & {*_unreminded(call, at), *_unreminded(call, at + TOGETHER)}:
            found[organisation_id].append(call)
    return found


def _unreminded(call: Call, at: datetime) -> list[str]:
    """The delegations for which a reminder is due at an instant and that have not had it."""
    due = {invitation.organisation_id: instant for invitation in answered.to_answer(call, at)
           if (instant := reminder_due(call, at, invitation))}  # fmt: skip
    reminded = {
        instant: answered.reached_since(call, following.REMINDER, instant - following.PAUSE)
        for instant in set(due.values())
    }
    return [one for one, instant in due.items() if one not in reminded[instant]]


def _moved(at: datetime) -> list[Call]:
    """The calls that the clock has moved on since their state was written down."""
    has_moved = or_(
        and_(Call.state == "scheduled", Call.opens_at <= at),
        and_(Call.state == "open", Call.closes_at < at),
    )
    return list(db.session.execute(db.select(Call).where(has_moved)).scalars())


def _open(at: datetime) -> list[Call]:
    """The calls to which a delegation may submit, be it one alone by late permission."""
    is_late = db.select(CallInvitation.call_id).where(CallInvitation.late_until >= at)
    may_answer = or_(is_open_at(at), and_(Call.opens_at <= at, Call.id.in_(is_late)))
    query = db.select(Call).where(may_answer).order_by(Call.closes_at, Call.id)
    return list(db.session.execute(query).scalars())
