"""What became of a group, and who did it? Read from the times in which its names and needs held."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.accounts.models import Person
from app.extensions import db
from app.formats.spec import Text
from app.groups.gathering import MEMBER
from app.groups.models import NeedGroup, NeedGroupName
from app.intake.models import Dossier

MOST = 200


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One thing that somebody did at one instant: begun, renamed, added, taken_out or dissolved."""

    at: datetime
    did: str
    who: str
    references: tuple[str, ...] = ()
    name: Text | None = None


def history(group: NeedGroup) -> list[Happened]:
    """What was done with a group, the newest first; three queries."""
    names, people = _names(group.id), _people(group)
    found = [
        Happened(at=row.valid_from, did="renamed", who=row.name,
                 name=Text(row.name_es, row.name_en))
        for row in names[:-1]
    ]  # fmt: skip
    found += _came_and_went(group.id)
    found.append(Happened(at=group.created_at, did="begun", who=people[group.created_by],
                          name=Text(names[-1].name_es, names[-1].name_en)))  # fmt: skip
    if group.dissolved_at and group.dissolved_by:
        found.append(
            Happened(at=group.dissolved_at, did="dissolved", who=people[group.dissolved_by])
        )
    order = ("begun", "renamed", "added", "taken_out", "dissolved")
    return sorted(found, key=lambda each: (each.at, order.index(each.did)), reverse=True)


def _names(group_id: str) -> list[Any]:
    """The names of a group, the newest first."""
    return list(db.session.execute(
        db.select(NeedGroupName.valid_from, NeedGroupName.name_es, NeedGroupName.name_en, Person.name)
        .join(Person, Person.id == NeedGroupName.by)
        .where(NeedGroupName.group_id == group_id)
        .order_by(NeedGroupName.valid_from.desc(), NeedGroupName.valid_to.is_not(None))
        .limit(MOST)
    ))  # fmt: skip


def _people(group: NeedGroup) -> dict[str, str]:
    ids = {group.created_by, group.dissolved_by} - {None}
    rows = db.session.execute(db.select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _came_and_went(group_id: str) -> list[Happened]:
    added, removed = Person.__table__.alias("added"), Person.__table__.alias("removed")
    rows = db.session.execute(
        db.select(MEMBER.c.valid_from, MEMBER.c.valid_to, Dossier.reference,
                  added.c.name.label("came"), removed.c.name.label("went"))
        .join(Dossier, Dossier.id == MEMBER.c.need_id)
        .join(added, added.c.id == MEMBER.c.added_by)
        .outerjoin(removed, removed.c.id == MEMBER.c.removed_by)
        .where(MEMBER.c.group_id == group_id)
        .order_by(MEMBER.c.valid_from.desc(), Dossier.reference)
        .limit(MOST)
    ).all()  # fmt: skip
    done: dict[tuple[datetime, str, str], list[str]] = defaultdict(list)
    for row in rows:
        done[row.valid_from, "added", row.came].append(row.reference)
        if row.valid_to:
            done[row.valid_to, "taken_out", row.went or ""].append(row.reference)
    return [
        Happened(at=at, did=did, who=who, references=tuple(sorted(references)))
        for (at, did, who), references in done.items()
    ]
