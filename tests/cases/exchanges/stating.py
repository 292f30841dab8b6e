"""How do tests state a reservation of a country, and end it, without the pages for it?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert

from app import clock
from app.cases.reservations.models import ReservationRule, ReservationText
from app.db.base import new_id
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from app.extensions import db
from app.organisations.models import Membership, Organisation
from tests.cases.exchanges.desk import Desk


def reserve(desk: Desk, country: str, data: list[str], **more: Any) -> str:
    """A rule of a country that holds from now on: nothing of this is delivered. Its id."""
    with desk.app.app_context(), scoped(SYSTEM, writing=True), transaction(writing=True) as session:
        owner = session.scalars(db.select(Organisation).where(Organisation.key == country)).one()
        writer = session.scalars(
            db.select(Membership.person_id).where(Membership.organisation_id == owner.id)
        ).first()
        id, now = new_id(), clock.now()
        own = {
            "id": id, "organisation_id": owner.id, "series_id": id, "version": 1, "written_by": writer,
            "written_name": "", "written_at": now, "is_demonstration": False,
        }  # fmt: skip
        session.execute(insert(ReservationText.__table__), [{
            **own, "article": "2", "url": "", "instrument": "Ley", "words": "No.", "lang": "es",
            "is_restricted": False,
        }])  # fmt: skip
        session.execute(insert(ReservationRule.__table__), [{
            **own, "text_id": id, "country": owner.country, "state": "in_force", "data": data,
            "direction": "send", "counterparts": [], "purposes": [], "effect": "deny", "mask": None,
            "discloses": True, "valid_from": None, "valid_to": None, "confirmed_at": now,
            "ended_name": "", "reason": "", **more,
        }])  # fmt: skip
    return id


def end(desk: Desk, rule_id: str, state: str = "withdrawn") -> None:
    """End a rule as it is done on its page."""
    with desk.app.app_context(), scoped(SYSTEM, writing=True), transaction(writing=True) as session:
        session.execute(
            db.update(ReservationRule).where(ReservationRule.id == rule_id)
            .values(state=state, ended_at=clock.now())
        )  # fmt: skip
