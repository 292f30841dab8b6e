"""How do two persons of a delegation have a communication forgotten before its day?

One of its unit proposes, with a ground; another of the unit, or the legal adviser, confirms with a second factor
freshly given. From then on nobody reads it; the copies elsewhere follow at once, by a deed that reaches them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app import clock
from app.accounts.factors.freshness import require_fresh
from app.audit import trail
from app.cases.exchanges import ending
from app.cases.exchanges.afterwards import forgets
from app.cases.exchanges.erasing.grounds import GROUNDS
from app.cases.exchanges.erasing.models import CaseErasure
from app.cases.exchanges.erasing.queries import ToErase
from app.cases.exchanges.erasing.telling import ASKED, DECIDED, TELL
from app.cases.exchanges.models import Exchange
from app.db.base import new_id
from app.extensions import db
from app.formats.words import N_
from app.outbox import post
from app.outbox.deeds import Write, deed
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.refusal import Refusal
from app.workflow.machine import NotNow
from app.workflow.tables import CASE_ERASURE, EXCHANGE

ERASE = "case-erase"
LIMIT = 1000
NO_GROUND = N_("Choose the ground.")
NO_REASON = N_("Say in a sentence why, without naming anybody.")
NO_ANSWER = N_("Say in a sentence why not. Whoever proposed it reads this.")
TOO_LONG = N_("This is too long: at most %(most)s characters.")
ALREADY = N_("Its erasure is proposed already.")
BY_ANOTHER = N_("Somebody else must decide: nobody confirms or refuses their own proposal.")
NOT_YOURS = N_("Only whoever proposed it can take it back. You can refuse it.")
CHANGED = N_(
    "Something about this communication has changed since you read this page. Read it again and then decide."
)


def propose(actor: Actor, to_erase: ToErase, *, ground: str, reason: str) -> CaseErasure:
    """Propose that it be forgotten everywhere. Raises NotNow, and Refusal."""
    require(actor, Permission.CASE_ERASE, to_erase)
    exchange = to_erase.exchange
    EXCHANGE.after(exchange.state, "erase")
    if to_erase.open_erasure is not None:
        raise Refusal(ALREADY, status=409)
    if ground not in GROUNDS:
        raise Refusal(NO_GROUND, field="ground")
    made = CaseErasure(
        id=new_id(), organisation_id=exchange.organisation_id, exchange_id=exchange.id,
        state=CASE_ERASURE.initial, ground=ground, reason=_said(reason, "reason", NO_REASON),
        proposed_by=actor.person_id, proposed_name=actor.name, proposed_at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    _record(actor, made, "case-erasure-proposed")
    post.to_do(TELL, erasure=made.id, kind=ASKED)
    return made


def withdraw(actor: Actor, to_erase: ToErase) -> None:
    """Take one's own proposal back. Raises NotNow, and Refusal."""
    require(actor, Permission.CASE_ERASE, to_erase)
    erasure = _waiting(to_erase, "withdraw")
    if erasure.proposed_by != actor.person_id:
        raise Refusal(NOT_YOURS, status=409)
    _decide(actor, erasure, "withdraw")


def refuse(actor: Actor, to_erase: ToErase, *, answer: str) -> None:
    """Say no to what somebody else proposed. Raises NotNow, and Refusal."""
    erasure = _of_another(actor, to_erase, "refuse")
    erasure.answer = _said(answer, "answer", NO_ANSWER)
    _decide(actor, erasure, "refuse")
    post.to_do(TELL, erasure=erasure.id, kind=DECIDED)


def confirm(actor: Actor, to_erase: ToErase, *, revision: int) -> None:
    """Forget it, as somebody else proposed; `revision` is that of the communication as it was read.

    Raises FactorNeeded without a second factor freshly given, NotNow, and Refusal.
    """
    erasure = _of_another(actor, to_erase, "confirm")
    require_fresh(actor)
    exchange = to_erase.exchange
    if exchange.revision != revision:
        raise Refusal(CHANGED, status=409)
    _decide(actor, erasure, "confirm")
    ending.forget_here(actor, exchange, ending.ON_REQUEST)
    post.to_do(ERASE, exchange=exchange.id)
    post.to_do(TELL, erasure=erasure.id, kind=DECIDED)


@deed(ERASE)
def erased(params: Mapping[str, Any]) -> Write:
    """Destroy the copies wherever it went, and tell the units that could read them."""
    exchange = db.session.get_one(Exchange, params["exchange"])

    def write() -> None:
        ending.tell_erased(exchange)
        ending.forget_elsewhere(exchange, ending.ON_REQUEST)

    return write


@forgets
def forget_words(exchange_id: str, _why: str) -> None:
    """What was said with proposals is forgotten with what they were about; one that still waited is settled."""
    of_it = db.select(CaseErasure).where(CaseErasure.exchange_id == exchange_id)
    for erasure in db.session.scalars(of_it.with_for_update()):
        erasure.reason = erasure.answer = ""
        if CASE_ERASURE.may(erasure.state, "lapse"):
            erasure.state = CASE_ERASURE.after(erasure.state, "lapse")
            erasure.decided_at = clock.now()


def _of_another(actor: Actor, to_erase: ToErase, verb: str) -> CaseErasure:
    require(actor, Permission.CASE_ERASURE_DECIDE, to_erase)
    erasure = _waiting(to_erase, verb)
    if erasure.proposed_by == actor.person_id:
        raise Refusal(BY_ANOTHER, status=409)
    return erasure


def _waiting(to_erase: ToErase, verb: str) -> CaseErasure:
    if to_erase.erasure is None:
        raise NotNow(CASE_ERASURE.name, "", verb)
    CASE_ERASURE.after(to_erase.erasure.state, verb)
    return to_erase.erasure


def _decide(actor: Actor, erasure: CaseErasure, verb: str) -> None:
    erasure.state = CASE_ERASURE.after(erasure.state, verb)
    erasure.decided_by, erasure.decided_name = actor.person_id, actor.name
    erasure.decided_at = clock.now()
    db.session.flush()
    _record(actor, erasure, f"case-erasure-{erasure.state}")


def _said(text: str, field: str, missing: str) -> str:
    if not text:
        raise Refusal(missing, field=field)
    if len(text) > LIMIT:
        raise Refusal(TOO_LONG, field=field, most=LIMIT)
    return text


def _record(actor: Actor, erasure: CaseErasure, kind: str) -> None:
    trail.record(actor, kind, subject=("exchange", erasure.exchange_id), owner=erasure.organisation_id,
                 detail={"erasure": erasure.id, "ground": erasure.ground})  # fmt: skip
