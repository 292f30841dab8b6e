"""What did somebody fill in, row by row, before it is compared with anything?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.formats.spec import Format
from app.intake.sheets.layout import Mark
from app.intake.sheets.problems import Place, Problem


@dataclass
class Record:
    """One row of the sheet of records, with the rows of the tables that name it."""

    at: Place
    number: str
    reference: str = ""
    reference_at: Place | None = None
    seen: dict[str, str] = field(default_factory=dict)
    """Field -> fingerprint of its answer when the workbook was made; empty for a new record."""
    answers: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    """Field or `field.cell.row` -> the cell to point at."""
    key: str = ""
    """The hidden key that the form gave the row."""
    mark: str = ""
    """By what a new record is known again; "" where it names a draft."""
    standing: str = ""
    """Changes with any of its answers, where it is new."""
    is_made: bool = False
    """Whether a draft was made of this row before."""
    is_bad: bool = False
    is_empty: bool = False

    def place_of(self, key: str, row: str | None = None, cell: str | None = None) -> Place:
        """The cell of an answer, or the beginning of the row."""
        within = self.places.get(f"{key}.{cell}.{row}") if row else None
        return within or self.places.get(key) or self.at


@dataclass
class Filled:
    """A workbook as it was filled in: its records, and everything that could not be understood."""

    mark: Mark
    form: Format
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    present: set[str] = field(default_factory=set)
    """The fields that have columns in the workbook."""
    sheets: list[str] = field(default_factory=list)
    """The names of the sheets that were read, in that order."""
    lost: list[Place] = field(default_factory=list)
    """Rows of tables that belong to no record."""
