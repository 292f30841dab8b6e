"""Which answers are numbers? Whole numbers, decimals and money, as the region writes them."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from app.formats.kinds.base import BadAnswer, CellValue, Kind, Value, one
from app.formats.numbers import NotANumber, read_number, write_number
from app.formats.words import N_

if TYPE_CHECKING:
    from app.formats.spec import Field

WHOLE_EXPECTED = N_("Write a whole number in figures, for example %(example)s.")
NUMBER_EXPECTED = N_("Write only the figure, for example %(example)s.")
TOO_SMALL = N_("This number cannot be less than %(least)s.")
TOO_LARGE = N_("This number cannot be more than %(most)s.")


class DecimalKind(Kind):
    """A number with decimals. Kept as the shortest str: "6", "4.5"."""

    name = "decimal"
    allows: ClassVar = MappingProxyType({"places": int, "min": int, "max": int})
    is_number = True
    expected: ClassVar[str] = NUMBER_EXPECTED
    places: ClassVar[int] = 2
    least: ClassVar[int] = 0
    """Decimals always written."""
    most: ClassVar[int] = 999_999_999
    example: ClassVar[Decimal] = Decimal("18400.50")

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        text = one(raw)
        return self.keep(self.read(text, field, locale), field) if text else None

    def dump(self, value: Value, field: Field, locale: str) -> list[str]:
        return [] if value is None else [self._write(Decimal(value), field, locale)]

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        return "" if value is None else self._write(Decimal(value), field, locale)

    def cell(self, value: Value, field: Field, lang: str) -> CellValue:
        return None if value is None else Decimal(value)

    def keep(self, number: Decimal, field: Field) -> Value:
        """How the number is kept."""
        return f"{number.normalize():f}"

    def read(self, text: str, field: Field, locale: str) -> Decimal:
        """The number in `text`, within the field's limits. Raises BadAnswer saying what is expected."""
        try:
            number = read_number(text, locale, places=self.decimals(field))
        except NotANumber:
            example = self._write(self.example, field, locale)
            raise BadAnswer(self.expected, example=example) from None
        least = Decimal(field.options.get("min", 0))
        most = Decimal(field.options.get("max", self.most))
        if number < least:
            raise BadAnswer(TOO_SMALL, least=self._write(least, field, locale))
        if number > most:
            raise BadAnswer(TOO_LARGE, most=self._write(most, field, locale))
        return number

    def decimals(self, field: Field) -> int:
        """The most decimals the answer may have."""
        return int(field.options.get("places", self.places))

    def _write(self, number: Decimal, field: Field, locale: str) -> str:
        places = self.decimals(field)
        return write_number(number, locale, places=places, least=min(self.least, places))


class IntegerKind(DecimalKind):
    """A whole number. Kept as int."""

    name = "integer"
    allows = MappingProxyType({"min": int, "max": int, "sum": bool})
    expected = WHOLE_EXPECTED
    places = 0
    example = Decimal("1250")

    def keep(self, number: Decimal, field: Field) -> Value:
        return int(number)

    def cell(self, value: Value, field: Field, lang: str) -> CellValue:
        return None if value is None else int(value)


class MoneyKind(DecimalKind):
    """An amount of money, its currency being a cell beside it. Kept as str with two decimals."""

    name = "money"
    least = 2
    most = 999_999_999_999

    def keep(self, number: Decimal, field: Field) -> Value:
        return f"{number.quantize(Decimal(1).scaleb(-self.decimals(field))):f}"
