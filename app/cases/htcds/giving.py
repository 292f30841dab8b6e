"""Which rows of HTCDS say what a communication says?

It takes a document as its reader may see it, and gives what HTCDS says in exactly the same way. Answers that are
personal or secret leave by no spreadsheet, and are not looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.cases.htcds.answers import SEPARATOR
from app.cases.htcds.places import (
    CASE,
    EVENTS,
    PERSONS,
    SUSPECTS,
    VICTIM,
    VICTIMS,
    Place,
    places,
)
from app.documents.model import Cell
from app.formats.hidden import is_hidden
from app.formats.spec import Field, Format

Row = Mapping[str, Any]
_SUPPORT = "spl_Type"
_WHOLE_DAY = len("2004-05-24")


@dataclass
class Sheet:
    """Rows under columns of HTCDS. The first column numbers the persons where `is_numbered`."""

    name: str
    places: tuple[Place, ...]
    is_numbered: bool = False
    rows: list[tuple[Cell, ...]] = field(default_factory=list)


@dataclass
class Given:
    """What leaves: its sheets, and how many answers to which question could not be said exactly."""

    sheets: tuple[Sheet, ...]
    unsaid: Counter[Field] = field(default_factory=Counter)


def give(form: Format, document: Mapping[str, Any]) -> Given:
    """The rows of a document."""
    return _Giver(form, document).given()


class _Giver:
    """Writes one document."""

    def __init__(self, form: Format, document: Mapping[str, Any]) -> None:
        self._document = document
        self._places = [place for place in places(form) if not place.is_sealed]
        self._unsaid: Counter[Field] = Counter()

    def given(self) -> Given:
        sheets = (self._cases(), self._suspects(), self._events(), self._support())
        return Given(sheets, self._unsaid)

    def _of(self, *tables: str) -> tuple[Place, ...]:
        return tuple(
            place for place in self._places if place.table in tables and place.item.name != _SUPPORT
        )

    def _rows(self, table: str) -> Sequence[Row]:
        value = self._document.get(table)
        return value if isinstance(value, list) else ()

    def _cases(self) -> Sheet:
        sheet = Sheet("Case Sheet", self._of(CASE, PERSONS, VICTIMS), is_numbered=True)
        whole = self._said(CASE, self._document)
        for number, person, victim in self._pairs():
            said = whole | self._said(PERSONS, person) | self._said(VICTIMS, victim)
            sheet.rows.append((number, *(said.get(place) for place in sheet.places)))
        if not sheet.rows and whole:
            sheet.rows.append((None, *(whole.get(place) for place in sheet.places)))
        return sheet

    def _pairs(self) -> Iterator[tuple[int | None, Row, Row]]:
        """Each person with what happened to it, once for each row on that; then what names nobody."""
        victims = self._rows(VICTIMS)
        known = {person["id"] for person in self._rows(PERSONS)}
        for number, person in enumerate(self._rows(PERSONS), start=1):
            own = [victim for victim in victims if victim.get(VICTIM) == person["id"]] or [{}]
            yield from (
                (number, person if at == 0 else {}, victim) for at, victim in enumerate(own)
            )
        for victim in victims:
            named = victim.get(VICTIM)
            if not isinstance(named, str) or named not in known:
                yield None, {}, victim

    def _suspects(self) -> Sheet:
        return self._plain("Perpetrators", SUSPECTS)

    def _events(self) -> Sheet:
        return self._plain("Historic Trafficking Events", EVENTS)

    def _plain(self, name: str, table: str) -> Sheet:
        sheet = Sheet(name, self._of(table))
        for row in self._rows(table):
            if said := self._said(table, row):
                sheet.rows.append(tuple(said.get(place) for place in sheet.places))
        return sheet

    def _support(self) -> Sheet:
        support = tuple(place for place in self._places if place.item.name == _SUPPORT)
        sheet = Sheet("Support Plan", support)
        for place in support:
            value = self._document.get(place.key)
            sheet.rows += [(code,) for code in self._codes(place, value)]
        return sheet

    def _said(self, table: str, row: Row) -> dict[Place, Cell]:
        """The cells of a row that say exactly what its answers say."""
        found: dict[Place, Cell] = {}
        for place in self._places:
            if place.table == table and place.item.name != _SUPPORT:
                cell = self._cell(place, row.get(place.key))
                if cell is not None:
                    found[place] = cell
        return found

    def _cell(self, place: Place, value: Any) -> Cell:
        if value is None or is_hidden(value):
            return None
        if place.is_language:
            codes = self._codes(place, value)
            if len(codes) > place.part and place.part:
                self._unsaid[place.field] += len(codes) - place.part - 1
            return codes[place.part] if len(codes) > place.part else None
        if place.item.codes:
            return SEPARATOR.join(self._codes(place, value)) or None
        return self._plain_cell(place, value)

    def _codes(self, place: Place, value: Any) -> list[str]:
        """The codes of the standard; those that it does not have are counted."""
        ours = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        theirs = [place.theirs(code) if isinstance(code, str) else None for code in ours]
        if not place.part:
            self._unsaid[place.field] += theirs.count(None)
        return [code for code in theirs if code is not None]

    def _plain_cell(self, place: Place, value: Any) -> Cell:
        if not isinstance(value, str):
            self._unsaid[place.field] += 1
            return None
        if place.field.kind.name not in ("date", "partial_date"):
            return value
        if len(value) != _WHOLE_DAY:  # HTCDS knows no month alone
            self._unsaid[place.field] += 1
            return None
        return date.fromisoformat(value)
