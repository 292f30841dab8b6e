"""What can be done with an offer: write, open, edit, renew, withdraw, and expire by the clock?

Each act names the revision that its page was drawn from; another one means that somebody was faster.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import insert

from app import clock
from app.audit import trail
from app.db.base import new_id
from app.db.changing import changed
from app.extensions import db
from app.formats.words import N_
from app.funding.offers import queries, telling
from app.funding.offers import terms as rules
from app.funding.offers.models import Offer, OfferLine, OfferMove
from app.funding.offers.terms import HOST, ROLES, Terms
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.errors import Refusal
from app.workflow import tables
from app.workflow.machine import NotNow

REASON_LENGTH = 1000


class Stale(NotNow):
    """Somebody changed the offer after the page was drawn; nothing was changed now."""


def create(
    actor: Actor, terms: Terms, *, opens: bool = False, is_demonstration: bool = False
) -> Offer:
    """A new offer: a draft that only its organisation reads, or open at once. Raises Refusal."""
    now = clock.now()
    offer = Offer(
        id=new_id(), organisation_id=actor.organisation_id, state=tables.OFFER.initial,
        is_demonstration=is_demonstration, edition=1, revision=1, created_at=now, changed_at=now,
        reason="", **terms.columns(),
    )  # fmt: skip
    require(actor, Permission.OFFER_WRITE, offer)
    _refuse(actor, terms, opens=opens)
    db.session.add(offer)
    db.session.flush()
    _add_lines(offer, terms)
    trail.record(actor, "offer-created", subject=("offer", offer.id))
    if opens:
        _move(actor, offer, "open", 1, terms=terms, opened_at=now)
        telling.opened(offer.id)
    return offer


def edit(actor: Actor, offer: Offer, terms: Terms, *, revision: int, opens: bool = False) -> None:
    """Write an offer anew; a draft may be opened with it. Raises Refusal, Stale or NotNow."""
    require(actor, Permission.OFFER_WRITE, offer)
    verb = "open" if opens else "edit"
    state = _after(offer, verb)
    _refuse(actor, terms, opens=state == "open")
    values = terms.columns() | {"edition": offer.edition + 1}
    if opens:
        values["opened_at"] = clock.now()
    _move(actor, offer, verb, revision, terms=terms, **values)
    _add_lines(offer, terms)
    if opens:
        telling.opened(offer.id)


def renew(actor: Actor, offer: Offer, *, valid_until: date | None, revision: int) -> None:
    """Let an open or expired offer stand until a later day. Raises Refusal, Stale or NotNow."""
    require(actor, Permission.OFFER_WRITE, offer)
    _after(offer, "renew")
    if valid_until is None:
        raise Refusal(N_("Write until which day it stands."), field="valid_until")
    if valid_until < queries.today():
        raise Refusal(N_("That day has passed. Write a later one."), field="valid_until")
    _move(actor, offer, "renew", revision, valid_until=valid_until, ended_at=None)


def withdraw(actor: Actor, offer: Offer, *, reason: str, revision: int) -> None:
    """Take an offer back, for a stated reason. Raises Refusal, Stale or NotNow."""
    require(actor, Permission.OFFER_WRITE, offer)
    _after(offer, "withdraw")
    reason = reason.strip()
    if not reason:
        raise Refusal(N_("Write the reason. The Secretariat reads it."), field="reason")
    if len(reason) > REASON_LENGTH:
        raise Refusal(rules.TOO_LONG, field="reason", most=REASON_LENGTH)
    was_open = offer.opened_at is not None
    _move(actor, offer, "withdraw", revision, reason=reason, ended_at=clock.now())
    if was_open:
        telling.withdrawn(offer.id)


def expire(offer: Offer) -> None:
    """Write down that an offer's last day has passed; by the clock alone."""
    tables.OFFER.after(offer.state, "expire")
    _move(None, offer, "expire", offer.revision, ended_at=clock.now())


def _after(offer: Offer, verb: str) -> str:
    """The state after a verb, seen from where the clock has brought the offer. Raises NotNow."""
    return tables.OFFER.after(queries.state_now(offer), verb)


def _refuse(actor: Actor, terms: Terms, *, opens: bool) -> None:
    """Raise Refusal for what cannot stand, or lacks before others read it."""
    allowed = set(ROLES) if actor.is_sponsor else {HOST}
    if not set(terms.roles) <= allowed:
        raise Refusal(N_("Choose at least one role."), field="roles")
    for name, (message, params) in rules.unfit(terms).items():
        raise Refusal(message, field=name, **params)
    for name, message in rules.lacking(terms, queries.today()).items() if opens else ():
        raise Refusal(message, field=name)


def _move(
    actor: Actor | None, offer: Offer, verb: str, revision: int, *, terms: Terms | None = None,
    reason: str = "", **values: Any,
) -> None:  # fmt: skip
    """Move an offer on from where it was seen, and keep what it says from now on. Raises Stale."""
    seen, now = offer.state, clock.now()
    state = tables.OFFER.after(queries.state_now(offer) if verb != "expire" else seen, verb)
    if verb == "withdraw":
        values["reason"] = reason
    moved = changed(
        db.session(),
        db.update(Offer)
        .where(Offer.id == offer.id, Offer.organisation_id == offer.organisation_id,
               Offer.state == seen, Offer.revision == revision)
        .values(state=state, revision=revision + 1, changed_at=now, **values)
        .execution_options(synchronize_session=False),
    )  # fmt: skip
    if not moved:
        db.session.expire(offer)
        raise Stale(tables.OFFER.name, seen, verb)
    db.session.refresh(offer)
    trail.record(actor, f"offer-{verb}", subject=("offer", offer.id), owner=offer.organisation_id,
                 revision=offer.revision)  # fmt: skip
    if offer.opened_at is not None:
        _keep(actor, offer, verb, terms or rules.of_record(offer, ()), reason)


def _keep(actor: Actor | None, offer: Offer, verb: str, terms: Terms, reason: str) -> None:
    """The row of history that this move is."""
    db.session.execute(
        insert(OfferMove.__table__),
        [{
            "organisation_id": offer.organisation_id, "offer_id": offer.id,
            "number": offer.revision, "verb": verb, "state": offer.state,
            "edition": offer.edition, "valid_until": offer.valid_until,
            "content": terms.content(), "reason": reason, "by": actor and actor.person_id,
            "by_name": actor.name if actor else "", "at": offer.changed_at,
        }],
    )  # fmt: skip


def _add_lines(offer: Offer, terms: Terms) -> None:
    rows = [
        {"organisation_id": offer.organisation_id, "offer_id": offer.id,
         "edition": offer.edition, **vars(one)}
        for one in terms.lines
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(OfferLine.__table__), rows)
