"""What does a view of a follow-up hold once the guard has let somebody through?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.cases.common_format.queries import Standing
from app.cases.exchanges.models import Exchange
from app.cases.exchanges.opened import OpenedCase, Received
from app.cases.follow_ups.kinds import COMPANION
from app.cases.follow_ups.models import CaseFollowUp
from app.organisations.models import Unit


@dataclass(frozen=True)
class OpenedFollowUp:
    """A follow-up of one of the actor's units, with the communication from which it began."""

    row: CaseFollowUp
    unit: Unit
    exchange: Exchange
    format_standing: Standing
    """How far the format of that communication is agreed upon."""

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def organisation_id(self) -> str:
        return self.row.organisation_id

    @property
    def unit_id(self) -> str:
        return self.row.unit_id

    @property
    def is_of_companion(self) -> bool:
        return self.row.kind == COMPANION


@dataclass(frozen=True)
class Child:
    """A row of the section about minors, as far as a follow-up takes something from it."""

    row_id: str
    label: str
    companion: str
    due_on: date | None
    is_warned: bool
    """Whether it names warning indicators, or keeps them back."""


@dataclass(frozen=True)
class Source:
    """A communication of the actor's unit, its own or received, and the children that it tells of."""

    case: OpenedCase | Received
    unit: Unit
    exchange: Exchange
    addressee_id: str | None
    children: tuple[Child, ...]

    @property
    def id(self) -> str:
        return self.addressee_id or self.exchange.id

    @property
    def organisation_id(self) -> str:
        return self.unit.organisation_id

    @property
    def unit_id(self) -> str:
        return self.unit.id
