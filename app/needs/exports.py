"""Which columns does the list of needs have, on the page and in a file?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import islice
from typing import Any

from flask_babel import gettext as _

from app.documents.bulk import sheet
from app.documents.csv import csv_text
from app.documents.model import Cell, Column
from app.formats.words import N_
from app.needs.format import NEED
from app.policy.actor import Actor
from app.web import locale
from app.web.states import state_words
from app.workflow.tables import DOSSIER

LIMIT = 50_000
"""Rows in one file at most; a filter makes the list shorter."""
ROWS_AT_ONCE = 500
BANDS = {
    "up_to_1_day": N_("up to one day"), "2_to_3_days": N_("two to three days"),
    "1_week": N_("one week"), "2_to_4_weeks": N_("two to four weeks"), "longer": N_("longer"),
    "not_stated": N_("not stated"),
}  # fmt: skip


@dataclass(frozen=True)
class Listing:
    """A column: its heading, which value of a row it shows and how, whether it is always shown."""

    key: str
    header: str
    source: str
    """The name of the row's value."""
    show: Callable[[Any], Cell] | None = None
    """How the cell follows from the value; None where it is the value itself."""
    kind: str = "text"
    width: float = 16
    is_main: bool = False

    def cell(self, row: Any) -> Cell:
        """What the column shows of a row."""
        value = getattr(row, self.source)
        return self.show(value) if self.show else value


def themes() -> list[tuple[str, str]]:
    """Every theme with its name, for choosing one."""
    listed = NEED.field("themes").codes
    return [(code.key, code.label.say(locale.lang())) for code in listed.codes] if listed else []


def theme_words(codes: str | None) -> str:
    """The themes of a need in words."""
    return _theme_words(codes or "", locale.lang())


@cache
def _theme_words(codes: str, lang: str) -> str:
    themes = NEED.field("themes").codes
    if themes is None:
        return ""
    return "; ".join(themes.label(code, lang) for code in codes.split() if code in themes)


@cache
def _modality(code: str | None, lang: str) -> str:
    modalities = NEED.field("modality").codes
    return modalities.label(code, lang) if modalities and code and code in modalities else ""


def columns(actor: Actor, *, all_columns: bool) -> list[Listing]:
    """The columns of the list for this reader: the main ones, or all twenty."""
    lang, zone = locale.lang(), locale.zone_info()
    states = state_words(DOSSIER)
    bands = {key: _(words) for key, words in BANDS.items()}
    # What takes few values is said once for each: a file has ten thousand rows.

    def title(value: str | None) -> str:
        return value or "—"

    @cache
    def theme_names(codes: str | None) -> str:
        return _theme_words(codes or "", lang)

    @cache
    def state(value: str) -> str:
        return states.get(value, value)

    def day(value: datetime | None) -> date | None:
        return value.astimezone(zone).date() if value else None

    @cache
    def band(value: str | None) -> str:
        return bands.get(value or "", "")

    @cache
    def modality(code: str | None) -> str:
        return _modality(code, lang)

    every = [
        Listing("reference", _("Reference"), "reference", width=16, is_main=True),
        Listing("title", _("Title"), "title", title, width=48, is_main=True),
        Listing("country", _("Country"), "name_en" if lang == "en" else "name_es", width=18,
                is_main=actor.is_secretariat),
        Listing("themes", _("Thematic content"), "themes", theme_names, width=48, is_main=True),
        Listing("state", _("State"), "state", state, is_main=True),
        Listing("participants", _("Participants"), "participants", None, "number", 12, True),
        Listing("changed", _("Last change"), "changed_at", day, "date", 14, True),
        Listing("call", _("Call"), "call_code"),
        Listing("version", _("Versions"), "versions_count", None, "number", 10),
        Listing("receipt", _("Receipt"), "receipt", width=18),
        Listing("certified", _("Certified on"), "certified_at", day, "date", 14),
        Listing("certifier", _("Certified by"), "certified_name", width=28),
        Listing("women", _("Women"), "women", None, "number", 10),
        Listing("men", _("Men"), "men", None, "number", 10),
        Listing("not_stated", _("Not stated"), "not_stated", None, "number", 10),
        Listing("hours", _("Course hours"), "course_hours", None, "hours", 12),
        Listing("participant_hours", _("Participant-hours"), "participant_hours", None, "hours"),
        Listing("duration", _("Duration"), "duration_band", band),
        Listing("modality", _("Modality"), "modality", modality, width=20),
        Listing("urgency", _("Own ranking"), "urgency", None, "number", 10),
    ]  # fmt: skip
    return [column for column in every if all_columns or column.is_main]


def paper_columns(listed: Iterable[Listing]) -> tuple[Column, ...]:
    """The columns as documents know them."""
    return tuple(Column(key=c.key, header=c.header, kind=c.kind, width=c.width) for c in listed)  # type: ignore[arg-type]


def workbook(listed: list[Listing], rows: Iterable[Any]) -> bytes:
    """The list as a spreadsheet."""
    return sheet(paper_columns(listed), cells(listed, rows), title=_("Training needs"))


def text_file(listed: list[Listing], rows: Iterable[Any]) -> Iterable[str]:
    """The list as comma-separated values."""
    return csv_text(paper_columns(listed), cells(listed, rows))


def sources(listed: list[Listing]) -> frozenset[str]:
    """The values of a row that these columns show."""
    return frozenset(column.source for column in listed)


def cells(listed: list[Listing], rows: Iterable[Any]) -> Iterator[tuple[Cell, ...]]:
    """The cells of each row. Made column by column: one by one they took as long as the file."""
    left = iter(rows)
    while some := list(islice(left, ROWS_AT_ONCE)):
        values = dict(zip(some[0]._fields, zip(*some, strict=True), strict=True))
        shown = (
            values[each.source] if each.show is None else map(each.show, values[each.source])
            for each in listed
        )
        yield from zip(*shown, strict=True)
