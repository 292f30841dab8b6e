"""How does a communication leave in the columns of HTCDS, as a workbook or as one plain list?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.cases.htcds.giving import Given, Sheet, give
from app.cases.htcds.headings import NUMBER
from app.cases.htcds.places import MARK, STRICTEST, Place, places
from app.cases.htcds.standard import standard
from app.documents.csv import csv_text
from app.documents.model import Cell, Column, Row, Table
from app.documents.xlsx import workbook
from app.formats.spec import Field, Format

_WIDTH, _NARROW = 28, 6
_NUMBER = Column(key="number", header=NUMBER, kind="number", width=_NARROW)


@dataclass(frozen=True)
class Leaving:
    """What a file says of itself: whose answers it holds, and who took it out of Enlace when."""

    reference: str
    by: str
    day: date


def htcds_workbook(form: Format, document: Mapping[str, Any], leaving: Leaving, lang: str) -> bytes:
    """A sheet for each kind of row, and one about the standard and what was left out.

    The document is as its reader may see it.
    """
    given = give(form, document)
    facts: list[Row] = [(_("Communication"), leaving.reference), (_("Sharing mark"), _mark(form, document, lang)),
             (_("Taken out of Enlace by"), leaving.by), (_("Date"), leaving.day.isoformat())]  # fmt: skip
    return workbook([*map(_table, given.sheets), _about(form, given, facts, lang)])


def _mark(form: Format, document: Mapping[str, Any], lang: str) -> str:
    """The mark it carries; the strictest where there is none."""
    mark = document.get(MARK)
    codes = form.code_lists["tlp2"]
    return codes.label(mark if isinstance(mark, str) and mark in codes else STRICTEST, lang)


def htcds_csv(form: Format, document: Mapping[str, Any]) -> Iterator[str]:
    """All rows one after another, under all columns."""
    given = give(form, document)
    columns = {place.item.name: _column(place) for sheet in given.sheets for place in sheet.places}
    return csv_text([_NUMBER, *columns.values()], _one_list(given, list(columns)))


def _one_list(given: Given, names: list[str]) -> Iterator[tuple[Cell, ...]]:
    for sheet in given.sheets:
        for row in sheet.rows:
            number, cells = (row[0], row[1:]) if sheet.is_numbered else (None, row)
            said = dict(zip((place.item.name for place in sheet.places), cells, strict=True))
            yield (number, *(said.get(name) for name in names))


def _column(place: Place) -> Column:
    is_day = place.field.kind.name in ("date", "partial_date")
    return Column(
        key=place.item.name, header=place.item.name, kind="date" if is_day else "text", width=_WIDTH
    )


def _table(sheet: Sheet) -> Table:
    columns = [_column(place) for place in sheet.places]
    first = [_NUMBER] if sheet.is_numbered else []
    return Table(
        key=sheet.name, title=sheet.name, columns=(*first, *columns), rows=tuple(sheet.rows)
    )


def _about(form: Format, given: Given, facts: Sequence[Row], lang: str) -> Table:
    said: list[Row] = [
        *facts,
        (_("Standard"), f"HTCDS {standard().version}"),
        (_("Attribution"), f"{standard().attribution} (creativecommons.org/licenses/by/4.0)"),
        (_("Several answers in a cell"), _("are parted by “;”.")),
        (_("Left out: personal and secret answers"), _listed(_sealed(form), lang)),
        (_("Left out: HTCDS has no column that says exactly this"), _listed(_without(form), lang)),
    ]  # fmt: skip
    said += [
        (field.told_as.say(lang), _unsaid(count)) for field, count in given.unsaid.items() if count
    ]
    columns = (
        Column(key="what", header=_("About this file"), width=40), Column(key="said", header=" ", width=60)
    )  # fmt: skip
    return Table(key="about", title="about", columns=columns, rows=tuple(said))


def _unsaid(count: int) -> str:
    return ngettext(
        "%(num)s answer was left out, since HTCDS has nothing that says exactly this.",
        "%(num)s answers were left out, since HTCDS has nothing that says exactly this.", count,
    )  # fmt: skip


def _listed(fields: Iterator[Field], lang: str) -> str:
    return "; ".join(dict.fromkeys(field.told_as.say(lang) for field in fields))


def _asked(form: Format) -> Iterator[Field]:
    for field in form.fields:
        yield from field.cells or (field,)


def _sealed(form: Format) -> Iterator[Field]:
    return (field for field in _asked(form) if field.klass.is_sealed)


def _without(form: Format) -> Iterator[Field]:
    there = {place.field for place in places(form)}
    return (field for field in _asked(form) if not field.klass.is_sealed and field not in there)
