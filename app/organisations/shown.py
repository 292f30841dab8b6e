"""How is somebody's role in an organisation shown in a list?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.accounts.models import Person
from app.organisations import words
from app.organisations.actions.roles import DESIGNATED
from app.organisations.models import Membership, Unit
from app.policy.actor import Actor


def role_rows(rows: Iterable[Any], actor: Actor, lang: str) -> list[dict[str, Any]]:
    """Rows of `listing.list_members`, in plain words."""
    return [
        {**role_facts(row.Membership, row.Person, row.Unit, lang),
         "is_me": row.Person.id == actor.person_id}
        for row in rows
    ]  # fmt: skip


def role_facts(
    membership: Membership, person: Person, unit: Unit | None, lang: str
) -> dict[str, Any]:
    """Who holds a role, since when, in which unit and on which note."""
    return {
        "id": membership.id,
        "name": person.name,
        "email": person.email,
        "is_suspended": not person.active,
        "role": words.say_role(membership.role),
        "unit": "" if unit is None else unit.name(lang),
        "since": membership.created_at,
        "is_designated": membership.role in DESIGNATED,
        "note_number": membership.note_number,
        "note_date": membership.note_date,
        "note_file": membership.note_file,
        "is_accepted": membership.accepted_by is not None,
    }
