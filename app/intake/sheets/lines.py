"""What stands in one line of a filled sheet? Every cell is understood, or named with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from app.documents.read_xlsx import Line
from app.documents.xlsx_cells import Held, Odd, Why
from app.formats import sheet_answers
from app.formats.kinds.words import UNFIT
from app.formats.sheet_answers import BadCells, Raw
from app.formats.sheet_columns import LINE, columns_of, in_sheet
from app.formats.spec import Field
from app.formats.words import N_
from app.intake.sheets.filled import Filled, Record
from app.intake.sheets.layout import NUMBER, REFERENCE, ROW, SEEN
from app.intake.sheets.pages import Page
from app.intake.sheets.problems import Place, Problem, shown

FORMULA = N_("This cell holds a formula. Put the result itself (copy, paste special, values).")
ERROR = N_("This cell holds an error of the spreadsheet. Type the answer.")
ODD = {Why.FORMULA: FORMULA, Why.ERROR: ERROR, Why.SIGNS: UNFIT}
NO_SUCH_COLUMN = N_("This column does not belong to the form. Move its text, or empty it.")
SEALED = N_(
    "This answer is confidential: it is written in Enlace and taken from no spreadsheet. Empty the cell."
)
Progress = Callable[[int, int], None]


class Lines:
    """Reads the lines of a workbook's sheets, and keeps of each what is wrong with it."""

    def __init__(self, filled: Filled, locale: str, progress: Progress, total: int) -> None:
        self.filled, self._locale = filled, locale
        self._progress, self._total, self._done = progress, total, 0

    def of(self, page: Page) -> Iterator[Line]:
        """The lines of a sheet, one after another."""
        for row, cells in page.lines:
            self._progress(self._done, self._total)
            self._done += 1
            yield row, cells

    def answers(
        self, record: Record | None, fields: Sequence[Field], page: Page, row: int,
        cells: dict[int, Held], places: dict[str, Place], suffix: str = "",
    ) -> dict[str, Any]:  # fmt: skip
        """The answers of a line; what cannot be understood is blamed on the record."""
        answers: dict[str, Any] = {}
        for field in fields:
            columns = columns_of(field)
            at = [page.column(column.key) for column in columns]
            if not any(at):
                continue
            places[_join(page.mark.table, field.key) + suffix] = page.place(
                row, next(filter(None, at))
            )
            held = [cells.get(each or 0) for each in at]
            value = self._answer(record, field, held, [page.place(row, each) for each in at])
            if field.kind.is_answered(value):
                answers[field.key] = value
        return answers

    def _answer(
        self, record: Record | None, field: Field, held: list[Held | None], at: list[Place]
    ) -> Any:
        raws: list[Raw] = []
        for each, place in zip(held, at, strict=True):
            if isinstance(each, Odd):
                self.blame(record, place, ODD[each.why], shown_of(each))
            raws.append(None if isinstance(each, Odd) else each)
        try:
            return sheet_answers.read(field, raws, self._locale)
        except BadCells as bad:
            for number, mistake in bad.found.items():
                found = shown(raws[number]) if raws[number] is not None else ""
                self.blame(record, at[number], mistake.message_id, found, **mistake.params)
            return None

    def strangers(
        self, record: Record | None, page: Page, row: int, cells: dict[int, Held],
        fields: Sequence[Field],
    ) -> None:  # fmt: skip
        """Blame the cells that belong to no question of these fields."""
        known = {each.key for field in fields if in_sheet(field) for each in columns_of(field)}
        known |= {NUMBER, REFERENCE, SEEN, ROW, LINE}
        sealed = {field.key for field in fields if field.klass.is_sealed}
        for at, held in cells.items():
            key = page.keys.get(at, "")
            if key.partition(".")[0] in sealed:  # what it says is repeated nowhere
                self.blame(record, page.place(row, at), SEALED)
            elif key not in known:
                self.blame(record, page.place(row, at), NO_SUCH_COLUMN, shown_of(held))

    def blame(
        self, record: Record | None, at: Place, message: str, found: str = "", **params: Any
    ) -> None:
        """Keep what is wrong with a place; the record, where there is one, is bad by it."""
        self.filled.problems.append(Problem(at, message, params, found))
        if record is not None:
            record.is_bad = True


def _join(table: str, key: str) -> str:
    return f"{table}.{key}" if table else key


def text_of(held: Held | None) -> str:
    """A number or a reference as text: 7 and "7" are the same."""
    if isinstance(held, Decimal) and held == held.to_integral_value():
        return str(int(held))
    return "" if held is None or isinstance(held, Odd) else str(held).strip()


def shown_of(held: Held) -> str:
    """What stands in a cell, in one short line."""
    return shown(held.text if isinstance(held, Odd) else held)
