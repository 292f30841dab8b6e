"""Do the lists from which a sheet of cases is filled in say what the standard says?

They stand below their headings, one to a column, on a sheet of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.cases.htcds.codes import read_code
from app.cases.htcds.findings import (
    CODE_MISSING,
    DEPRECATED,
    LABEL_FOR_CODE,
    UNKNOWN_LIST,
    At,
    Effect,
    Finding,
    tidy,
)
from app.cases.htcds.opening import Page
from app.cases.htcds.standard import Item, bare, standard

_NAMED = frozenset({"validation"})
_COUNTRIES = {"country": "prs_Citizenship", "countrycode": "prs_Citizenship"}


def is_lookup(page: Page) -> bool:
    """Whether a sheet holds lists to choose from."""
    return page.name.strip().casefold() in _NAMED


def judge(page: Page) -> list[Finding]:
    """Every mismatch between the lists and the standard."""
    lines = list(page.texts())
    at = next((at for at, (_row, cells) in enumerate(lines) if len(cells) > 1), None)
    if at is None:
        return []
    row, headings = lines[at]
    found: list[Finding] = []
    for column, heading in headings.items():
        below = [(each, cells[column]) for each, cells in lines[at + 1 :] if column in cells]
        found += _column(At(page.name, row, column), tidy(heading), below)
    return found


def _column(at: At, heading: str, below: Sequence[tuple[int, str]]) -> list[Finding]:
    item = standard().by_name.get(_COUNTRIES.get(bare(heading), "")) or _with_list(heading)
    if item is None:
        return [at.finding(UNKNOWN_LIST, found=heading)]
    found = [at.finding(DEPRECATED, found=item.name)] if item.deprecated else []
    there, strays = set(), []
    for row, said in below:
        code, mismatches = read_code(item, said, At(at.sheet, row, at.column))
        there.add(code)
        strays += mismatches
    missing = [at.finding(CODE_MISSING, code) for code in item.codes if code not in there]
    return [*found, *(_together(strays) if item.is_country else strays), *missing]


def _with_list(heading: str) -> Item | None:
    item = standard().labelled(heading)
    return item if item is not None and item.codes else None


def _together(strays: Sequence[Finding]) -> Iterator[Finding]:
    """All countries by their names are one mismatch, not one for each country."""
    names = [each for each in strays if each.what == LABEL_FOR_CODE]
    if names:
        first, last = names[0], names[-1]
        yield Finding(first.sheet, first.row, first.column, LABEL_FOR_CODE, f"{first.expected}…{last.expected}",
                      f"{first.found}…{last.found}", Effect.UNDERSTOOD, last.row)  # fmt: skip
    yield from (each for each in strays if each.what != LABEL_FOR_CODE)
