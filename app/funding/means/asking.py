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
from app.documents.glyphs import MISSING, printable
from app.formats.numbers import NotANumber
from app.formats.words import N_
from app.funding.courses.lists import LINE_KEYS, THEMES
from app.funding.courses.rates import Rate
from app.funding.courses.reading import Typed
from app.funding.means.amount import read_sum
from app.web import locale

NO_AMOUNT = N_("Write how much you have, for example %(example)s.")
NOT_SUM = N_("Write one amount, in figures with at most two decimals, for example %(example)s.")
TOO_MUCH = N_("This is more than can be reckoned with: at most %(most)s.")
OTHER_CURRENCY = N_(
    "You wrote %(written)s beside the amount and chose %(chosen)s. Say which of the two."
)
PAST = N_("That day has passed. Write a later one.")
UNPRINTABLE = N_("The paper cannot print the sign “%(sign)s”. Leave it out.")
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
    asked: MultiDict[str, str],
    known: Mapping[str, Rate],
    *,
    example: str,
    today: date,
    conditions: str = "",
) -> tuple[Means | None, dict[str, str]]:
    """What was asked, or None and what is wrong by the field where it stands."""
    typed = Typed({"spend_by": asked.get("spend_by", ""), "conditions": conditions})
    currency = asked.get("currency", money.PLANNED_IN)
    amount, wrong = _amount(asked.get("amount", ""), currency, example)
    errors = {"amount": wrong} if wrong else {}
    if currency not in known:
        errors["currency"] = _(NO_CURRENCY)
    spend_by, conditions = typed.day("spend_by"), typed.words("conditions", lines=True)
    errors |= typed.errors
    if spend_by is not None and spend_by < today:
        errors["spend_by"] = _(PAST)
    if wrong := _unfit(conditions):
        errors["conditions"] = wrong
    if errors:
        return None, errors
    return Means(
        amount=amount, currency=currency, rate=known[currency], spend_by=spend_by,
        lines=_of(LINE_KEYS, asked.getlist("lines")),
        themes=_of([code.key for code in THEMES.codes], asked.getlist("themes")),
        conditions=conditions,
    ), {}  # fmt: skip


def _amount(text: str, currency: str, example: str) -> tuple[Decimal, str]:
    """The sum that was written, or what is wrong with it."""
    try:
        written = read_sum(text, locale.locale()) if text.strip() else None
    except NotANumber:
        return money.ZERO, _(NOT_SUM, example=example)
    if written is None or written.amount <= 0:
        return money.ZERO, _(NO_AMOUNT, example=example)
    if written.amount > money.MOST:
        return money.ZERO, _(TOO_MUCH, most=locale.show_money(money.MOST))
    if others := written.currencies - {currency}:
        return money.ZERO, _(OTHER_CURRENCY, written=", ".join(sorted(others)), chosen=currency)
    return written.amount, ""


def _unfit(conditions: str) -> str:
    """Why these words cannot stand on the page; empty where they can."""
    if len(conditions) > LONGEST:
        return _(LONG, most=LONGEST)
    lost = (sign for sign in conditions if sign != MISSING and printable(sign) == MISSING)
    sign = next(lost, None)
    return _(UNPRINTABLE, sign=sign) if sign else ""


def _of(known: Sequence[str], chosen: list[str]) -> tuple[str, ...]:
    """Those of the list that were chosen, in its order; whoever chooses all of them sets no condition."""
    found = tuple(each for each in known if each in chosen)
    return found if len(found) < len(known) else ()
