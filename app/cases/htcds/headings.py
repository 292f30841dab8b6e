"""Which column of a sheet of cases holds which field?

Above the cases stands a row of keys, often hidden, and below it mostly one of labels. A column is read where they
agree, or where only one of them says anything; where they name two fields nobody can know which answers were typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.cases.htcds.findings import (
    BLANKS,
    CONTRADICTION,
    NAME_MISSING,
    NO_KEYS,
    OTHER_LABEL,
    RENAMED,
    TWICE,
    UNKNOWN_FIELD,
    At,
    Effect,
    Finding,
    tidy,
)
from app.cases.htcds.opening import Page
from app.cases.htcds.standard import NAME, Item, standard

NUMBER = "#"
"""How the column is called that numbers the persons; it may be called nothing at all."""
_LOOKED_AT = 12
"""In how many rows the headings are looked for."""
_ENOUGH = 2
"""How many fields a row must name to be one of labels, or of keys beside other words."""


@dataclass
class Headings:
    """What the columns of a sheet mean. `last_row` is the last of them; `numbers` numbers the persons."""

    last_row: int
    columns: dict[int, Item] = field(default_factory=dict)
    numbers: int = 0
    unread: dict[int, str] = field(default_factory=dict)
    """Column that is not read -> what it is called."""
    findings: list[Finding] = field(default_factory=list)


def headings_of(page: Page) -> Headings | None:
    """The headings of a sheet, or None where it is no sheet of cases."""
    lines = list(page.texts())[:_LOOKED_AT]
    for at, (row, cells) in enumerate(lines):
        if _are_keys(cells):
            below = lines[at + 1] if at + 1 < len(lines) else (0, {})
            is_labelled = below[0] == row + 1 and _are_labels(below[1], of=len(cells))
            return _read(page.name, row, cells, below[1] if is_labelled else {})
        if sum(map(_is_label, cells.values())) > _ENOUGH and _are_labels(cells):
            return _read(page.name, row, {}, cells)
    return None


def _is_key(text: str) -> bool:
    return bool(NAME.fullmatch(tidy(text)))


def _are_keys(cells: Mapping[int, str]) -> bool:
    keys = sum(map(_is_key, cells.values()))
    return keys >= _ENOUGH or keys == len(cells) == 1


def _is_label(text: str) -> bool:
    return standard().is_label(text)


def _are_labels(cells: Mapping[int, str], of: int = 0) -> bool:
    """Whether a row labels columns: half of `of` at least, half of its words labels of the standard."""
    named = sum(map(_is_label, cells.values()))
    return named >= _ENOUGH and 2 * named >= len(cells) and 2 * len(cells) >= of


def _read(sheet: str, row: int, keys: Mapping[int, str], labels: Mapping[int, str]) -> Headings:
    found = Headings(row + 1 if keys and labels else row)
    if not keys:
        found.findings.append(At(sheet, row).finding(NO_KEYS))
    for column in sorted({1, *keys, *labels}):
        key, label = tidy(keys.get(column, "")), tidy(labels.get(column, ""))
        if not found.numbers and key in ("", NUMBER) and label in ("", NUMBER):
            found.numbers = column
            continue
        item, mismatches = _column(At(sheet, row, column), key, label, labels.get(column, ""),
                                   is_without_keys=not keys)  # fmt: skip
        if item is not None and item in found.columns.values():
            mismatches.append(At(sheet, row, column).finding(TWICE, "", key, Effect.LEFT_OUT))
            item = None
        if item is None:
            found.unread[column] = label or key
        else:
            found.columns[column] = item
        found.findings += mismatches
    return found


def _column(
    at: At, key: str, label: str, as_written: str, *, is_without_keys: bool
) -> tuple[Item | None, list[Finding]]:
    by_key, by_label = standard().named(key) if key else None, standard().labelled(label)
    if by_key is None and (key or by_label is None):
        return None, [at.finding(UNKNOWN_FIELD, "", key or label, Effect.LEFT_OUT)]
    if by_key is None:
        assert by_label is not None  # noqa: S101, said to mypy
        return by_label, [] if is_without_keys else [
            at.finding(NAME_MISSING, by_label.name, label, Effect.UNDERSTOOD)
        ]
    if label and label != by_key.label and standard().is_label(label):
        return None, [
            at.finding(CONTRADICTION, f"{by_key.name}: {by_key.label}", label, Effect.LEFT_OUT)
        ]
    return by_key, list(_strays(at, by_key, key, label, as_written))


def _strays(at: At, item: Item, key: str, label: str, as_written: str) -> Iterator[Finding]:
    if key != item.name:
        yield at.finding(RENAMED, item.name, key, Effect.UNDERSTOOD)
    below = At(at.sheet, at.row + 1, at.column)
    if as_written != label:
        yield below.finding(BLANKS, label, as_written)
    if label and label != item.label:
        yield below.finding(OTHER_LABEL, item.label, label)
