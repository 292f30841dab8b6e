"""What was wrong in a filled workbook, and exactly where?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from flask_babel import gettext as _

from app.documents.xlsx_cells import column_letters
from app.formats.spec import Text

MOST_KEPT = 2000
"""Problems that are written down; beyond that only their number."""
MOST_FOUND = 40
"""Characters shown of what stood in a cell."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: the sheet by its name, row and column from 1, and the column's heading by its key."""

    sheet: str
    row: int
    column: int
    key: str = ""

    @property
    def reference(self) -> str:
        """The cell as a spreadsheet names it, such as D7."""
        return f"{column_letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Clash:
    """An answer that changed on both sides: of which record and field, and what either side says."""

    record: str
    field: str
    mine: Text
    theirs: Text


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that cannot be taken as it is. `remark` is one that stops nothing.

    `message` is a msgid filled with `params`, or a sentence of the form's own in both languages.
    """

    place: Place
    message: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    found: str = ""
    sentence: Text | None = None
    is_remark: bool = False
    clash: Clash | None = None

    def say(self, lang: str) -> str:
        """The reason in the reader's language."""
        return self.sentence.say(lang) if self.sentence else _(self.message, **self.params)


def kept(problem: Problem) -> dict[str, Any]:
    """The problem as it is written down."""
    return {**asdict(problem), "params": {k: _plain(v) for k, v in problem.params.items()}}


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | str) else str(value)


def of_kept(written: Mapping[str, Any]) -> Problem:
    """The problem that was written down."""
    sentence, clash = written["sentence"], written["clash"]
    return Problem(**{**written, "place": Place(**written["place"]),
                      "sentence": Text(**sentence) if sentence else None,
                      "clash": _clash(clash) if clash else None})  # fmt: skip


def _clash(written: Mapping[str, Any]) -> Clash:
    return Clash(**{**written, "mine": Text(**written["mine"]),
                    "theirs": Text(**written["theirs"])})  # fmt: skip


def shown(value: object) -> str:
    """What stood in a cell, in one short line."""
    text = " ".join(str(value).split())
    return text if len(text) <= MOST_FOUND else text[: MOST_FOUND - 1] + "…"
