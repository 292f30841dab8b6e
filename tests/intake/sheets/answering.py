"""Which answers might people give to every question of a form? Made by chance, hostile words among them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.db.base import new_id
from app.formats.cleaning import clean
from app.formats.sheet_columns import in_sheet, offer_of, tables
from app.formats.spec import Field, Format

HOSTILE = (
    "=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1:A9)", "'con apóstrofo", "''dos", "＝1＋1",
    "<script>alert(1)</script>", "&amp; < > \" '", "{{ 7*7 }}", "%(who)s %s {0}", "; ; ,", "null",
    "TRUE", "0012", "1e10", "1/2", "3-4", "05/06/2004", "18.400,50", "مرحبا بالعالم", "שלום עולם",
    "ñandú · ÁÉÍÓÚ · façade", "👩🏽‍🏫🇭🇳", "_x000D_", "x005F_", "日本語", "a" * 150, "\u00a0x", "ﬁ",
    "https://example.org/?a=1&b=2", "enlace:need:1:x:", "#N/A", "A1", "  a   b", "«¿Qué?»",
)  # fmt: skip
LOOKS = {
    "phone": ("+507 500 0000", "+504 2230-0000", "+52 55 5000 0000"),
    "email": ("unit@example.org", "a.b+c@sub.example.com", "unidad@ejemplo.org"),
}
"""Answers to questions that take one shape of text only."""
LINES = ("\n", "\n\n", "\n- ", "\n=1+1\n")


def text(chance: random.Random, longest: int, *, lines: bool = False) -> str:
    """A text of at most so many characters, as it would be kept."""
    words = [chance.choice(HOSTILE) for _ in range(chance.randint(1, 6))]
    joint = chance.choice(LINES) if lines else " "
    if lines and chance.random() < 0.05:
        words.append("muy largo " * 400)
    return clean(joint.join(words)[:longest], lines=lines) or "x"


def value(chance: random.Random, asked: Field) -> Any:
    """An answer to a field, as it is kept."""
    kind, options = asked.kind.name, asked.options
    offer = offer_of(asked)
    codes = [code for code, _label in offer.codes] if offer else []
    if options.get("looks") in LOOKS:
        return chance.choice(LOOKS[options["looks"]])
    if kind in ("text", "long_text"):
        return text(chance, int(options.get("max", asked.kind.longest)), lines=kind == "long_text")
    if kind == "texts":
        length = int(options.get("length", 300))
        return [text(chance, length) for _ in range(chance.randint(1, int(options.get("max", 20))))]
    if kind in MADE:
        return MADE[kind](chance, asked)
    chosen = chance.sample(codes, chance.randint(1, len(codes)))
    if kind in ("choice", "country"):
        return chosen[0]
    return sorted(chosen) if kind == "countries" else [code for code in codes if code in chosen]


def _whole(chance: random.Random, asked: Field) -> int:
    return chance.randint(int(asked.options.get("min", 0)), int(asked.options.get("max", 999_999)))


def _money(chance: random.Random, _asked: Field) -> str:
    return f"{Decimal(chance.randrange(10 ** chance.randint(1, 13))) / 100:.2f}"


def _day(chance: random.Random, asked: Field) -> str:
    first = date(int(asked.options.get("min", 1900)), 1, 1)
    last = date(int(asked.options.get("max", 2199)), 12, 31)
    return (first + timedelta(chance.randrange((last - first).days + 1))).isoformat()


def _duration(chance: random.Random, _asked: Field) -> dict[str, Any]:
    whole = {"unit": chance.choice(["days", "weeks"]), "count": chance.randint(1, 104),
             "hours": f"{(Decimal(chance.randint(1, 2400)) / 100).normalize():f}"}  # fmt: skip
    missing = chance.choice(["unit", "count", "hours", "", "", ""])
    return {key: None if key == missing else part for key, part in whole.items()}


MADE = {
    "integer": _whole, "money": _money, "date": _day, "duration": _duration,
    "yes_no": lambda chance, _asked: chance.random() < 0.5,
}  # fmt: skip


def answers(chance: random.Random, form: Format, share: float) -> dict[str, Any]:
    """One record: each question answered with this chance, the title always."""
    given: dict[str, Any] = {}
    for asked in form.fields:
        if asked.key == form.title_field or (in_sheet(asked) and chance.random() < share):
            given[asked.key] = value(chance, asked)
    for table in tables(form):
        rows = _rows(chance, table, share)
        if rows:
            given[table.key] = rows
    return given


def _rows(chance: random.Random, table: Field, share: float) -> list[dict[str, Any]]:
    ids = [line.key for line in table.lines] or [new_id() for _ in range(chance.randint(0, 4))]
    rows = []
    for row_id in ids:
        cells = {cell.key: value(chance, cell) for cell in table.cells if chance.random() < share}
        if cells:
            rows.append({"id": row_id, **cells})
    return rows


def without_ids(form: Format, document: dict[str, Any]) -> dict[str, Any]:
    """Answers to compare: rows get new ids in Enlace, those of grids stay, sums are left out."""
    plain = {}
    for asked in form.fields:
        if asked.key not in document or not (asked.is_asked or asked.is_rows):
            continue
        given = document[asked.key]
        if asked.is_rows and not asked.is_grid:
            given = [{key: cell for key, cell in row.items() if key != "id"} for row in given]
        plain[asked.key] = given
    return plain
