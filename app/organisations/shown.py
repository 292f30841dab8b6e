"""How is somebody's role in an organisation shown in a list?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.organisations import words
from app.organisations.actions.roles import DESIGNATED, may_end
from app.policy.actor import Actor


def role_rows(actor: Actor, rows: Iterable[Any], lang: str) -> list[dict[str, Any]]:
    """Rows of `listing.list_members`, in plain words."""
    return [
        {
            "id": row.Membership.id,
            "person_id": row.Person.id,
            "name": row.Person.name,
            "email": row.Person.email,
            "is_me": row.Person.id == actor.person_id,
            "is_suspended": not row.Person.active,
            "role": words.say_role(row.Membership.role),
            "unit": _unit(row.Unit, lang),
            "since": row.Membership.created_at,
            "is_designated": row.Membership.role in DESIGNATED,
            "note_number": row.Membership.note_number,
            "note_date": row.Membership.note_date,
            "note_file": row.Membership.note_file,
            "is_accepted": row.Membership.accepted_by is not None,
            "may_end": may_end(actor, row.Membership),
        }
        for row in rows
    ]


def _unit(unit: Any, lang: str) -> str:
    return "" if unit is None else unit.name_en if lang == "en" else unit.name_es
