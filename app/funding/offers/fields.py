"""How are figures and choices of an offer's form read from what was typed?"""

from __future__ import annotations

from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field

from app.calls.fields import Typed
from app.formats.numbers import NotANumber, read_number, write_number
from app.funding.offers import codes
from app.web import locale

NOT_LISTED = _l("Choose one of the answers offered.")
MOST = 100_000


class WholeField(Typed):
    """A whole number above zero, or nothing."""

    def read(self, text: str) -> int:
        try:
            number = int(read_number(text, locale.locale(), places=0))
        except NotANumber:
            raise ValueError(
                _("Write a whole number in figures, for example %(example)s.", example="12")
            ) from None
        if not 0 < number <= MOST:
            raise ValueError(_("Write a number between 1 and %(most)s.",
                               most=write_number(MOST, locale.locale())))  # fmt: skip
        return number


class MoneyField(Typed):
    """An amount with two decimals at the most, as the region writes it, or nothing."""

    def read(self, text: str) -> Decimal:
        return read_amount(text)


def read_amount(text: str) -> Decimal:
    """The exact amount in a text. Raises ValueError with what is wrong."""
    region = locale.locale()
    try:
        amount = read_number(text, region, places=2)
    except NotANumber:
        example = write_number(Decimal("18400.50"), region, places=2, least=2)
        raise ValueError(
            _("Write only the figure, for example %(example)s.", example=example)
        ) from None
    if amount < 0:
        raise ValueError(_("An amount cannot be below zero."))
    return amount


class OneOf(Typed):
    """One code of a field's list, or none."""

    def read(self, text: str) -> str:
        if text not in codes.known(self.short_name):
            raise ValueError(str(NOT_LISTED))
        return text

    def nothing(self) -> str:
        return ""


class SomeOf(Field):
    """Any number of codes of a field's list, in the order of the list."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data: tuple[str, ...] = ()
        if not set(valuelist) <= codes.known(self.short_name):
            raise ValueError(str(NOT_LISTED))
        self.data = tuple(code for code in _ordered(self.short_name) if code in valuelist)


def _ordered(name: str) -> list[str]:
    return [code for code, _words in codes.choices(name)] + (["host"] if name == "roles" else [])


class YesNoField(Typed):
    """Yes, no, or no answer."""

    def read(self, text: str) -> bool | None:
        if text not in ("yes", "no"):
            raise ValueError(str(NOT_LISTED))
        return text == "yes"
