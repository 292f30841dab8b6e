"""How are amounts, counts and days read from what was typed into the forms of a course?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask import request
from flask_babel import gettext as _

from app import money
from app.formats.cleaning import UnfitText, clean
from app.formats.dates import NotADate, read_date
from app.formats.numbers import NotANumber, read_number, write_number
from app.formats.words import N_
from app.funding.courses.lists import COST_LINES
from app.web import locale
from app.web.forms import number_sent
from app.web.input_names import name_inputs

NOT_MONEY = N_("Write an amount such as %(example)s.")
NOT_COUNT = N_("Write a whole number.")
NOT_HOURS = N_("Write a number of hours from 0 to %(most)s, such as %(example)s.")
OUT_OF_RANGE = N_("Write a whole number from 0 to %(most)s.")
TOO_LONG = N_("This is too long: at most %(most)s characters.")
UNFIT = N_("The text holds a sign that cannot be kept. Type it anew.")
LINE_LIMIT, TEXT_LIMIT = 200, 4000
MOST_COUNTED = 10_000
name_inputs(
    {f"{of}-{line.key}": line.label for of in ("amount", "note") for line in COST_LINES.codes}
)


class Typed:
    """What was posted, read piece by piece; each mistake is kept at its place."""

    def __init__(self, posted: Mapping[str, str] | None = None) -> None:
        self._posted: Mapping[str, str] = request.form if posted is None else posted
        self.errors: dict[str, str] = {}

    def words(self, name: str, *, lines: bool = False) -> str:
        """Text of one line, or of several."""
        text = self._posted.get(name, "")
        most = TEXT_LIMIT if lines else LINE_LIMIT
        if len(text) > most:
            self._mistake(name, TOO_LONG, most=most)
            return ""
        try:
            return clean(text, lines=lines)
        except UnfitText:
            self._mistake(name, UNFIT)
            return ""

    def amount(self, name: str, *, most: Decimal = money.MOST) -> Decimal | None:
        """A sum of money, or None where nothing was typed."""
        found = self._number(name, 2)
        if found is not None and not 0 <= found <= most:
            self._mistake(name, NOT_MONEY, example=locale.show_money(Decimal("1500.00")))
            return None
        return found

    def hours(self, name: str, most: int) -> Decimal | None:
        """Hours with their fractions, or None where nothing was typed."""
        text = self._posted.get(name, "").strip()
        try:
            found = read_number(text, locale.locale(), places=2) if text else None
        except NotANumber:
            found = Decimal(-1)
        if found is not None and not 0 <= found <= most:
            self._mistake(
                name, NOT_HOURS, most=locale.show_number(most), example=written(Decimal("7.5"))
            )
            return None
        return found

    def count(self, name: str) -> int | None:
        """A whole number, or None where nothing was typed."""
        found = self._number(name, 0)
        if found is not None and not 0 <= found <= MOST_COUNTED:
            self._mistake(name, OUT_OF_RANGE, most=locale.show_number(MOST_COUNTED))
            return None
        return None if found is None else int(found)

    def _number(self, name: str, places: int) -> Decimal | None:
        text = self._posted.get(name, "").strip()
        if not text:
            return None
        try:
            return read_number(text, locale.locale(), places=places)
        except NotANumber:
            example = locale.show_money(Decimal("1500.00"))
            self._mistake(name, NOT_MONEY if places else NOT_COUNT, example=example)
            return None

    def day(self, name: str) -> date | None:
        """A day, or None where nothing was typed."""
        text = self._posted.get(name, "").strip()
        if not text:
            return None
        try:
            return read_date(text, locale.locale())
        except NotADate as fault:
            message, params = fault.why(locale.locale())
            self._mistake(name, message, **params)
            return None

    def chosen(self, name: str, known: Iterable[str]) -> str | None:
        """One of a list, or None."""
        found = self._posted.get(name, "")
        return found if found in set(known) else None

    def _mistake(self, name: str, message: str, **params: Any) -> None:
        self.errors.setdefault(name, _(message, **params))


def revision() -> int:
    """The revision of the course from which the page was drawn; a form without it is no form of ours."""
    return number_sent("revision")


def written(value: Decimal | int | None) -> str:
    """A figure as it is typed."""
    if value is None:
        return ""
    is_whole = value == int(value)
    return write_number(
        value, locale.locale(), places=0 if is_whole else 2, least=0 if is_whole else 2
    )
