"""How does the key of a program that shows codes lie in the database? Locked with the master key.

A factor belongs to a person and to no organisation, so that no key of an organisation stands between.
"""

from __future__ import annotations

from sqlalchemy import select, update

from app.accounts.factors.models import Factor
from app.extensions import db
from app.sealing import box
from app.sealing.keys import keyring, wrapping_key
from app.sealing.refusals import SealingUnavailable, Unopenable

PURPOSE = "second factor"


def seal(factor_id: str, person_id: str, key: bytes) -> bytes:
    """The key, locked for this factor of this person. Raises SealingUnavailable without a master key."""
    master = wrapping_key()
    return master.id.encode() + b":" + master.wrap(key, _bound_to(factor_id, person_id))


def open_key(factor: Factor) -> bytes:
    """The key again. Raises SealingUnavailable without its master key, Unopenable where it was moved."""
    name, _colon, locked = bytes(factor.sealed or b"").partition(b":")
    master = keyring().of(name.decode("ascii", "replace"))
    if master is None:
        raise SealingUnavailable
    return master.unwrap(locked, _bound_to(factor.id, factor.person_id))


def seal_anew() -> int:
    """Lock every key with the first master key; how many cannot be opened, and stay as they are."""
    mark, left = wrapping_key().id.encode() + b":", 0
    for factor in db.session.scalars(select(Factor).where(Factor.sealed.is_not(None))).all():
        if bytes(factor.sealed or b"").startswith(mark):
            continue
        try:
            sealed = seal(factor.id, factor.person_id, open_key(factor))
        except (SealingUnavailable, Unopenable):
            left += 1
            continue
        db.session.execute(update(Factor).where(Factor.id == factor.id).values(sealed=sealed))
    return left


def _bound_to(factor_id: str, person_id: str) -> bytes:
    return box.bind(PURPOSE, person_id, factor_id)
