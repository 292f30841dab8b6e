"""How does a country, or the Secretariat for it, say on which days it does not work?

What was told to somebody stays: a period that runs already keeps the instant at which it closes.
"""

from __future__ import annotations

from datetime import date

from app import clock
from app.audit import trail
from app.db.adding import add_missing
from app.db.base import new_id
from app.extensions import db
from app.formats.words import N_
from app.organisations.days.models import NonWorkingDay
from app.organisations.days.queries import CountryDays
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.errors import Refusal

SATURDAY = 5
WEEKEND = N_("Saturdays and Sundays never count; they need not be written down.")
STANDS_THERE = N_("This day is written down already.")


def add(
    actor: Actor, country: CountryDays, *, day: date, name_es: str, name_en: str
) -> NonWorkingDay:  # fmt: skip
    """Write down a day on which the country does not work.

    What the country itself writes is confirmed by that. Refusal for a weekend or a day that is there.
    """
    require(actor, Permission.DAYS_WRITE, country)
    if day.weekday() >= SATURDAY:
        raise Refusal(WEEKEND, field="day")
    now, id = clock.now(), new_id()
    add_missing(NonWorkingDay.__table__, [{
        "id": id, "organisation_id": country.organisation_id, "day": day, "name_es": name_es,
        "name_en": name_en, "entered_by": actor.person_id, "entered_at": now,
        "confirmed_at": None if actor.is_secretariat else now,
    }])  # fmt: skip
    made = db.session.get(NonWorkingDay, id)
    if made is None:
        raise Refusal(STANDS_THERE, field="day")
    _record(actor, "non-working-day-added", made)
    return made


def confirm(actor: Actor, day: NonWorkingDay) -> None:
    """The country says that a day is one which the Secretariat wrote down for it."""
    require(actor, Permission.DAYS_CONFIRM, day)
    if day.confirmed_at is None:
        day.confirmed_at = clock.now()
        _record(actor, "non-working-day-confirmed", day)


def remove(actor: Actor, day: NonWorkingDay) -> None:
    """The country works on that day after all. That it stood there remains in the audit trail.

    What the country itself said is its own to take off: without it, the country has fewer days to object.
    """
    require(actor, Permission.DAYS_REMOVE, day)
    _record(actor, "non-working-day-removed", day)
    db.session.delete(day)


def _record(actor: Actor, kind: str, day: NonWorkingDay) -> None:
    trail.record(actor, kind, subject=("non_working_day", day.id), owner=day.organisation_id,
                 detail={"day": day.day.isoformat()})  # fmt: skip
