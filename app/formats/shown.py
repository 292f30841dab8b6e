"""How does an answer look to somebody who reads a record? The shape in which every projection gives it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.formats.kinds import Value
from app.formats.kinds.table import summary
from app.formats.spec import Field, Section

VALUE, NOT_PROVIDED = "value", "not_provided"


@dataclass(frozen=True, slots=True)
class Shown:
    """One field as the viewer sees it; `value` is None unless something of it is shown.

    Of a table `cells` are the cells the viewer may know of, and the rows of `value` hold no others.
    """

    field: Field
    state: str
    value: Value
    cells: tuple[Field, ...] = ()

    def text(self, lang: str, locale: str) -> str:
        """The value for reading; "" unless there is one."""
        if self.field.is_rows:
            return summary(self.value, self.field, self.cells, lang, locale)
        return self.field.kind.show(self.value, self.field, lang, locale)


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with the fields of it that exist for the viewer."""

    section: Section
    fields: tuple[Shown, ...]


def telling(rows: Iterable[dict[str, Any]], cells: Sequence[Field]) -> list[dict[str, Any]]:
    """The rows of which these cells tell anything: of the others not even their number is told."""
    return [row for row in rows if tells(row, cells)]


def tells(row: Mapping[str, Any], cells: Iterable[Field]) -> bool:
    """Whether any of these cells has an answer in the row."""
    return any(cell.kind.is_answered(row.get(cell.key)) for cell in cells)
