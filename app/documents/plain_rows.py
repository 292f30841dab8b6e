"""Can Excel hold these rows as they are? Judged for many rows at once, at little cost.

Looking at every cell by itself costs half as much as writing it, so the cells of one kind of
column are looked at together, and only rows that fail are gone through cell by cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from operator import itemgetter
from typing import Any

from app.documents.cells import FIRST_YEAR, LARGEST, MOST_CHARACTERS, MOST_DIGITS
from app.documents.model import Cell, Column

Rows = Sequence[Sequence[Cell]]


def plain_judge(columns: Sequence[Column]) -> Callable[[Rows], bool]:
    """A judge of rows under these columns: True means every cell can be written unchanged.

    False may also mean that a cell is merely of another type than its column's kind.
    """
    judges = [
        (_only([kind in kinds for kind in (column.kind for column in columns)]), judge)
        for kinds, judge in _JUDGES.items()
    ]

    def are_plain(rows: Rows) -> bool:
        try:
            return all(
                judge([cell for cell in cells(rows) if cell is not None]) for cells, judge in judges
            )
        except TypeError:
            return False

    return are_plain


def _only(wanted: Sequence[bool]) -> Callable[[Rows], Iterable[Cell]]:
    """From rows the cells of the wanted columns, one after another."""
    places = [at for at, is_wanted in enumerate(wanted) if is_wanted]
    if not places:
        return lambda rows: ()
    if len(places) == 1:
        return lambda rows: map(itemgetter(places[0]), rows)
    return lambda rows: chain.from_iterable(map(itemgetter(*places), rows))


def _are_plain_texts(texts: list[Any]) -> bool:
    """Control characters are left to the library, which writes them as Excel's own escapes."""
    together = "".join(texts)
    if not (_is_western(together) or _is_legal(together)):
        return False
    return len(together) <= MOST_CHARACTERS or max(map(len, texts)) <= MOST_CHARACTERS


def _is_western(text: str) -> bool:
    """Asked first because it is answered ten times faster, and mostly with yes."""
    try:
        return bool(text.encode("latin-1")) or not text
    except UnicodeEncodeError:
        return False


def _is_legal(text: str) -> bool:
    """Whether it has no lone surrogate and neither of the two signs XML leaves out."""
    try:
        return bool(text.encode()) and "\ufffe" not in text and "\uffff" not in text
    except UnicodeEncodeError:
        return False


def _are_plain_counts(numbers: list[Any]) -> bool:
    if set(map(type, numbers)) == {int}:
        return min(numbers) > -LARGEST and max(numbers) < LARGEST
    return _are_plain_numbers(numbers)


def _are_plain_numbers(numbers: list[Any]) -> bool:
    if not set(map(type, numbers)) <= {int, Decimal}:
        return False
    written = list(map(str, numbers))
    together = "".join(written)
    # NaN and Infinity are numbers to Decimal and none to Excel.
    is_finite = "N" not in together and "I" not in together
    return is_finite and max(map(len, written), default=0) <= MOST_DIGITS


def _are_plain_dates(days: list[Any]) -> bool:
    return set(map(type, days)) <= {date} and min(days, default=date.max).year >= FIRST_YEAR


_JUDGES: dict[tuple[str, ...], Callable[[list[Any]], bool]] = {
    ("text",): _are_plain_texts,
    ("number",): _are_plain_counts,
    ("hours", "money"): _are_plain_numbers,
    ("date",): _are_plain_dates,
}
