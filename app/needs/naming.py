"""Which countries' needs stand without their name in what members read of a call?

Whoever knows who is named can work out who is not, once there is only one. So the Secretariat asks
before it publishes, and a focal point is told before it certifies.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_

from app import clock
from app.db.beyond import is_there
from app.extensions import db
from app.needs.models import Consent, NeedFact
from app.needs.preview import UNNAMED


def unnamed_countries(call_id: str, as_of: datetime) -> int:
    """How many countries' needs members would read without a name; for the Secretariat."""
    of_call = _unnamed(call_id, as_of).with_only_columns(func.count(NeedFact.country.distinct()))
    return db.session.scalar(of_call) or 0


def would_be_only_one(call_id: str, organisation_id: str) -> bool:
    """Whether members read of no other country without its name now; for a delegation.

    It is answered from beyond the delegation's wall with this one word, which names nobody.
    """
    others = _unnamed(call_id, clock.now()).where(NeedFact.organisation_id != organisation_id)
    return not is_there(others)


def _unnamed(call_id: str, as_of: datetime) -> Select[Any]:
    is_shown_unnamed = and_(Consent.version_id == NeedFact.version_id, Consent.members == UNNAMED)
    return (
        db.select(NeedFact.version_id)
        .join(Consent, is_shown_unnamed)
        .where(
            NeedFact.call_id == call_id,
            NeedFact.valid_from <= as_of,
            or_(NeedFact.valid_to.is_(None), NeedFact.valid_to > as_of),
        )
    )
