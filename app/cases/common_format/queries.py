"""Where does the format stand, and which countries exchange real cases under it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, func

from app.cases.common_format.models import FormatOptIn, FormatStanding
from app.extensions import db
from app.organisations.models import Organisation
from app.policy.actor import OrganisationKind
from app.workflow.tables import STANDING

APPROVED = "approved"


@dataclass(frozen=True)
class Standing:
    """How far a version of the format is agreed upon; `since` is None for what was only shipped."""

    state: str
    since: datetime | None = None
    reason: str = ""

    @property
    def is_approved(self) -> bool:
        return self.state == APPROVED


@dataclass(frozen=True)
class CountryWord:
    """What a country last said about exchanging meanwhile; `at` is None where it never said."""

    organisation: Organisation
    is_in: bool
    note: str
    at: datetime | None


def standing(name: str, version: int) -> Standing:
    """Where a version of a format stands now."""
    found = db.session.execute(
        db.select(FormatStanding.state, FormatStanding.at, FormatStanding.reason)
        .where(FormatStanding.format_name == name, FormatStanding.version == version)
        .order_by(FormatStanding.number.desc())
        .limit(1)
    ).one_or_none()
    return Standing(*found) if found else Standing(STANDING.initial)


def state_now(name: str, version: int) -> ScalarSelect[str]:
    """The same within another query: the state written down last, NULL for what was only shipped."""
    return (
        db.select(FormatStanding.state)
        .where(FormatStanding.format_name == name, FormatStanding.version == version)
        .order_by(FormatStanding.number.desc())
        .limit(1)
        .scalar_subquery()
    )


def steps(name: str, version: int) -> Sequence[FormatStanding]:
    """Every step so far, the newest first."""
    return db.session.scalars(
        db.select(FormatStanding)
        .where(FormatStanding.format_name == name, FormatStanding.version == version)
        .order_by(FormatStanding.number.desc())
        .limit(50)
    ).all()


def _newest(name: str) -> Any:
    """The newest word of each country."""
    numbered = db.select(
        FormatOptIn.organisation_id, FormatOptIn.is_in, FormatOptIn.note, FormatOptIn.at,
        func.row_number().over(
            partition_by=FormatOptIn.organisation_id,
            order_by=FormatOptIn.number.desc(),
        ).label("age"),
    ).where(FormatOptIn.format_name == name)  # fmt: skip
    words = numbered.subquery()
    return db.select(words).where(words.c.age == 1).subquery()


def countries(name: str) -> list[CountryWord]:
    """Every delegation with its last word, in the order of their keys."""
    newest = _newest(name)
    rows = db.session.execute(
        db.select(Organisation, newest.c.is_in, newest.c.note, newest.c.at)
        .outerjoin(newest, newest.c.organisation_id == Organisation.id)
        .where(
            Organisation.kind == OrganisationKind.DELEGATION.value, Organisation.ended_at.is_(None)
        )
        .order_by(Organisation.key)
    )
    return [CountryWord(org, bool(is_in), note or "", at) for org, is_in, note, at in rows]


def opted_in(name: str) -> frozenset[str]:
    """The delegations (ids) that exchange real cases while the format is not approved."""
    newest = _newest(name)
    return frozenset(db.session.scalars(db.select(newest.c.organisation_id).where(newest.c.is_in)))


def next_step(name: str, version: int) -> int:
    """The number of the next step of a version."""
    last = db.select(func.max(FormatStanding.number)).where(
        FormatStanding.format_name == name, FormatStanding.version == version
    )
    return (db.session.scalar(last) or 0) + 1


def next_word(organisation_id: str, name: str) -> int:
    """The number of the next word of a country."""
    last = db.select(func.max(FormatOptIn.number)).where(
        FormatOptIn.organisation_id == organisation_id, FormatOptIn.format_name == name
    )
    return (db.session.scalar(last) or 0) + 1
