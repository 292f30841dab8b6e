"""How is an offer by cost line read from what was typed, and drawn for the first time?"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import request
from flask_babel import gettext as _

from app import money
from app.formats.dates import write_date
from app.formats.words import N_
from app.funding.courses import rates
from app.funding.courses.figures import Standing, by_line
from app.funding.courses.lists import COST_LINES, CURRENCIES, FORMS, LINE_KEYS, choices
from app.funding.courses.reading import Typed, written
from app.funding.pledges.actions import Line
from app.funding.pledges.models import Pledge, PledgeLine
from app.funding.pledges.queries import PROMISED
from app.web import locale
from app.web.forms import number_sent

GONE = N_(
    "The course has this line no more. Write the amount in another line, or empty this field."
)
NO_CURRENCY = N_("Choose a currency of the list.")


def read_lines(read: Typed, standing: Standing) -> list[Line]:
    """The lines in which an amount was typed; one that went since the page was drawn is a mistake."""
    currency = read.chosen("currency", rates.known())
    if currency is None:
        read.errors.setdefault("currency", _(NO_CURRENCY))
        return []
    forms = [code.key for code in FORMS.codes]
    found = []
    for each in standing.lines:
        amount = read.amount(f"amount-{each.line}")
        if amount:
            form = read.chosen(f"form-{each.line}", forms) or forms[0]
            found.append(Line(line=each.line, amount=amount, form=form, currency=currency))
    for line in _not_in(standing):
        if read.amount(f"amount-{line}"):
            read.errors.setdefault(f"amount-{line}", _(GONE))
    return found


def _not_in(standing: Standing) -> list[str]:
    return [line for line in LINE_KEYS if standing.of(line) is None]


def drawn(standing: Standing, pledge: Pledge | None, lines: list[PledgeLine]) -> dict[str, Any]:
    """What the template of the form is given."""
    lang, known = locale.lang(), rates.known()
    held: dict[str, Any] = {"currency": money.PLANNED_IN}
    for line in lines:
        held |= {f"amount-{line.line}": written(line.amount), f"form-{line.line}": line.form,
                 "currency": line.currency}  # fmt: skip
    if pledge is not None:
        held["conditions"] = pledge.conditions
        if pledge.round and pledge.expires_on:
            held["expires_on"] = write_date(pledge.expires_on, locale.locale())
    promised = lines if pledge and pledge.state in PROMISED else []
    own = by_line((line.line, line.usd) for line in promised)
    return {
        "held": held, "standing": standing, "own": own, "known": known,
        "line_words": {each.line: COST_LINES.label(each.line, lang) for each in standing.lines},
        "gone": {line: COST_LINES.label(line, lang) for line in _not_in(standing)},
        "forms": choices(FORMS, lang),
        "currencies": [each for each in choices(CURRENCIES, lang) if each[0] in known],
        "revision": pledge.revision if pledge else 0,
        "kept_as": request.full_path if request.args else request.path,
    }  # fmt: skip


def worth(held: Mapping[str, str], standing: Standing) -> dict[str, Decimal]:
    """Line -> what the amount that stands in the form is worth in US dollars, where it is in none."""
    currency, known = held.get("currency", ""), rates.known()
    if currency == money.PLANNED_IN or currency not in known:
        return {}
    read = Typed(held)
    amounts = {each.line: read.amount(f"amount-{each.line}") for each in standing.lines}
    return {
        line: money.convert(amount, known[currency].usd)
        for line, amount in amounts.items() if amount
    }  # fmt: skip


def drawn_from() -> int:
    """The revision of the pledge from which the page was drawn; 0 where there was none."""
    return number_sent("revision")


def round_shown() -> int:
    """The round of the offer that the page showed; 0 of what was only interest."""
    return number_sent("round")
