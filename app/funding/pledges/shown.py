"""How is the gap of a course drawn: by line and in total, and by payer?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from app import money
from app.figures.gap import GAP_WORDS, GapLine, gap
from app.funding.courses.figures import Standing, by_line
from app.funding.courses.lists import COST_LINES, PAYERS
from app.funding.pledges.queries import FUNDED
from app.web import locale


@dataclass(frozen=True)
class GapRow:
    """One line of the table beside the drawing."""

    label: str
    cost: Decimal
    funded: Decimal
    promised: Decimal
    missing: Decimal
    expected: str = ""
    per_participant: bool = False


@dataclass(frozen=True)
class PayerRow:
    """What one organisation gives, as confirmed and as promised."""

    name: str
    funded: Decimal
    promised: Decimal


@dataclass(frozen=True)
class Money:
    """The drawing, its table and its total."""

    drawing: str
    rows: tuple[GapRow, ...]
    total: GapRow
    payers: tuple[PayerRow, ...] = ()


def shown(
    standing: Standing, split: dict[str, list[str]], payers: Iterable[Any] = (),
    each: Iterable[str] = (),
) -> Money:  # fmt: skip
    """The cover of a course as its page shows it; `each` names the lines that each participant costs."""
    lang, per_participant = locale.lang(), set(each)
    rows = tuple(
        GapRow(
            COST_LINES.label(one.line, lang), one.cost, one.funded, one.promised, one.missing,
            ", ".join(PAYERS.label(payer, lang) for payer in split.get(one.line, [])),
            one.line in per_participant,
        )
        for one in standing.lines
    )  # fmt: skip
    drawing = gap(
        [GapLine(one.label, one.cost, one.funded, one.promised) for one in rows],
        words=GAP_WORDS[lang], show=locale.show_money, element_id="gap",
        title=_("What is covered of each line, in US dollars"),
    )  # fmt: skip
    total = GapRow(_("Total"), standing.cost, standing.funded, standing.promised, standing.missing)
    return Money(drawing, rows, total, _payers(payers, lang))


def _payers(rows: Iterable[Any], lang: str) -> tuple[PayerRow, ...]:
    found = list(rows)
    names = {row[0].key: row[0].name(lang) for row in found}
    funded = by_line((row[0].key, row.usd) for row in found if row.state in FUNDED)
    promised = by_line((row[0].key, row.usd) for row in found if row.state not in FUNDED)
    return tuple(
        PayerRow(names[key], funded.get(key, money.ZERO), promised.get(key, money.ZERO))
        for key in sorted(names)
    )
