"""Forty mistakes, each at its own place: what is planted, and which reason must stand there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.intake.sheets.filling import Form

LIST, COUNTRY = "Choose one of the answers offered.", "Choose a country from the list."
FORMULA = "This cell holds a formula. Put the result itself (copy, paste special, values)."
FIGURE = "Write only the figure, for example %(example)s."
WHOLE = "Write a whole number in figures, for example %(example)s."
SMALL = "This number cannot be less than %(least)s."
LARGE = "This number cannot be more than %(most)s."
LONG = "Please shorten this text: it may have %(max)s characters and has %(length)s."
UNFIT = "This text holds signs that cannot be kept. Please type it again or paste it as plain text."
DATE = "Write a date with a year of four figures, for example %(example)s, or the month in words."
NO_DAY = "%(written)s does not exist. Check the day, the month and the year."
NO_NUMBER = "On the sheet “%(sheet)s” nothing stands in a row with this number."


@dataclass(frozen=True)
class Planted:
    """A mistake in the n-th row of answers of a sheet."""

    key: str
    value: Any
    reason: str
    table: str = ""
    is_formula: bool = False


RECORDS = (
    Planted("title", "x" * 161, LONG), Planted("title", "un\ntítulo en dos líneas", UNFIT),
    Planted("title", "=A1&A2", FORMULA, is_formula=True), Planted("title", True, "This cell holds true or false. Type the answer in words."),
    Planted("title", 10**16, "The spreadsheet shortened this number. Format the cell as text and type it again."),
    Planted("title", date(2004, 4, 3), "The spreadsheet made a date of this. Format the cell as text and type it again."),
    Planted("gap", "al revés \u202e", UNFIT), Planted("gap", "y" * 4001, LONG),
    Planted("themes.1", "Astrología", LIST), Planted("themes.2", "T99", LIST),
    Planted("themes.3", "T1\nT2\nnada", LIST), Planted("duration.count", "muchos", "Write how many days or weeks in figures, from 1 to %(most)s."),
    Planted("duration.unit", "lunas", "Choose days or weeks."),
    Planted("duration.hours", 200, "A day has at most 24 hours and a week 168."),
    Planted("objectives", "uno\ndos\ntres\ncuatro\ncinco\nseis", "Write at most %(max)s texts here."),
    Planted("current_level", "experto", LIST), Planted("modality", "a ratos", LIST),
    Planted("interpretation", "tal vez", "Choose yes or no."),
    Planted("window_from", "31/02/2004", NO_DAY), Planted("window_to", 38000, DATE),
    Planted("window_to", "mañana", DATE), Planted("group_min", 0, SMALL),
    Planted("group_max", 10001, LARGE), Planted("group_max", 1.5, WHOLE),
    Planted("urgency_rank", 100, LARGE),
    Planted("joint_countries.1", "Atlántida", COUNTRY), Planted("joint_countries.2", "Argentina", COUNTRY),
    Planted("contact_email", "no-es-correo", "Write an e-mail address, for example unit@example.org."),
    Planted("contact_phone", "abc", "Write the telephone number in figures, for example +507 500 0000."),
    Planted("window_from", "6/9/1900", "This year is out of what is possible: it is expected between %(first)s and %(last)s."),
)  # fmt: skip
"""One to a record, from the second row on: the first is without fault."""
ROWS = (
    Planted("profile", "astronauta", LIST, "audience"), Planted("women", "doce", WHOLE, "audience"),
    Planted("men", -3, SMALL, "audience"), Planted("total", 100_001, LARGE, "audience"),
    Planted("_number", 999, NO_NUMBER, "audience"),
    Planted("region", "r" * 121, LONG, "audience"),
    Planted("estimate", "18.400,50", FIGURE, "costs"), Planted("currency", "doblones", LIST, "costs"),
    Planted("_line", "Regalos", "Choose the line from the list.", "costs"),
    Planted("note", "=HYPERLINK(A1)", FORMULA, "costs", True),
)  # fmt: skip


def plant(body: bytes) -> tuple[bytes, dict[tuple[str, str], str], Form]:
    """The form with one good record and forty mistakes; (sheet, cell) -> the reason that must be given."""
    form, expected = Form(body), {}
    form.put("title", "Una fila sin problemas")
    for row, planted in enumerate(RECORDS, start=2):
        if planted.key != "title":
            form.put("title", f"Fila {row}", row=row)
        if planted.key == "duration.hours":
            form.put("duration.unit", "semanas", row=row)
        expected[form.name(), _put(form, planted, row)] = planted.reason
    for row, planted in enumerate(ROWS, start=1):
        form.put("_number", 1, row=row, table=planted.table)
        if planted.table == "audience":
            form.put("profile", "Fiscalía", row=row, table="audience")
        else:
            line = list(form.lines)[row % len(form.lines)]
            form.put("_line", line, row=row, table="costs")
            form.put("payer", "Auspiciador", row=row, table="costs")
        expected[form.name(planted.table), _put(form, planted, row)] = planted.reason
    return form.body(), expected, form


def _put(form: Form, planted: Planted, row: int) -> str:
    put = form.formula if planted.is_formula else form.put
    return put(planted.key, planted.value, row=row, table=planted.table)
