"""Which rows of workbooks became which drafts already?

A row of a downloaded form carries a hidden random key. One that was added by hand has none: it is known
by its answers.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from app.db.base import new_id
from app.extensions import db
from app.formats.canonical import canonical_json
from app.formats.sheet_columns import rows_in_sheet
from app.formats.spec import Field, Format
from app.intake.models import Dossier
from app.intake.sheets.filled import Filled, Record
from app.intake.sheets.fingerprints import asked_in_sheet
from app.intake.sheets.models import SheetRow
from app.intake.sheets.queries import AT_ONCE, revisions
from app.policy.actor import Actor

_KEY = re.compile(r"row:[0-9a-zA-Z]{20}")
_ROW = SheetRow.__table__


@dataclass(frozen=True, slots=True)
class Made:
    """The draft that a row became, and what the row said then."""

    reference: str
    answers: str
    is_given_up: bool
    """Whether that draft was withdrawn or discarded since: then the row may make another."""


def new_key() -> str:
    """A hidden key for a row of a form that is downloaded."""
    return f"row:{new_id()}"


def key_in(held: object) -> str:
    """The hidden key in a cell, "" where it holds none."""
    return held if isinstance(held, str) and _KEY.fullmatch(held) else ""


def standing_of(form: Format, answers: Mapping[str, Any]) -> str:
    """Changes with any answer that a workbook asks for; not with the ids of rows or their order."""
    said = {}
    for asked in asked_in_sheet(form):
        value = answers.get(asked.key)
        if value not in (None, [], ""):
            said[asked.key] = _rows(asked, value) if asked.is_rows else value
    return hashlib.sha256(canonical_json(said)).hexdigest()


def _rows(asked: Field, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    said = rows_in_sheet(asked, rows)
    if not asked.is_grid:
        said = [{key: value for key, value in row.items() if key != "id"} for row in said]
    return sorted(said, key=canonical_json)


def mark_rows(filled: Filled) -> None:
    """Say of each new record by what it is known again."""
    seen: Counter[str] = Counter()
    for record in filled.records:
        if record.reference:
            continue
        record.standing = standing_of(filled.form, record.answers)
        said = f"answers:{record.standing}"
        # A row copied within the sheet has the key of the other, and is known by its answers.
        known_by = record.key if record.key and not seen[record.key] else said
        seen[known_by] += 1
        record.mark = known_by if seen[known_by] == 1 else f"{known_by}:{seen[known_by]}"


def of_rows(actor: Actor, filled: Filled) -> dict[str, Made]:
    """Mark -> what was made of it by one's own delegation in this call."""
    wanted = [record.mark for record in filled.records if record.mark]
    found: dict[str, Made] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = db.session.execute(
            db.select(_ROW.c.mark, Dossier.reference, _ROW.c.answers,
                      _is_given_up())
            .join(Dossier, Dossier.id == _ROW.c.dossier_id)
            .where(_ROW.c.organisation_id == actor.organisation_id,
                   _ROW.c.call_id == filled.mark.call_id,
                   _ROW.c.mark.in_(wanted[start:start + AT_ONCE]))
        )  # fmt: skip
        found |= {mark: Made(*made) for mark, *made in rows}
    return found


@dataclass(frozen=True)
class Stands:
    """How everything stands that the plan for a workbook is made from."""

    rows: dict[str, Made]
    drafts: dict[str, tuple[Any, ...]]
    """Reference -> its draft, and what grows with every save."""

    @property
    def references(self) -> set[str]:
        return set(self.drafts)


def stands(actor: Actor, filled: Filled) -> Stands:
    """Which rows were made, and the drafts that they and references name, as they stand now."""
    rows = of_rows(actor, filled)
    named = {each.reference for each in rows.values()}
    named |= {each.reference for each in filled.records}
    return Stands(rows, revisions(actor, filled.mark.call_id, named))


def _is_given_up() -> ColumnElement[bool]:
    return Dossier.withdrawn_at.is_not(None) | Dossier.discarded_at.is_not(None)


def forget_given_up(actor: Actor, call_id: str) -> None:
    """Forget the rows whose drafts were withdrawn or discarded, so that they may become others."""
    given_up = db.select(Dossier.id).where(
        Dossier.organisation_id == actor.organisation_id, Dossier.call_id == call_id,
        _is_given_up(),
    )  # fmt: skip
    db.session.execute(
        db.delete(_ROW).where(_ROW.c.organisation_id == actor.organisation_id,
                              _ROW.c.call_id == call_id, _ROW.c.dossier_id.in_(given_up))
    )  # fmt: skip


def remember_new(begun: Iterable[tuple[Dossier, Record]]) -> None:
    """Note that rows became drafts."""
    rows = [
        {"organisation_id": dossier.organisation_id, "call_id": dossier.call_id,
         "mark": record.mark, "dossier_id": dossier.id, "answers": record.standing}
        for dossier, record in begun
    ]  # fmt: skip
    if rows:
        db.session.execute(db.insert(_ROW), rows)


def remember_again(dossier: Dossier, record: Record) -> None:
    """Note that a row changed the draft that it had become."""
    here = (_ROW.c.organisation_id == dossier.organisation_id,
            _ROW.c.call_id == dossier.call_id, _ROW.c.mark == record.mark)  # fmt: skip
    db.session.execute(db.update(_ROW).where(*here).values(answers=record.standing))
