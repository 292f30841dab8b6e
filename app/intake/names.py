"""By which name does a reader learn of a person who wrote?

People of the reader's own organisation by name, others as the side they are of: who works for the Secretariat
is not the delegation's to know, nor who drafts the Secretariat's. PostgreSQL's wall hides more people than
SQLite can; asked by membership both name the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from flask_babel import gettext as _
from sqlalchemy import BindParameter, ColumnElement

from app.accounts.models import Person
from app.extensions import db
from app.organisations.models import Membership
from app.policy.actor import Actor


def who(actor: Actor, person_id: str) -> str:
    """A person, as the actor may know of them."""
    return names(actor, [person_id])[person_id]


def names(actor: Actor, person_ids: Iterable[str]) -> dict[str, str]:
    """What each of these people is called, by id, in one query."""
    wanted = set(person_ids)
    return dict.fromkeys(wanted, other_side(actor)) | colleagues(actor, wanted)


def colleagues(actor: Actor, person_ids: Collection[str]) -> dict[str, str]:
    """The names of those among these people who are of the actor's side: for a job, which has no reader."""
    table = Person.__table__
    rows = db.session.execute(
        db.select(table.c.id, table.c.name)
        .where(table.c.id.in_(person_ids), is_colleague(actor.organisation_id, table.c.id))
    )  # fmt: skip
    return dict(rows.all())


def is_colleague(
    organisation_id: str | BindParameter[str], person_id: ColumnElement[str]
) -> ColumnElement[bool]:
    """The condition that a person is, or was, of this organisation."""
    table = Membership.__table__
    return person_id.in_(
        db.select(table.c.person_id).where(table.c.organisation_id == organisation_id)
    )


def other_side(actor: Actor) -> str:
    """What people are called who are not of the actor's organisation."""
    return _("Delegation") if actor.is_secretariat else _("Technical Secretariat")
