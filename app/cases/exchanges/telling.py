"""Who is told that something happened to a communication: which people of which unit?

A notice says that there is something, where; never from whom, about whom or what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.accounts.models import Person
from app.cases.exchanges.models import Addressee, Exchange
from app.extensions import db
from app.notices.telling import Notification, tell, to_tell
from app.organisations.models import Membership, Organisation
from app.outbox import post
from app.policy.roles import CASE_OFFICERS


def officers_of(unit_id: str) -> list[tuple[str, str]]:
    """(person, organisation) of everybody who handles cases in a unit now."""
    rows = db.session.execute(
        db.select(Membership.person_id, Membership.organisation_id)
        .join(Person, Person.id == Membership.person_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.unit_id == unit_id, Membership.ended_at.is_(None), Person.active,
               Organisation.ended_at.is_(None),
               Membership.role.in_([role.value for role in CASE_OFFICERS]))
        .distinct()
    )  # fmt: skip
    return sorted((row.person_id, row.organisation_id) for row in rows)


def told_unit(addressee: Addressee, kind: str, *, more: str = "", by_letter: bool = False) -> None:
    """Tell the addressed unit; within a deed or by the clock, which reach it. `more` tells the event from
    an earlier one of the same kind; `by_letter`: by a letter of its own at once."""
    event = f"{kind}:{addressee.id}:{addressee.revision}:{more}"
    people = officers_of(addressee.unit_id)
    _tell(people, kind, addressee.id, event, is_mailed=not by_letter)
    if by_letter:
        for person_id, _organisation_id in people:
            post.to_person(person_id, kind, addressee=addressee.id)


def told_holder(exchange: Exchange, kind: str, *, more: str = "") -> None:
    """Tell the unit that sent it, or drafts it."""
    event = f"{kind}:{exchange.id}:{exchange.revision}:{more}"
    _tell(officers_of(exchange.unit_id), kind, exchange.id, event)


def to_tell_holder(exchange: Exchange, kind: str, *, more: str) -> Callable[[], None]:
    """The same for a deed: whom it tells is found before anything is written."""
    return _to_tell(exchange.unit_id, kind, exchange.id, more)


def to_tell_unit(addressee: Addressee, kind: str, *, more: str) -> Callable[[], None]:
    """Tell the addressed unit, for a deed in the same way."""
    return _to_tell(addressee.unit_id, kind, addressee.id, more)


def _to_tell(unit_id: str, kind: str, subject_id: str, more: str) -> Callable[[], None]:
    event = f"{kind}:{subject_id}:{more}"
    found = [
        Notification(person_id=person_id, organisation_id=organisation_id, kind=kind,
                     subject_id=subject_id, event=event)
        for person_id, organisation_id in officers_of(unit_id)
    ]  # fmt: skip
    return to_tell(found)


def _tell(
    people: Iterable[tuple[str, str]], kind: str, subject_id: str, event: str, *,
    is_mailed: bool = True,
) -> None:  # fmt: skip
    tell(
        Notification(person_id=person_id, organisation_id=organisation_id, kind=kind,
                     subject_id=subject_id, event=event, is_mailed=is_mailed)
        for person_id, organisation_id in people
    )  # fmt: skip
