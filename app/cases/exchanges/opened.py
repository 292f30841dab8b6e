"""What does a view of a case hold once the guard has let somebody through?"""

from __future__ import annotations

from dataclasses import dataclass

from app.cases.common_format.queries import Standing
from app.cases.exchanges import days
from app.cases.exchanges.models import Addressee, Delivery, Exchange
from app.intake.opened import Opened
from app.organisations.models import Organisation, Unit

UNREADABLE = ("queued", "undelivered", "recalled", "expired")
"""States of an addressee in which nothing is read there."""


@dataclass
class OpenedCase(Opened):
    """An opened dossier that is a communication of this unit."""

    exchange: Exchange
    unit: Unit
    format_standing: Standing
    """How far its format is agreed upon."""

    @property
    def unit_id(self) -> str:
        return self.exchange.unit_id


@dataclass(frozen=True)
class Received:
    """A communication as it arrived at a unit; `delivery` is the newest copy that its country holds."""

    addressee: Addressee
    exchange: Exchange
    delivery: Delivery
    sender: Organisation
    sender_unit: Unit
    unit: Unit
    format_standing: Standing
    """How far its format is agreed upon."""

    @property
    def id(self) -> str:
        return self.addressee.id

    @property
    def organisation_id(self) -> str:
        return self.addressee.organisation_id

    @property
    def unit_id(self) -> str:
        return self.addressee.unit_id

    @property
    def state(self) -> str:
        return self.addressee.state

    @property
    def is_readable(self) -> bool:
        """Whether it may be read now, whatever the clock has written down so far."""
        until = self.addressee.access_until
        lasts = until is None or until >= days.today()
        return self.state not in UNREADABLE and self.exchange.erased_at is None and lasts
