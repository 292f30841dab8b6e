"""Which answer is meant by what stands in the cells of a spreadsheet?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from app.formats.kinds import BadAnswer, Value
from app.formats.kinds.coded import CODE_MISSING, NO_SUCH_COUNTRY, NOT_IN_LIST, YES_OR_NO
from app.formats.kinds.length import UNIT_EXPECTED
from app.formats.numbers import MOST_DIGITS, marks
from app.formats.sheet_columns import UNIT_OFFER, SheetColumn, columns_of
from app.formats.spec import Field
from app.formats.words import N_

Raw = str | Decimal | date | bool | None
"""What a workbook says stands in a cell."""

BECAME_DATE = N_("The spreadsheet made a date of this. Format the cell as text and type it again.")
BECAME_NUMBER = N_(
    "The spreadsheet shortened this number. Format the cell as text and type it again."
)
BECAME_TRUTH = N_("This cell holds true or false. Type the answer in words.")


class BadCells(Exception):
    """Some cells of an answer cannot be understood: which of the field's columns, and why."""

    def __init__(self, found: Mapping[int, BadAnswer]) -> None:
        super().__init__()
        self.found = found


def read(field: Field, raws: Sequence[Raw], locale: str) -> Value:
    """The answer in the cells of the field's columns. Raises BadCells."""
    columns = columns_of(field)
    readers: Mapping[str, Callable[..., Value]] = _READERS
    return readers.get(field.kind.name, _read_one)(field, columns, raws, locale)


def words(raw: Raw, shape: str, locale: str) -> str:
    """What stands in a cell, as somebody of the region would have typed it. Raises BadAnswer."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        raise BadAnswer(BECAME_TRUTH)
    if isinstance(raw, Decimal):
        if abs(raw) >= 10**MOST_DIGITS and shape not in _NUMBERS:
            raise BadAnswer(BECAME_NUMBER)
        said = f"{raw:f}"
        said = said.rstrip("0").rstrip(".") if "." in said else said
        return said.replace(".", marks(locale).decimal) if shape in _NUMBERS else said
    if isinstance(raw, date):
        if shape in _NUMBERS or shape in ("lines", "choice"):
            raise BadAnswer(BECAME_DATE)
        return raw.isoformat()
    return raw


_NUMBERS = frozenset({"whole", "number", "money"})


def _read_one(
    field: Field, columns: Sequence[SheetColumn], raws: Sequence[Raw], locale: str
) -> Any:
    try:
        if columns[0].offer is not None:
            said = _code(columns[0], raws[0], locale)
        else:
            if isinstance(raws[0], date) and field.kind.is_free_text:
                raise BadAnswer(BECAME_DATE)
            said = words(raws[0], columns[0].shape, locale)
        return field.kind.load([said] if said else [], field, locale)
    except BadAnswer as mistake:
        raise BadCells({0: mistake}) from None


def _code(column: SheetColumn, raw: Raw, locale: str) -> str:
    """The code that a cell means, "" for none. Raises BadAnswer."""
    if isinstance(raw, bool) and column.field.kind.name == "yes_no":
        return "yes" if raw else "no"
    said = words(raw, column.shape, locale).strip()
    code = column.offer.code_of(said) if said and column.offer else ""
    if code is None:
        raise BadAnswer(_REFUSALS.get(column.field.kind.name, NOT_IN_LIST))
    return code


_REFUSALS = MappingProxyType(
    {"yes_no": YES_OR_NO, "country": NO_SUCH_COUNTRY, "countries": NO_SUCH_COUNTRY}
)


def _read_several(
    field: Field, columns: Sequence[SheetColumn], raws: Sequence[Raw], locale: str
) -> Value:
    codes: list[str] = []
    mistakes: dict[int, BadAnswer] = {}
    for at, (column, raw) in enumerate(zip(columns, raws, strict=True)):
        try:
            codes += _codes(column, raw, locale)
        except BadAnswer as mistake:
            mistakes[at] = mistake
    if mistakes:
        raise BadCells(mistakes)
    return field.kind.load(codes, field, locale)


def _codes(column: SheetColumn, raw: Raw, locale: str) -> list[str]:
    """The codes in a cell: one label, or several parted by line ends or semicolons."""
    said = words(raw, column.shape, locale).strip()
    if column.offer is not None and said and (whole := column.offer.code_of(said)):
        return [whole]
    pieces = [piece.strip() for line in said.splitlines() for piece in _pieces(column, line)]
    return [_code(column, piece, locale) for piece in pieces if piece]


def _pieces(column: SheetColumn, line: str) -> list[str]:
    is_label = column.offer is not None and column.offer.code_of(line.strip()) is not None
    return [line] if is_label else line.split(";")


def _read_duration(
    field: Field, columns: Sequence[SheetColumn], raws: Sequence[Raw], locale: str
) -> Value:
    said, mistakes = ["", "", ""], {}
    for at, (column, raw) in enumerate(zip(columns, raws, strict=True)):
        try:
            said[at] = words(raw, column.shape, locale).strip()
        except BadAnswer as mistake:
            mistakes[at] = mistake
    unit = UNIT_OFFER.code_of(said[1]) if said[1] else ""
    if unit is None:
        mistakes[1] = BadAnswer(UNIT_EXPECTED)
    said[1] = unit or ""
    for at, alone in ((0, [said[0], said[1], ""]), (2, ["", said[1], said[2]])):
        try:
            field.kind.load(alone, field, locale)
        except BadAnswer as mistake:
            mistakes.setdefault(at, mistake)
    if mistakes:
        raise BadCells(dict(sorted(mistakes.items())))
    return field.kind.load(said, field, locale)


def _read_with_detail(
    field: Field, columns: Sequence[SheetColumn], raws: Sequence[Raw], locale: str
) -> Value:
    mistakes: dict[int, BadAnswer] = {}
    code = detail = ""
    try:
        code = _code(columns[0], raws[0], locale)
    except BadAnswer as mistake:
        mistakes[0] = mistake
    try:
        detail = words(raws[1], "lines", locale)
        if code:
            return field.kind.load([code, detail], field, locale)
    except BadAnswer as mistake:
        mistakes[1] = mistake
    if detail.strip() and not code and not mistakes:
        mistakes[0] = BadAnswer(CODE_MISSING)
    if mistakes:
        raise BadCells(mistakes)
    return None


_READERS: Mapping[str, Callable[..., Value]] = MappingProxyType({
    "choices": _read_several, "countries": _read_several, "duration": _read_duration,
    "code_with_detail": _read_with_detail,
})  # fmt: skip
