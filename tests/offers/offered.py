"""What does a sponsor, or a country that would host, offer in these tests?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.funding.offers.terms import HOST, Line, Terms

LAST = date(2004, 12, 31)
COVERED = (
    Line("materials", "in_kind"),
    Line("trainers_travel", "cash", Decimal("18400.50"), "USD"),
)


def offered(**changes: Any) -> Terms:
    """A sponsor's terms with which an offer can be opened."""
    whole = Terms(
        title="Training for consular staff", kind="standing", roles=("payer", "content"),
        themes=("T1", "T14"), profiles=("consular",), days=5, valid_until=LAST,
        contact="An office", lang="en", lines=COVERED,
    )  # fmt: skip
    return replace(whole, **changes)


def hosting(**changes: Any) -> Terms:
    """A delegation's, with its date to be communicated."""
    whole = Terms(
        title="Sede de la primera", kind="one_time", roles=(HOST,), date_known=False,
        remind_on=date(2004, 6, 14), named_to_sponsors=False, valid_until=LAST,
        contact="Una oficina", lines=(Line("venue_logistics", "in_kind"),),
    )  # fmt: skip
    return replace(whole, **changes)
