"""What does a document hold, whatever medium it is written in?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from app.figures import Bar, GridColumn, GridRow, Stack, Tone

Cell = str | int | Decimal | date | None
Row = tuple[Cell, ...]
Kind = Literal["text", "number", "change", "hours", "money", "date"]
Style = Literal["normal", "lead", "proposal", "note"]

_LEVELS = (1, 2, 3)


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: how its cells are written, and its width in characters.

    A spreadsheet takes the width as it is; on paper it is the column's share of the table.
    """

    key: str
    header: str
    kind: Kind = "text"
    width: float = 12

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"column {self.key!r} is of no known kind: {self.kind!r}")
        if not self.width > 0:
            raise ValueError(f"column {self.key!r} needs a width, not {self.width}")

    @property
    def is_counted(self) -> bool:
        """Whether its cells are figures, read from the right."""
        return self.kind in ("number", "change", "hours", "money")


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows under columns, with an optional last row of totals and a note below."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError(f"table {self.key!r} has no columns")
        for row in (*self.rows, *((self.total,) if self.total else ())):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"table {self.key!r} has {len(self.columns)} columns and a row of {len(row)}"
                )


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Bars beside a table; the description says in words what they show."""

    title: str
    description: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, kw_only=True)
class StackChart:
    """Bars beside a table, each cut into the parts that `key` names; `tones` fills them."""

    title: str
    description: str
    key: tuple[str, ...]
    stacks: tuple[Stack, ...]
    tones: tuple[Tone, ...]


@dataclass(frozen=True, kw_only=True)
class GridChart:
    """Numbers by rows and columns beside a two-way table."""

    title: str
    description: str
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]


AnyChart = Chart | StackChart | GridChart


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading; the first of a document has level 1 and no level is left out."""

    text: str
    level: int = 1


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Running text; `lang` is the language it was written in, when not the document's.

    `lead` opens a document, `proposal` is a text put forward by the secretariat and still to be
    agreed, `note` explains in small type.
    """

    text: str
    style: Style = "normal"
    lang: str | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Labels with what is said of each; `lang` is the language of what is said."""

    pairs: tuple[tuple[str, str], ...]
    lang: str | None = None


@dataclass(frozen=True, kw_only=True)
class TableBlock:
    """A table, and the chart that shows it."""

    table: Table
    chart: AnyChart | None = None


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A line to sign on, with who signs under it: name, post, office."""

    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The headings of the first two levels, as a list."""


@dataclass(frozen=True, kw_only=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Facts | TableBlock | Signature | Contents | PageBreak


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole document: its marks, its cover, and its blocks in order.

    `lang` is "es" or "en"; `locale` is the CLDR name by which numbers and dates are written
    ("es_HN", "en_CA"). `reference` stands on every page, and so does `mark`, which says whom the
    document is for. A document with a `cover` (label to value) begins with a page of its own.
    Raises ValueError where a level of heading is left out or two tables share a key.
    """

    title: str
    lang: Literal["es", "en"]
    locale: str
    date: date
    reference: str
    subtitle: str = ""
    mark: str = ""
    cover: Mapping[str, str] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("a document needs a title")
        self._check_headings()
        keys = [table.key for table in self.tables]
        if len(set(keys)) != len(keys):
            raise ValueError(f"two tables of one document share a key: {sorted(keys)}")

    def _check_headings(self) -> None:
        above = 0
        for block in self.blocks:
            if not isinstance(block, Heading):
                continue
            if block.level not in _LEVELS or block.level > above + 1:
                raise ValueError(f"heading {block.text!r} of level {block.level} follows {above}")
            above = block.level

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables in order, whether a chart stands beside them or not."""
        return tuple(block.table for block in self.blocks if isinstance(block, TableBlock))
