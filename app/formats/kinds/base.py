"""What can every kind of answer do? Be read from a form, written back to it, shown, and put in a cell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from app.formats.hidden import tell_nothing
from app.formats.words import N_

if TYPE_CHECKING:
    from app.formats.spec import Field

Value = Any
"""An answer as it is kept: str, int, bool, list or dict; decimals and dates as strings; None: none."""

CellValue = str | int | Decimal | date | None
"""An answer as a spreadsheet holds it."""

ONLY_ONE = N_("Only one answer fits here.")
NEVER_TYPED = N_("Enlace fills this in itself; it cannot be typed.")
ROW_BY_ROW = N_("This table is answered row by row.")


class BadAnswer(ValueError):
    """What was posted is no answer to this field: a message to translate, and what it mentions.

    The params never hold words that were typed, so that an error can be logged. `more` are further
    mistakes of the same answer, so that all are told at once.
    """

    def __init__(self, message_id: str, *more: BadAnswer, **params: object) -> None:
        super().__init__(message_id)
        self.more = more
        self.message_id = message_id
        self.params = params

    def __str__(self) -> str:
        return self.message_id % self.params if self.params else self.message_id


class Kind:
    """A kind of answer. Kinds have no state: one instance serves every field."""

    name: ClassVar[str]
    parts: ClassVar[tuple[str, ...]] = ()
    """Names of its inputs, in the order of `raw`, where one answer takes several inputs."""
    allows: ClassVar[Mapping[str, type | frozenset[str]]] = MappingProxyType({})
    """Options a document may give it, with their types, or the words of which each is one."""
    takes_codes: ClassVar[bool] = False
    is_asked: ClassVar[bool] = True
    is_free_text: ClassVar[bool] = False
    """Whether people can write anything, so that it may name persons or countries."""
    is_number: ClassVar[bool] = False
    points_at_rows: ClassVar[bool] = False
    """Whether an answer is the id, or the ids, of rows of the table `to` of the same record."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        tell_nothing(cls)

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        """The answer in what a browser posted; None when nothing was. Raises BadAnswer."""
        raise NotImplementedError

    def untimely(self, value: Value, field: Field, today: date) -> BadAnswer | None:
        """What is wrong with an answer that is given today; of most kinds nothing can be."""
        return None

    def dump(self, value: Value, field: Field, locale: str) -> list[str]:
        """The answer as the inputs of a form hold it, written as the region does."""
        raise NotImplementedError

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        """The answer for reading; "" when there is none."""
        raise NotImplementedError

    def typed(self, raw: list[str], field: Field, lang: str) -> str:
        """What was typed and is no answer, for reading: codes of the field's list in their words."""
        words = (field.codes.label(text, lang) if field.codes else text for text in raw)
        return "\n".join(word.strip() for word in words if word.strip())

    def cell(self, value: Value, field: Field, lang: str) -> CellValue:
        """The answer for a spreadsheet; None when there is none."""
        return self.show(value, field, lang, "en") or None

    def is_answered(self, value: Value) -> bool:
        """Whether there is anything at all ("no" and 0 are answers)."""
        return value is not None and value not in ("", [], {})

    def is_complete(self, value: Value) -> bool:
        """Whether the answer will do where one is required."""
        return self.is_answered(value)

    def holds(self, value: Value) -> frozenset[str]:
        """The codes an answer holds, for conditions."""
        return frozenset()


tell_nothing(Kind)


def one(raw: list[str]) -> str:
    """The single posted text, trimmed; refuses several."""
    if len(raw) > 1:
        raise BadAnswer(ONLY_ONE)
    return raw[0].strip() if raw else ""
