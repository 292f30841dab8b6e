"""What was found in a file that does not agree with the standard, and what became of it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.documents.xlsx_cells import column_letters
from app.formats.words import N_

BLANKS = N_("There are blanks before or after the words.")
SEVERAL_LINES = N_("The cell holds a line end that means nothing.")
LABEL_FOR_CODE = N_("A label stands where the standard keeps a code.")
OTHER_SPELLING = N_("It is spelt in another way than in the standard.")
UNKNOWN_CODE = N_("The standard has no such code in this field.")
CODE_MISSING = N_("A code of the standard is missing from this list.")
DOUBTFUL_CODE = N_("The standard itself spells this code wrongly; Enlace keeps it as published.")
UNEQUAL = N_("There are not as many labels as codes, so they cannot be put together.")
RENAMED = N_("The field has another name than in the standard.")
UNKNOWN_FIELD = N_("The standard has no such field.")
NAME_MISSING = N_(
    "The name of the field is missing from the row of keys; its label says which it is."
)
NO_KEYS = N_("There is no row of keys; the columns are known by their labels.")
OTHER_LABEL = N_("The field has another label than in the standard.")
WRONG_LABEL = N_("The label is that of another field.")
CONTRADICTION = N_(
    "The key and the label name two different fields, so the column is not read. Mend the file."
)
TWICE = N_("This field stands in the sheet twice; the first column is read.")
DEPRECATED = N_("The standard gave this field up.")
NO_TYPE = N_("The standard says no type for this field.")
OTHER_TYPE = N_("The field has another type than in the standard.")
ONE_FOR_MANY = N_("The form lets one answer be chosen; the standard lets several.")
MANY_FOR_ONE = N_("The form lets several answers be chosen; the standard lets one.")
NOT_REQUIRED = N_("The standard counts this field among its core; the form does not require it.")
NOT_CORE = N_("The file counts this field among the core or does not; the standard says otherwise.")
CORE_MISSING = N_("A core field of the standard is not asked.")
NOT_THERE = N_("A field of the standard is missing.")
LIST_CUT = N_("The name of the list is cut short or misspelt.")
LIST_MISSING = N_("There is no such list in the sheet of choices.")
NO_FIELD = N_("This row describes an example, not a field.")
UNKNOWN_LIST = N_("No field of the standard has a list with this heading.")
ONLY_NUMBERS = N_("%(count)s rows hold a number and nothing else; they are passed over.")

SEALED = N_(
    "Personal or secret: it is typed into Enlace and taken from no spreadsheet. %(count)s cells were not read."
)
NO_PLACE = N_("The Common Format has no place for this field. %(count)s cells were not read.")
OWN_WORDS = N_("Enlace fills this in itself. %(count)s cells were not read.")
NOT_READ = N_("It is not known what this column means. %(count)s cells were not read.")
SEVERAL = N_("Several answers stand where one is taken.")
NO_EXACT = N_("The Common Format has no answer that says exactly this.")
DIFFERS = N_("Another row says something else of the same case; the first is taken.")
FORMULA = N_("The cell holds a formula or an error and not an answer.")
NO_DAY = N_("This is no date. Write year, month and day: 2004-05-24.")
TOO_MANY = N_("The Common Format takes at most %(most)s of these; this one does not fit.")


class Effect(StrEnum):
    """What became of it."""

    NOTED = "noted"
    UNDERSTOOD = "understood"
    """Read as `expected` says."""
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Finding:
    """One mismatch. `column` is counted from 1, and 0 where a whole row is meant; `last_row` is the last one where
    several rows are. `found` never holds an answer to a personal or secret question."""

    sheet: str
    row: int
    column: int
    what: str
    expected: str = ""
    found: str = ""
    effect: Effect = Effect.NOTED
    last_row: int = 0
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def letters(self) -> str:
        return column_letters(self.column)

    @property
    def rows(self) -> str:
        return f"{self.row}–{self.last_row}" if self.last_row > self.row else str(self.row)


def tidy(text: str) -> str:
    """A text without blanks at its ends, and with one where there are several."""
    return " ".join(text.split())


@dataclass(frozen=True)
class At:
    """A place in a file."""

    sheet: str
    row: int
    column: int = 0

    def finding(
        self, what: str, expected: str = "", found: str = "", effect: Effect = Effect.NOTED, **params: Any
    ) -> Finding:  # fmt: skip
        """What was found at this place."""
        return Finding(
            self.sheet, self.row, self.column, what, expected, found, effect, params=params
        )
