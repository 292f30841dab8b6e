"""Which columns does the list of needs have, on the page and in a file?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from flask_babel import gettext as _

from app.documents.bulk import sheet
from app.documents.csv import csv_text
from app.documents.model import Cell, Column
from app.formats.words import N_
from app.needs.format import NEED
from app.policy.actor import Actor
from app.web import locale

LIMIT = 50_000
"""Rows in one file at most; a filter makes the list shorter."""
STATES = {
    "draft": N_("draft"), "submitted": N_("submitted"), "returned": N_("returned for changes"),
    "accepted": N_("accepted"), "withdrawn": N_("withdrawn"),
}  # fmt: skip
BANDS = {
    "up_to_1_day": N_("up to one day"), "2_to_3_days": N_("two to three days"),
    "1_week": N_("one week"), "2_to_4_weeks": N_("two to four weeks"), "longer": N_("longer"),
    "not_stated": N_("not stated"),
}  # fmt: skip


@dataclass(frozen=True)
class Listing:
    """A column: its heading, how its cell follows from a row, whether it is always shown."""

    key: str
    header: str
    cell: Callable[[Any], Cell]
    kind: str = "text"
    width: float = 16
    is_main: bool = False


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


def _day(value: Any) -> Any:
    return value.astimezone(locale.zone_info()).date() if value else None


def _number(name: str) -> Callable[[Any], Cell]:
    def cell(row: Any) -> Cell:
        value = getattr(row, name)
        return Decimal(value) if isinstance(value, Decimal) else value

    return cell


def columns(actor: Actor, *, all_columns: bool) -> list[Listing]:
    """The columns of the list for this reader: the main ones, or all twenty."""
    lang = locale.lang()
    states = {key: _(words) for key, words in STATES.items()}
    bands = {key: _(words) for key, words in BANDS.items()}
    every = [
        Listing("reference", _("Reference"), lambda r: r.reference, width=16, is_main=True),
        Listing("title", _("Title"), lambda r: r.title or "—", width=48, is_main=True),
        Listing("country", _("Country"), lambda r: r.name_en if lang == "en" else r.name_es,
                width=18, is_main=actor.is_secretariat),
        Listing("themes", _("Thematic content"), lambda r: _theme_words(r.themes or "", lang),
                width=48, is_main=True),
        Listing("state", _("State"), lambda r: states.get(r.state, r.state), is_main=True),
        Listing("participants", _("Participants"), _number("participants"), "number", 12, True),
        Listing("changed", _("Last change"), lambda r: _day(r.changed_at), "date", 14, True),
        Listing("call", _("Call"), lambda r: r.call_code),
        Listing("version", _("Versions"), _number("versions_count"), "number", 10),
        Listing("receipt", _("Receipt"), lambda r: r.receipt, width=18),
        Listing("certified", _("Certified on"), lambda r: _day(r.certified_at), "date", 14),
        Listing("certifier", _("Certified by"), lambda r: r.certified_name, width=28),
        Listing("women", _("Women"), _number("women"), "number", 10),
        Listing("men", _("Men"), _number("men"), "number", 10),
        Listing("not_stated", _("Not stated"), _number("not_stated"), "number", 10),
        Listing("hours", _("Course hours"), _number("course_hours"), "hours", 12),
        Listing("participant_hours", _("Participant-hours"), _number("participant_hours"), "hours"),
        Listing("duration", _("Duration"), lambda r: bands.get(r.duration_band, "")),
        Listing("modality", _("Modality"), lambda r: _modality(r.modality, lang), width=20),
        Listing("urgency", _("Own ranking"), _number("urgency"), "number", 10),
    ]  # fmt: skip
    return [column for column in every if all_columns or column.is_main]


def paper_columns(listed: Iterable[Listing]) -> tuple[Column, ...]:
    """The columns as documents know them."""
    return tuple(Column(key=c.key, header=c.header, kind=c.kind, width=c.width) for c in listed)  # type: ignore[arg-type]


def workbook(listed: list[Listing], rows: Iterable[Any]) -> bytes:
    """The list as a spreadsheet."""
    cells = [column.cell for column in listed]
    return sheet(paper_columns(listed), ([cell(row) for cell in cells] for row in rows),
                 title=_("Training needs"))  # fmt: skip


def text_file(listed: list[Listing], rows: Iterable[Any]) -> Iterable[str]:
    """The list as comma-separated values."""
    cells = [column.cell for column in listed]
    return csv_text(paper_columns(listed), ([cell(row) for cell in cells] for row in rows))
