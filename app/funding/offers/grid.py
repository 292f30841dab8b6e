"""How is what an offer covers, line by line, read from its grid and drawn in it?

Each line has three inputs: how it is covered, with which amount, and in which currency. No amount
means as much as is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from app.formats.numbers import write_number
from app.formats.spec import Code
from app.funding.offers import codes
from app.funding.offers.fields import NOT_LISTED, read_amount
from app.funding.offers.terms import Line, Terms
from app.web import locale


@dataclass(frozen=True)
class Row:
    """A line of the grid as it is drawn."""

    key: str
    words: str
    form: str
    amount: str
    currency: str


def lines() -> tuple[Code, ...]:
    return codes.list_of("line").codes


def read(posted: Mapping[str, str]) -> tuple[tuple[Line, ...], dict[str, str]]:
    """The lines that are covered, and what is wrong, by the name of the input."""
    covered, errors = [], {}
    for code in lines():
        form = posted.get(f"form.{code.key}", "").strip()
        typed = posted.get(f"amount.{code.key}", "").strip()
        currency = posted.get(f"currency.{code.key}", "").strip()
        if form not in ("", *codes.known("form")):
            errors[f"form.{code.key}"] = str(NOT_LISTED)
        if currency not in ("", *codes.known("currency")):
            errors[f"currency.{code.key}"] = str(NOT_LISTED)
        if not form and typed:
            errors[f"form.{code.key}"] = _("Choose how this line is covered.")
        try:
            amount = read_amount(typed) if typed else None
        except ValueError as fault:
            errors[f"amount.{code.key}"] = str(fault)
            continue
        if amount is not None and not currency:
            errors.setdefault(f"currency.{code.key}", _("Choose the currency of this amount."))
        if form:
            covered.append(Line(code.key, form, amount, currency if amount is not None else ""))
    return tuple(covered), errors


def typed_of(terms: Terms) -> dict[str, str]:
    """What the grid's inputs hold for lines that are known."""
    held = {}
    for one in terms.lines:
        held[f"form.{one.line}"] = one.form
        held[f"currency.{one.line}"] = one.currency
        if one.amount is not None:
            held[f"amount.{one.line}"] = written(one)
    return held


def written(line: Line) -> str:
    """The amount of a line as the reader's region writes it."""
    if line.amount is None:
        return ""
    return write_number(line.amount, locale.locale(), places=2, least=2)


def rows(typed: Mapping[str, str]) -> list[Row]:
    """Every line of the grid with what its inputs hold."""
    return [
        Row(code.key, code.label.say(locale.lang()),
            *(typed.get(f"{part}.{code.key}", "") for part in ("form", "amount", "currency")))
        for code in lines()
    ]  # fmt: skip
