"""Which columns does a list of records have, and what stands in each? For csv, xlsx and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.formats.answers import Answers
from app.formats.kinds import CellValue
from app.formats.kinds.table import Row
from app.formats.projection import OWN, WITHHELD, Viewer, is_for, show_field, visible_cells
from app.formats.shown import VALUE, Shown
from app.formats.spec import Field, Format
from app.formats.words import WITHHELD as WITHHELD_WORDS

_WIDTHS = {"text": 32, "long_text": 60, "texts": 48, "choices": 40, "rows": 60, "countries": 32}
_NUMBER_WIDTH, _OTHER_WIDTH = 12, 20


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `key` is a field's key, or "audience.women" for the sum of a cell of its rows.

    `width` is in characters.
    """

    key: str
    header: str
    width: int


def columns(form: Format, lang: str, viewer: Viewer) -> tuple[Column, ...]:
    """The columns a viewer gets, whatever single countries withhold, in the order of the format."""
    anyone = Viewer(viewer.audience, released=_all_keys(form))
    return tuple(
        column
        for field in form.fields
        if is_for(field, anyone)
        for column in _columns_of(field, lang, anyone)
    )


def _all_keys(form: Format) -> frozenset[str]:
    """Every key that could be released: a column exists where some record may fill it."""
    cells = [f"{field.key}.{cell.key}" for field in form.fields for cell in field.cells]
    return frozenset([*cells, *(field.key for field in form.fields)])


def _columns_of(field: Field, lang: str, viewer: Viewer) -> Iterator[Column]:
    label = field.label.say(lang)
    yield Column(field.key, label, _width(field))
    for cell in visible_cells(field, viewer):
        if cell.options.get("sum"):
            header = f"{label}: {cell.label.say(lang)}"
            yield Column(f"{field.key}.{cell.key}", header, _NUMBER_WIDTH)


def _width(field: Field) -> int:
    default = _NUMBER_WIDTH if field.kind.is_number else _OTHER_WIDTH
    return _WIDTHS.get(field.kind.name, default)


def cells(
    form: Format,
    answers: Answers,
    columns: Sequence[Column],
    lang: str,
    viewer: Viewer | None = None,
    locale: str = "",
) -> list[CellValue]:
    """One record's cells for the columns, as its viewer sees it (the owner, if none is named).

    What a country withheld is said in words; what was not answered is None, never 0. `locale`
    writes the numbers inside the joined text of tables and defaults to the language's own.
    """
    eyes = viewer or Viewer(OWN)
    wanted = dict.fromkeys(column.key.partition(".")[0] for column in columns)
    shown = {key: show_field(form, form.field(key), answers, eyes) for key in wanted}
    place = locale or ("es_419" if lang.startswith("es") else "en")
    return [_cell(column.key, shown, lang, place) for column in columns]


def _cell(key: str, shown: dict[str, Shown | None], lang: str, locale: str) -> CellValue:
    field_key, _, cell_key = key.partition(".")
    found = shown[field_key]
    if found is None or (found.state != VALUE and cell_key):
        return None
    if found.state == WITHHELD:
        return WITHHELD_WORDS.say(lang)
    if cell_key:
        return _sum(found, cell_key)
    if found.field.is_rows:
        return found.text(lang, locale).replace("\n", "; ") or None
    return found.field.kind.cell(found.value, found.field, lang)


def _sum(shown: Shown, cell_key: str) -> int | None:
    """The sum of a cell over the rows; None where no row says a number."""
    rows: list[Row] = shown.value
    said = [row[cell_key] for row in rows if row.get(cell_key) is not None]
    return sum(said) if said else None
