"""What changed in a workbook, and what in Enlace, since the workbook was made?

A workbook carries a fingerprint of each answer it was made with. An answer that changed on one side
only is taken from that side; one that changed on both is for a person to decide.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.formats.canonical import canonical_json
from app.formats.sheet_columns import in_sheet, rows_in_sheet, tables
from app.formats.spec import Field, Format
from app.intake.answers import Place, Written
from app.intake.models import NO_ROW

NOTHING = "-"


def fingerprint(asked: Field, value: Any) -> str:
    """Eight signs that change with the answer, as far as a workbook has it.

    The order of a table's rows changes nothing. What has no column is not in it: signs that somebody
    can read would let them try what a sealed answer says.
    """
    if asked.is_rows and value:
        value = sorted(rows_in_sheet(asked, value), key=lambda row: row["id"])
    if value in (None, [], ""):
        return NOTHING
    return hashlib.sha256(canonical_json(value)).hexdigest()[:8]


def asked_in_sheet(form: Format) -> tuple[Field, ...]:
    """Every field that a workbook asks for, tables included."""
    with_rows = tables(form)
    return tuple(each for each in form.fields if in_sheet(each) or each in with_rows)


def fingerprints(form: Format, answers: Mapping[str, Any]) -> dict[str, str]:
    """Field -> fingerprint, of what is answered."""
    return {each.key: fingerprint(each, answers.get(each.key))
            for each in asked_in_sheet(form) if answers.get(each.key) is not None}  # fmt: skip


@dataclass
class Changes:
    """What would be written in a draft, and the fields that changed on both sides."""

    answers: list[tuple[Place, Any]] = field(default_factory=list)
    added: list[tuple[Field, Mapping[str, Any]]] = field(default_factory=list)
    removed: list[tuple[Field, str]] = field(default_factory=list)
    conflicts: list[Field] = field(default_factory=list)

    @property
    def is_none(self) -> bool:
        return not (self.answers or self.added or self.removed or self.conflicts)


def compare(
    form: Format, present: set[str], filled: Mapping[str, Any], seen: Mapping[str, str],
    stored: Mapping[str, Any],
) -> Changes:  # fmt: skip
    """What the workbook changes in a draft whose answers are `stored`."""
    changes = Changes()
    for asked in asked_in_sheet(form):
        if asked.key not in present:
            continue
        mine, theirs = filled.get(asked.key), stored.get(asked.key)
        before = seen.get(asked.key, NOTHING)
        if fingerprint(asked, mine) in (fingerprint(asked, theirs), before):
            continue
        if fingerprint(asked, theirs) != before:
            changes.conflicts.append(asked)
        elif asked.is_rows:
            _compare_rows(asked, mine or [], theirs or [], changes)
        else:
            changes.answers.append(((NO_ROW, asked.key), mine))
    return changes


def _compare_rows(
    asked: Field, mine: list[dict[str, Any]], theirs: list[dict[str, Any]], changes: Changes
) -> None:
    new, old = {row["id"]: row for row in mine}, {row["id"]: row for row in theirs}
    for row_id, row in new.items():
        if row_id not in old and not asked.is_grid:
            changes.added.append((asked, row))
        else:
            changes.answers += _cells(asked, row, old.get(row_id, {}))
    shown = {row["id"]: row for row in rows_in_sheet(asked, theirs)}
    for row_id in shown.keys() - new.keys():
        # What a workbook does not show, no workbook takes away.
        if asked.is_grid or shown[row_id] != old[row_id]:
            changes.answers += _cells(asked, {"id": row_id}, old[row_id])
        else:
            changes.removed.append((asked, row_id))


def _cells(
    asked: Field, mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> Iterator[tuple[Place, Any]]:
    for cell in asked.cells:
        if in_sheet(cell) and mine.get(cell.key) != theirs.get(cell.key):
            yield (str(mine["id"]), f"{asked.key}.{cell.key}"), mine.get(cell.key)


def who_saved(asked: Field, found: Written) -> str:
    """The person who saved an answer last, or any cell of a table; "" where nobody did."""
    own = [stored for (row, key), stored in found.answers.items()
           if key == asked.key or (row and key.split(".")[0] == asked.key)]  # fmt: skip
    return max(own, key=lambda stored: stored.saved_at).saved_by if own else ""
