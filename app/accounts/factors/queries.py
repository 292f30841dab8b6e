"""Which second factors does the person have who asks?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from app import clock
from app.accounts.factors.models import Factor, FactorCode, Kind
from app.db.errors import Missing
from app.extensions import db
from app.policy.actor import Actor

MOST = 10
"""Second factors of one person."""
CONFIRM_WITHIN = timedelta(minutes=15)


def list_mine(actor: Actor) -> Sequence[Factor]:
    """Those that count, in the order in which they were added."""
    return db.session.scalars(
        db.select(Factor)
        .where(Factor.person_id == actor.person_id, Factor.confirmed_at.is_not(None))
        .order_by(Factor.created_at, Factor.id)
        .limit(MOST)
    ).all()


def get_mine(actor: Actor, factor_id: str) -> Factor:
    """One that counts. Raises Missing."""
    found = next((each for each in list_mine(actor) if each.id == factor_id), None)
    if found is None:
        raise Missing
    return found


def find_begun(actor: Actor) -> Factor | None:
    """The program that has yet to show its first code, within fifteen minutes.

    Only in the sign-in that began it: somebody else who is signed in as the same person sees no key.
    """
    found: Factor | None = db.session.scalar(
        db.select(Factor)
        .where(Factor.person_id == actor.person_id, Factor.confirmed_at.is_(None),
               Factor.begun_in == actor.session_id,
               Factor.created_at > clock.now() - CONFIRM_WITHIN)
        .order_by(Factor.created_at.desc())
        .limit(1)
    )  # fmt: skip
    return found


def list_codes(factor: Factor) -> Sequence[FactorCode]:
    """The codes of a sheet by number: which were used, never what they say."""
    return db.session.scalars(
        db.select(FactorCode)
        .where(FactorCode.factor_id == factor.id)
        .order_by(FactorCode.number)
        .limit(100)
    ).all()


def passkeys_of(actor: Actor) -> list[bytes]:
    """The public parts of the actor's passkeys."""
    return [each.credential for each in list_mine(actor)
            if each.kind == Kind.PASSKEY and each.credential]  # fmt: skip
