"""Does a sheet of field definitions say what the standard says?

The name of a section stands on a row of its own; the codes of a list and their labels stand in two cells, one to a
line, and belong together by their order.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.cases.htcds.codes import read_label
from app.cases.htcds.findings import (
    BLANKS,
    CODE_MISSING,
    DEPRECATED,
    DOUBTFUL_CODE,
    NO_FIELD,
    NO_TYPE,
    NOT_CORE,
    NOT_THERE,
    OTHER_LABEL,
    OTHER_TYPE,
    RENAMED,
    SEVERAL_LINES,
    TWICE,
    UNEQUAL,
    UNKNOWN_CODE,
    UNKNOWN_FIELD,
    At,
    Effect,
    Finding,
    tidy,
)
from app.cases.htcds.opening import Page
from app.cases.htcds.standard import Item, standard

HEADINGS = {
    "Section": "section", "Status": "status", "Core": "core", "Field Name Prefix": "prefix", "Field Name": "name",
    "Field Label": "label", "Field Name including Prefix": "whole", "Field Type": "type",
    "Value Names (if picklist)": "codes", "Value Labels (if picklist)": "labels",
}  # fmt: skip
_EXAMPLE = "N/A"
DOUBTFUL = {"Unaquainted": "Unacquainted"}
"""Codes that the standard spells wrongly -> how they would be spelt."""


def is_definitions(page: Page) -> bool:
    """Whether the first row has the headings of field definitions."""
    first = next(page.texts(), (0, {}))[1]
    return {"Field Name", "Field Type", "Value Names (if picklist)"} <= {*map(tidy, first.values())}


def judge(page: Page) -> list[Finding]:
    """Every mismatch between the sheet and the standard."""
    lines = list(page.texts())
    columns = {
        HEADINGS[tidy(text)]: at for at, text in lines[0][1].items() if tidy(text) in HEADINGS
    }
    reader = _Reader(page.name, columns)
    found = [each for row, cells in lines[1:] for each in reader.row(row, cells)]
    missing = (item for item in standard().items if item.name not in reader.seen)
    return [*found, *(At(page.name, lines[0][0]).finding(NOT_THERE, item.name) for item in missing)]


class _Reader:
    """Reads definitions row by row."""

    def __init__(self, sheet: str, columns: dict[str, int]) -> None:
        self._sheet, self._columns = sheet, columns
        self.seen: set[str] = set()

    def row(self, row: int, cells: dict[int, str]) -> Iterator[Finding]:
        """What is to be said of a row."""
        said = {key: cells.get(self._columns.get(key, 0), "") for key in HEADINGS.values()}
        yield from self._section(row, said["section"])
        prefix, name = tidy(said["prefix"]), tidy(said["name"])
        if prefix == _EXAMPLE:
            yield self._at(row, "label").finding(NO_FIELD, found=tidy(said["label"]))
        elif name:
            yield from self._field(row, prefix + name, said)

    def _at(self, row: int, key: str) -> At:
        return At(self._sheet, row, self._columns.get(key, 0))

    def _section(self, row: int, section: str) -> Iterator[Finding]:
        if "\n" in section.strip():
            yield self._at(row, "section").finding(SEVERAL_LINES, tidy(section), section)

    def _field(self, row: int, name: str, said: dict[str, str]) -> Iterator[Finding]:
        item = standard().named(name)
        if item is None:
            yield self._at(row, "name").finding(UNKNOWN_FIELD, found=name)
            return
        if item.name in self.seen:
            yield self._at(row, "name").finding(TWICE, found=name)
        self.seen.add(item.name)
        for each in {name, tidy(said["whole"]) or item.name} - {item.name}:
            yield self._at(row, "name").finding(RENAMED, item.name, each)
        yield from self._words(row, item, said)
        yield from self._lists(row, item, said)

    def _words(self, row: int, item: Item, said: dict[str, str]) -> Iterator[Finding]:
        if tidy(said["label"]) != item.label:
            yield self._at(row, "label").finding(OTHER_LABEL, item.label, tidy(said["label"]))
        if tidy(said["type"]) != item.type:
            yield self._at(row, "type").finding(OTHER_TYPE, item.type, tidy(said["type"]))
        elif not item.type:
            yield self._at(row, "type").finding(NO_TYPE, found=item.name)
        if (tidy(said["core"]) == "Core") != item.core:
            yield self._at(row, "core").finding(NOT_CORE, "Core" if item.core else "", said["core"])
        if tidy(said["status"]) == "DEPRECATED":
            yield self._at(row, "status").finding(DEPRECATED, found=item.name)

    def _lists(self, row: int, item: Item, said: dict[str, str]) -> Iterator[Finding]:
        codes, labels = _lines(said["codes"]), _lines(said["labels"])
        if not item.codes or item.is_country or item.type == "Checkbox":
            return
        at, beside = self._at(row, "codes"), self._at(row, "labels")
        for cell, place in ((said["codes"], at), (said["labels"], beside)):
            if cell != cell.strip("\n"):
                yield place.finding(SEVERAL_LINES, found=item.name)
        yield from _codes(item, [tidy(code) for code in codes], at)
        if len(codes) != len(labels):
            yield beside.finding(UNEQUAL, str(len(codes)), str(len(labels)))
            return
        for code, label in zip(codes, labels, strict=True):
            if tidy(code) in item.codes:
                yield from read_label(item.codes[tidy(code)], label, beside)
            if code != tidy(code):
                yield at.finding(BLANKS, tidy(code), code, Effect.UNDERSTOOD)


def _codes(item: Item, codes: list[str], at: At) -> Iterator[Finding]:
    for code in codes:
        if code not in item.codes:
            yield at.finding(UNKNOWN_CODE, item.code_of(code) or "", code)
        elif code in DOUBTFUL:
            yield at.finding(DOUBTFUL_CODE, DOUBTFUL[code], code)
    for code in item.codes:
        if code not in codes:
            yield at.finding(CODE_MISSING, code)


def _lines(cell: str) -> list[str]:
    return [line for line in cell.split("\n") if line.strip()]
