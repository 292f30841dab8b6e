"""How is a document printed? As tagged PDF (PDF/UA-1), the same bytes whenever it is made again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

from app.documents import charts
from app.documents.glyphs import FAMILIES, breakable, printable
from app.documents.model import (
    AnyChart,
    Block,
    Contents,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Signature,
    Table,
    TableBlock,
)
from app.documents.shown import Shown
from app.documents.typesetter import typeset
from app.documents.words import words

# A date or a figure stays on one line.
_UNBROKEN = str.maketrans({" ": "\N{NO-BREAK SPACE}", "-": "\N{NON-BREAKING HYPHEN}"})


def pdf(document: Document, *, fixed_time: datetime | None = None) -> bytes:
    """The document as PDF/UA-1 bytes.

    `fixed_time` (with its zone) is the instant written into it; without one it is the beginning
    of the document's own date in UTC, so that one document always has one sequence of bytes.
    Raises typst's TypstError if the document cannot be made accessible.
    """
    made = fixed_time or datetime.combine(document.date, time(), tzinfo=UTC)
    return print_ready(ready(document), made=made)


def pages_of(printed: bytes) -> int:
    """How many pages a PDF of ours has: what the root of their tree says, which stands in it in the open."""
    found = re.search(rb"/Type\s*/Pages\s*/Count (\d+)", printed)
    if found is None:
        raise ValueError("this is no PDF of ours")
    return int(found[1])


def ready(document: Document) -> str:
    """Everything the template prints, as JSON text: figures written out, charts drawn."""
    shown = Shown(document.locale)
    _, _, region = document.locale.partition("_")
    return json.dumps(
        {
            "title": printable(_named(document.title)),
            "opening": breakable(_named(document.title)),
            "subtitle": breakable(document.subtitle),
            "lang": document.lang,
            "region": region if len(region) == 2 else None,
            "font": FAMILIES,
            "reference": printable(document.reference),
            "mark": printable(document.mark),
            "dated": breakable(f"{document.reference} · {shown.long_date(document.date)}"),
            "footer": _shortened(printable(document.title)),
            "has_cover": bool(document.cover),
            "cover": [[breakable(k), breakable(v)] for k, v in document.cover.items()],
            "words": words(document.lang),
            "blocks": [
                _DATA[type(block)](block, shown, number)
                for number, block in enumerate(document.blocks)
            ],
        }
    )


def print_ready(data: str, *, made: datetime) -> bytes:
    """The PDF of what `ready` prepared, dated at the given instant."""
    return typeset("document.typ", {"document": data}, made=made)


def _shortened(text: str, most: int = 90) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _named(text: str) -> str:
    """The text, or a dash for one with nothing to print: what has no name is not accessible."""
    return text if printable(text).strip() else "–"


def _heading(block: Heading, _shown: Shown, _number: int) -> dict[str, Any]:
    return {"is": "heading", "level": block.level, "text": breakable(_named(block.text))}


def _paragraph(block: Paragraph, _shown: Shown, _number: int) -> dict[str, Any]:
    return {
        "is": "paragraph",
        "text": breakable(block.text),
        "style": block.style,
        "lang": block.lang,
    }


def _facts(block: Facts, _shown: Shown, _number: int) -> dict[str, Any]:
    pairs = [[breakable(label), breakable(value)] for label, value in block.pairs]
    return {"is": "facts", "pairs": pairs, "lang": block.lang}


def _table_block(block: TableBlock, shown: Shown, number: int) -> dict[str, Any]:
    return {
        "is": "table",
        **_table(block.table, shown),
        "chart": _chart(block.chart, number) if block.chart else None,
    }


def _table(table: Table, shown: Shown) -> dict[str, Any]:
    return {
        "title": breakable(table.title),
        "note": breakable(table.note) if table.note else None,
        "headers": [breakable(column.header) for column in table.columns],
        "widths": [column.width for column in table.columns],
        "right": [column.is_counted for column in table.columns],
        "cells": [text for row in table.rows for text in _row(row, table, shown)],
        "total": _row(table.total, table, shown) if table.total else None,
    }


def _row(row: Row, table: Table, shown: Shown) -> list[str | list[str]]:
    return [
        breakable(text) if isinstance(cell, str) else text.translate(_UNBROKEN)
        for cell, text in zip(row, shown.row(row, table.columns), strict=True)
    ]


def _chart(chart: AnyChart, number: int) -> dict[str, Any]:
    return {
        "title": breakable(chart.title),
        "description": printable(_named(chart.description)),
        "svg": charts.svg(chart, number=number),
    }


def _signature(block: Signature, _shown: Shown, _number: int) -> dict[str, Any]:
    return {"is": "signature", "lines": [breakable(line) for line in block.lines]}


_DATA: dict[type[Block], Callable[[Any, Shown, int], dict[str, Any]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Facts: _facts,
    TableBlock: _table_block,
    Signature: _signature,
    Contents: lambda *_: {"is": "contents"},
    PageBreak: lambda *_: {"is": "new-page"},
}
