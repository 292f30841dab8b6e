"""By which name is a colleague mentioned beside what they wrote?"""

from __future__ import annotations

from collections.abc import Iterable

from app.accounts.models import Person
from app.extensions import db


def who(person_id: str) -> str:
    """A person's name; "—" where the reader may not know the person."""
    return names([person_id]).get(person_id, "—")


def names(person_ids: Iterable[str]) -> dict[str, str]:
    """Names by id, in one query."""
    table = Person.__table__
    rows = db.session.execute(
        db.select(table.c.id, table.c.name).where(table.c.id.in_(set(person_ids)))
    )
    return dict(rows.all())
