"""What does a draft say now, answer by answer and as a whole?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import String, bindparam, null, select, union_all

from app.extensions import db
from app.formats.answers import with_derived
from app.formats.spec import Format
from app.intake.models import NO_ROW, Answer, AnswerRow, Draft
from app.intake.opened import Stored, stored_in
from app.intake.sealed import at_rest
from app.intake.seen import Seen

Place = tuple[str, str]
"""(row id or "", key), where a cell's key is `field.cell`."""


@dataclass
class Written:
    """A draft's answers by place, and the living rows of each table in their order."""

    draft: str
    answers: dict[Place, Stored] = field(default_factory=dict)
    rows: dict[str, list[str]] = field(default_factory=dict)

    def value(self, key: str, row: str = NO_ROW) -> Any:
        stored = self.answers.get((row, key))
        return stored.value if stored else None

    def revision(self, key: str, row: str = NO_ROW) -> int:
        stored = self.answers.get((row, key))
        return stored.revision if stored else 0

    def seen(self, place: Place) -> Seen:
        """What a page shows there that is drawn now."""
        row, key = place
        return Seen(self.draft, self.revision(key, row))


_ANSWER, _ROW = Answer.__table__, AnswerRow.__table__
_OF_DRAFT = bindparam("of_draft", type_=String)
_EVERYTHING = union_all(
    select(
        _ANSWER.c.row_id, _ANSWER.c.key, _ANSWER.c.value, _ANSWER.c.revision, _ANSWER.c.saved_by,
        _ANSWER.c.saved_at, _ANSWER.c.sealed, null().label("position"),
    ).where(_ANSWER.c.draft_id == _OF_DRAFT),
    select(_ROW.c.id, _ROW.c.field, null(), null(), null(), null(), null(), _ROW.c.position)
    .where(_ROW.c.draft_id == _OF_DRAFT, _ROW.c.removed_at.is_(None)),
)  # fmt: skip
"""The answers, and among them the living rows of tables: they alone have a position."""


def written(draft: Draft) -> Written:
    """Everything in a draft, in one query."""
    found, rows = Written(draft.id), []
    for row_id, key, *stored, position in db.session.connection().execute(
        _EVERYTHING, {"of_draft": draft.id}
    ):
        if position is None:
            found.answers[row_id, key] = stored_in(draft.id, stored)
        else:
            rows.append((key, position, row_id))
    at_rest.read(draft, found.answers)
    for key, _position, row_id in sorted(rows):
        found.rows.setdefault(key, []).append(row_id)
    return found


def written_of_many(draft_ids: Sequence[str]) -> dict[str, Written]:
    """Everything in each of these drafts, in two queries; for at most some hundreds."""
    found = {draft_id: Written(draft_id) for draft_id in draft_ids}
    answers = select(
        _ANSWER.c.draft_id, _ANSWER.c.row_id, _ANSWER.c.key, _ANSWER.c.value, _ANSWER.c.revision,
        _ANSWER.c.saved_by, _ANSWER.c.saved_at, _ANSWER.c.sealed,
    ).where(_ANSWER.c.draft_id.in_(draft_ids))  # fmt: skip
    for draft_id, row_id, key, *stored in db.session.execute(answers):
        found[draft_id].answers[row_id, key] = stored_in(draft_id, stored)
    _read_sealed(found)
    rows = (
        select(_ROW.c.draft_id, _ROW.c.field, _ROW.c.id)
        .where(_ROW.c.draft_id.in_(draft_ids), _ROW.c.removed_at.is_(None))
        .order_by(_ROW.c.field, _ROW.c.position, _ROW.c.id)
    )
    for draft_id, name, row_id in db.session.execute(rows):
        found[draft_id].rows.setdefault(name, []).append(row_id)
    return found


def _read_sealed(found: dict[str, Written]) -> None:
    sealed = [draft_id for draft_id, each in found.items()
              if any(stored.sealed is not None for stored in each.answers.values())]  # fmt: skip
    if sealed:
        for draft in db.session.scalars(select(Draft).where(Draft.id.in_(sealed))):
            at_rest.read(draft, found[draft.id].answers)


def document_of(format: Format, found: Written) -> dict[str, Any]:
    """The answers as one document: what certification freezes and projections read."""
    document: dict[str, Any] = {}
    for asked in format.fields:
        value = _rows_of(asked, found) if asked.is_rows else found.value(asked.key)
        if value not in (None, [], ""):
            document[asked.key] = value
    derived = with_derived(format, document).items()
    return {key: value for key, value in derived if value is not None}


def row_ids(asked: Any, found: Written) -> list[str]:
    """The rows of a table in their order: its fixed lines, or the living rows."""
    if asked.is_grid:
        return [line.key for line in asked.lines]
    return found.rows.get(asked.key, [])


def _rows_of(asked: Any, found: Written) -> list[dict[str, Any]]:
    rows = []
    for row_id in row_ids(asked, found):
        row = row_in(asked, found, row_id)
        if len(row) > 1:
            rows.append(row)
    return rows


def row_in(asked: Any, found: Written, row_id: str) -> dict[str, Any]:
    """What a row says, or said when it was removed: its id, and its cells that are answered."""
    cells = {c.key: found.value(f"{asked.key}.{c.key}", row_id) for c in asked.cells}
    filled = {key: value for key, value in cells.items() if value not in (None, [], "")}
    return {"id": row_id, **filled}
