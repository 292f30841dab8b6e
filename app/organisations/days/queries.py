"""Which days does a country not work?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.db.errors import Missing
from app.extensions import db
from app.organisations.days.models import NonWorkingDay
from app.organisations.models import Organisation
from app.organisations.queries import within_sight
from app.policy.actor import Actor, OrganisationKind


@dataclass(frozen=True)
class CountryDays:
    """The country whose days somebody looks at."""

    organisation: Organisation

    @property
    def organisation_id(self) -> str:
        return self.organisation.id


def get(actor: Actor, organisation_id: str) -> CountryDays:
    """A delegation whose days are within the actor's sight. Raises Missing."""
    found = db.session.scalar(
        db.select(Organisation).where(
            Organisation.id == organisation_id,
            Organisation.kind == OrganisationKind.DELEGATION,
            within_sight(actor, Organisation.id),
        )
    )
    if found is None:
        raise Missing(organisation_id)
    return CountryDays(found)


def get_day(actor: Actor, day_id: str) -> NonWorkingDay:
    """One day within the actor's sight. Raises Missing."""
    found = db.session.scalar(
        db.select(NonWorkingDay).where(
            NonWorkingDay.id == day_id, within_sight(actor, NonWorkingDay.organisation_id)
        )
    )
    if found is None:
        raise Missing(day_id)
    return found


def of_year(organisation_id: str, year: int) -> Sequence[NonWorkingDay]:
    """The days of a year, in their order; a year has no more than 366."""
    return between(organisation_id, date(year, 1, 1), date(year, 12, 31))


def of_several(
    organisation_ids: Collection[str], first: date, last: date
) -> Mapping[str, tuple[date, ...]]:
    """Organisation -> its days from the first to the last, both included, in their order."""
    rows = db.session.execute(
        db.select(NonWorkingDay.organisation_id, NonWorkingDay.day)
        .where(NonWorkingDay.organisation_id.in_(organisation_ids),
               NonWorkingDay.day.between(first, last))
        .order_by(NonWorkingDay.day)
    )  # fmt: skip
    found: dict[str, list[date]] = {}
    for organisation_id, day in rows:
        found.setdefault(organisation_id, []).append(day)
    return {key: tuple(days) for key, days in found.items()}


def between(organisation_id: str, first: date, last: date) -> Sequence[NonWorkingDay]:
    """The days from the first to the last, both included, in their order."""
    return db.session.scalars(
        db.select(NonWorkingDay)
        .where(NonWorkingDay.organisation_id == organisation_id,
               NonWorkingDay.day.between(first, last))
        .order_by(NonWorkingDay.day)
    ).all()  # fmt: skip
