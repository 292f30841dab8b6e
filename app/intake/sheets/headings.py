"""What stands above the answers of a sheet, and what does a spreadsheet program ask of the cells below?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.documents.excel_names import sheet_name
from app.formats.sheet_columns import SheetColumn
from app.formats.spec import Format
from app.intake.sheets.guidance import hint
from app.intake.sheets.layout import FIRST, HEADINGS, HINTS, KEYS, SECTIONS, Mark
from app.intake.sheets.looks import Looks

_HINT_HEIGHT = 92
_WIDTHS = {"lines": 44, "whole": 11, "number": 11, "money": 14, "date": 13, "choice": 26}


@dataclass
class Writer:
    """Writes one workbook."""

    book: Any
    form: Format
    mark: Mark
    lang: str
    looks: Looks
    names: list[str] = field(default_factory=list)
    lists: dict[str, str] = field(default_factory=dict)

    def sheet(self, title: str) -> Any:
        name = sheet_name(title, taken=self.names)
        self.names.append(name)
        return self.book.add_worksheet(name)


def head(writer: Writer, page: Any, mark: str, label: str, words: str) -> None:
    looks = writer.looks
    page.set_column(0, 0, 11, looks.number)
    page.set_row(SECTIONS, 20)
    page.set_row(HEADINGS, 46)
    page.set_row(HINTS, _HINT_HEIGHT)
    page.set_row(KEYS, None, None, {"hidden": True})
    page.write_string(SECTIONS, 0, "", looks.section)
    page.write_string(HEADINGS, 0, label, looks.heading)
    page.write_string(HINTS, 0, words, looks.hint)
    page.write_string(KEYS, 0, mark)


def plain_column(
    page: Any, at: int, key: str, label: str, words: str, looks: Looks, width: int, *,
    hidden: bool = False,
) -> None:  # fmt: skip
    page.set_column(at, at, width, looks.fixed, {"hidden": hidden})
    page.write_string(SECTIONS, at, "", looks.section)
    page.write_string(HEADINGS, at, label, looks.heading)
    page.write_string(HINTS, at, words, looks.hint)
    page.write_string(KEYS, at, key)


def answer_column(
    writer: Writer, page: Any, at: int, column: SheetColumn, section: str, rows: int
) -> None:
    looks, asked = writer.looks, column.field
    required = asked.required and column.part in ("", "1", "count", "code")
    page.set_column(at, at, _WIDTHS.get(column.shape, 30), looks.of(column))
    page.write_string(SECTIONS, at, section, looks.section)
    heading = column.heading(writer.lang) + (" *" if required else "")
    page.write_string(HEADINGS, at, heading, looks.required if required else looks.heading)
    page.write_string(HINTS, at, hint(writer.form, column, writer.lang), looks.hint)
    page.write_string(KEYS, at, column.key)
    rule = _rule(writer, column)
    if rule:
        page.data_validation(FIRST, at, FIRST + rows - 1, at, rule)


def _rule(writer: Writer, column: SheetColumn) -> dict[str, Any]:
    """What a spreadsheet program asks of the cells itself."""
    options = column.field.options
    if column.offer is not None:
        return {"validate": "list", "source": f"={writer.lists[column.offer.name]}",
                "error_type": "warning", "error_title": _("Choose from the list"),
                "error_message": _("This is not in the list. It may be refused.")}  # fmt: skip
    if column.shape == "whole":
        least, most = int(options.get("min", 0)), int(options.get("max", 999_999_999))
        return _within("integer", least, most, _("Write a whole number."))
    if column.shape in ("number", "money"):
        return _within("decimal", int(options.get("min", 0)), int(options.get("max", 10**12)),
                       _("Write only the figure."))  # fmt: skip
    if column.shape == "date":
        return _within("date", date(1900, 1, 1), date(2199, 12, 31), _("Write a date."))
    return {}


def _within(kind: str, least: Any, most: Any, words: str) -> dict[str, Any]:
    return {"validate": kind, "criteria": "between", "minimum": least, "maximum": most,
            "error_type": "warning", "error_title": words[:32], "error_message": words}  # fmt: skip
