"""How is a form's workbook laid out, so that what was filled in is found again wherever it was moved?

Above the answers stands a hidden row of keys. Its first cell says what the sheet holds, of which form
and call; the others name their column. Headings above it may be changed, columns moved, rows sorted.
"""

from __future__ import annotations

from dataclasses import dataclass

SECTIONS, HEADINGS, HINTS, KEYS, FIRST = range(5)
"""The rows of a sheet, from 0: section, heading, hint, hidden keys, and the first with answers."""
NUMBER, REFERENCE, SEEN, ROW = "_number", "_reference", "_seen", "_row"
"""Columns that hold no answer: the row's number, the draft's reference, what stood in it, a row's id."""
KEY_ROW_WITHIN = 40
"""Rows in which the row of keys is looked for."""
MOST_RECORDS = 1000
"""So many rows of a form have a number."""
MOST_ROWS = 20_000
"""Rows of a sheet that say something."""
_MARK = "enlace"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a sheet holds: records of a form for a call, or the rows of one of its tables."""

    format_name: str
    version: int
    call_id: str
    table: str = ""

    def __str__(self) -> str:
        return ":".join((_MARK, self.format_name, str(self.version), self.call_id, self.table))


def mark_in(text: object) -> Mark | None:
    """The mark that a cell holds, None where it holds something else."""
    if not isinstance(text, str) or not text.startswith(f"{_MARK}:"):
        return None
    parts = text.strip().split(":")
    if len(parts) != 5 or not parts[2].isdecimal() or len(parts[2]) > 6:
        return None
    return Mark(parts[1], int(parts[2]), parts[3], parts[4])
