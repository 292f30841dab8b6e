"""What can be done with a call itself: write, reword, announce, open, close, extend?

Each act names the revision that its page was drawn from; another one means that somebody was faster.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from app import clock
from app.audit import trail
from app.calls import terms as rules
from app.calls.inviting import invite_all, invited_ids, tell_invited
from app.calls.models import Call, CallExtension, CallTakenBack
from app.calls.offered import delegation_ids, form_versions
from app.calls.queries import state_now
from app.calls.terms import Terms, Words
from app.db.base import new_id
from app.extensions import db
from app.formats.words import N_
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.errors import Refusal
from app.workflow import tables
from app.workflow.machine import NotNow


class Stale(NotNow):
    """Somebody changed the call after the page was drawn; nothing was changed now."""


def create(actor: Actor, terms: Terms) -> Call:
    """A new call, as a draft that only the Secretariat sees. Raises Refusal."""
    require(actor, Permission.CALL_EDIT)
    rules.refuse_unfit(terms, versions=form_versions(), delegations=delegation_ids())
    now = clock.now()
    call = Call(id=new_id(), format_name=rules.FORMAT, state=tables.CALL.initial, created_at=now,
                revision=1, **rules.columns_of(terms))  # fmt: skip
    _keep_code_unique(lambda: db.session.add(call))
    invite_all(call, terms.countries)
    _record(actor, call, "call-created", countries=sorted(terms.countries))
    return call


def edit(actor: Actor, call: Call, *, terms: Terms, revision: int) -> None:
    """Rewrite a draft. Raises Refusal, Stale, or NotNow once it is announced."""
    require(actor, Permission.CALL_EDIT, call)
    state = _after(call, "edit")
    rules.refuse_unfit(terms, versions=form_versions(), delegations=delegation_ids())
    columns = rules.columns_of(terms)
    changed = [name for name, value in columns.items() if getattr(call, name) != value]
    _keep_code_unique(lambda: _change(call, "edit", revision, state=state, **columns))
    invite_all(call, terms.countries, drop_others=True)
    _record(actor, call, "call-edited", changed=changed, countries=sorted(terms.countries))


def reword(actor: Actor, call: Call, *, words: Words, revision: int) -> None:
    """Mend the texts of an announced or open call, in both languages. Raises Refusal or Stale."""
    require(actor, Permission.CALL_EDIT, call)
    state = _after(call, "reword")
    rules.refuse_too_long(words)
    rules.refuse_untranslated(words)
    changed = [name for name, value in vars(words).items() if getattr(call, name) != value]
    _change(call, "reword", revision, state=state, **vars(words))
    _record(actor, call, "call-reworded", changed=changed)


def schedule(actor: Actor, call: Call, *, revision: int) -> None:
    """Announce a call: countries see it, and it opens by itself at its opening instant."""
    require(actor, Permission.CALL_OPEN, call)
    state = _after(call, "schedule")
    _refuse_unready(call)
    if call.opens_at <= clock.now():
        raise Refusal(
            N_("The opening has already passed. Choose a later one, or open the call now."),
            field="opens_day",
        )
    _change(call, "schedule", revision, state=state)
    _record(actor, call, "call-announced")
    tell_invited(call, "call-announced")


def unschedule(actor: Actor, call: Call, *, revision: int) -> None:
    """Take an announced call back before it opens; it is a draft again and countries lose sight."""
    require(actor, Permission.CALL_OPEN, call)
    _change(call, "unschedule", revision, state=_after(call, "unschedule"))
    db.session.add(
        CallTakenBack(id=new_id(), call_id=call.id, code=call.code, closes_at=call.closes_at,
                      revision=revision + 1, created_at=clock.now())
    )  # fmt: skip
    _record(actor, call, "call-taken-back")


def open_now(actor: Actor, call: Call, *, revision: int) -> None:
    """Open a call at this instant, which becomes its opening. Raises Refusal, Stale or NotNow."""
    require(actor, Permission.CALL_OPEN, call)
    state = _after(call, "open")
    _refuse_unready(call)
    _change(call, "open", revision, state=state, opens_at=clock.now())
    _record(actor, call, "call-opened")
    tell_invited(call, "call-opened")


def close(actor: Actor, call: Call, *, revision: int) -> None:
    """Close an open call at this instant, before its announced close."""
    require(actor, Permission.CALL_OPEN, call)
    state, before, now = _after(call, "close"), call.closes_at, clock.now()
    if now <= call.opens_at:
        raise NotNow(tables.CALL.name, state, "close")
    _change(call, "close", revision, state=state, closes_at=now)
    _record(actor, call, "call-closed", closed_before=before.isoformat())
    tell_invited(call, "call-closed")


def extend(
    actor: Actor, call: Call, *, closes_at: datetime, reason: str, revision: int
) -> CallExtension:
    """Move the close to a later instant, for a stated reason; a closed call opens again.

    Raises Refusal for a close that is not later than now and than the present one, and for no reason.
    """
    require(actor, Permission.CALL_OPEN, call)
    state = _after(call, "extend")
    if closes_at <= max(call.closes_at, clock.now()):
        raise Refusal(N_("Choose a close that is later than the present one, and later than now."),
                      field="closes_day")  # fmt: skip
    refuse_bad_reason(reason)
    extension = CallExtension(
        id=new_id(), call_id=call.id, closed_before=call.closes_at, closes_now=closes_at,
        reason=reason.strip(), by=actor.person_id, created_at=clock.now(),
    )  # fmt: skip
    _change(call, "extend", revision, state=state, closes_at=closes_at)
    db.session.add(extension)
    _record(actor, call, "call-extended", extension=extension.id)
    tell_invited(call, "call-extended")
    return extension


def refuse_bad_reason(reason: str) -> None:
    """Raise Refusal for a reason that is missing or too long."""
    if not reason.strip():
        raise Refusal(N_("Write the reason. The countries read it."), field="reason")
    if len(reason) > rules.REASON_LENGTH:
        raise Refusal(rules.TOO_LONG, field="reason", limit=rules.REASON_LENGTH)


def _after(call: Call, verb: str) -> str:
    """The state after a verb, seen from where the clock has brought the call. Raises NotNow."""
    return tables.CALL.after(state_now(call, clock.now()), verb)


def _refuse_unready(call: Call) -> None:
    rules.refuse_untranslated(call)
    if call.closes_at <= clock.now():
        raise Refusal(N_("The close has already passed. Choose a later one."), field="closes_day")
    if not invited_ids(call):
        raise Refusal(N_("Choose at least one country."), field="countries")


def _change(call: Call, verb: str, revision: int, **values: Any) -> None:
    """Write to the call if it is still the revision that the page showed. Raises Stale."""
    written = db.session.execute(
        db.update(Call)
        .where(Call.id == call.id, Call.revision == revision)
        .values(revision=revision + 1, **values)
    )
    if not written.rowcount:  # type: ignore[attr-defined]
        state = call.state
        db.session.expire(call)
        raise Stale(tables.CALL.name, state, verb)


def _keep_code_unique(write: Any) -> None:
    """Write and flush; another call with the code is a refusal and leaves the transaction usable."""
    try:
        with db.session.begin_nested():
            write()
            db.session.flush()
    except IntegrityError:
        raise Refusal(N_("Another call has this code. Choose a different one."),
                      field="code") from None  # fmt: skip


def _record(actor: Actor, call: Call, kind: str, **detail: Any) -> None:
    trail.record(actor, kind, subject=("call", call.id), detail=detail)
