"""How are the reservations of a country shown: its list, one rule, and what a change of it means?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.cases.common_format.format import CASE
from app.cases.reservations import queries, terms, words
from app.cases.reservations.example import Example, example
from app.cases.reservations.models import ReservationRule
from app.cases.reservations.queries import Found
from app.cases.reservations.terms import Terms
from app.policy.actor import Actor
from app.reserving.change import Change
from app.reserving.targets import targets

MOST_NAMED = 6


@dataclass(frozen=True)
class Row:
    """One version of a rule in words."""

    rule: ReservationRule
    what: str
    whom: str
    why: str
    deed: str


def row(rule: ReservationRule) -> Row:
    said = terms.of_record(rule)
    return Row(rule, data_words(said), words.with_whom(said), words.what_for(said, CASE),
               words.what_is_done(said))  # fmt: skip


def data_words(said: Terms) -> str:
    """The data in the order of the format, the first few by name."""
    order = {f"key:{place}": number for number, place in enumerate(targets(CASE))}
    codes = sorted(said.data, key=lambda code: (code in order, order.get(code, 0), code))
    named = [words.data_label(code, CASE) for code in codes[:MOST_NAMED]]
    return words.listed(named) + (" …" if len(codes) > MOST_NAMED else "")


def example_of(actor: Actor, found: Found, today: date) -> Example:
    """What two neighbours see of a made-up case without this version of the rule, and with it."""
    series = {found.rule.id, found.holds.id if found.holds else ""}
    own = queries.own_rules(actor, today)
    others = [rule for rule in own if rule.id not in series]
    before, after = list(others), [*others, *terms.rules_of(found.rule)]
    if found.rule.state == "draft" and found.holds:
        before += terms.rules_of(found.holds)
    country = actor.country or ""
    return example(CASE, terms.of_record(found.rule), country, before, after, today)


def change_of(found: Found) -> Change:
    """What confirming a draft does beside what holds, or withdrawing what holds."""
    new = terms.of_record(found.rule)
    old = terms.of_record(found.holds) if found.holds else None
    if found.rule.state == "draft":
        return terms.change_between(CASE, old, new)
    return terms.change_between(CASE, new, None)


def asks_wide(said: Sequence[str]) -> bool:
    """Whether data are named by class or by mark."""
    return any(code.partition(":")[0] in ("class", "tlp") for code in said)
