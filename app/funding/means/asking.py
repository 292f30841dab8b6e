"""What did a sponsor say it has, and under which conditions?

The figures stand in the address of the page: nothing is kept of them. Words stand in no address, which a
browser or a server in between might write down: the browser carries them until it acts for somebody else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app import money
from app.formats.words import N_
from app.funding.courses.lists import LINE_KEYS, THEMES
from app.funding.courses.rates import Rate
from app.funding.courses.reading import Typed

NO_AMOUNT = N_("Write how much you have, for example %(example)s.")
LONGEST = 600
"""Letters of the conditions: a browser carries little, and the page has to hold them."""
LONG = N_("This is too long: at most %(most)s characters.")
NO_CURRENCY = N_("Choose a currency of the list.")


@dataclass(frozen=True, kw_only=True)
class Means:
    """An amount with its conditions. No lines and no themes mean any."""

    amount: Decimal
    currency: str
    rate: Rate
    spend_by: date | None = None
    lines: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    conditions: str = ""

    @property
    def usd(self) -> Decimal:
        """What it is worth in US dollars at the newest rate."""
        return money.convert(self.amount, self.rate.usd)


def read(
    asked: MultiDict[str, str], known: Mapping[str, Rate], example: str, conditions: str = ""
) -> tuple[Means | None, dict[str, str]]:
    """What was asked, or None and what is wrong by the field where it stands."""
    typed = Typed({name: asked.get(name, "") for name in ("amount", "spend_by")}
                  | {"conditions": conditions})  # fmt: skip
    amount, spend_by = typed.amount("amount"), typed.day("spend_by")
    conditions = typed.words("conditions", lines=True)
    currency = asked.get("currency", money.PLANNED_IN)
    if len(conditions) > LONGEST:
        typed.errors["conditions"] = _(LONG, most=LONGEST)
    if not amount:
        typed.errors.setdefault("amount", _(NO_AMOUNT, example=example))
    if currency not in known:
        typed.errors.setdefault("currency", _(NO_CURRENCY))
    if typed.errors or not amount:
        return None, typed.errors
    return Means(
        amount=amount, currency=currency, rate=known[currency], spend_by=spend_by,
        lines=_of(LINE_KEYS, asked.getlist("lines")),
        themes=_of([code.key for code in THEMES.codes], asked.getlist("themes")),
        conditions=conditions,
    ), {}  # fmt: skip


def _of(known: Sequence[str], chosen: list[str]) -> tuple[str, ...]:
    """Those of the list that were chosen, in its order."""
    return tuple(each for each in known if each in chosen)
