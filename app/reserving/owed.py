"""What need not be answered since the country itself reserves it? Nothing required overrides a reservation.

`completeness.missing` takes these places and asks for none of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.formats.spec import Format
from app.reserving import classes
from app.reserving.envelope import RECIPIENT, Envelope, Reader
from app.reserving.rule import Direction, Effect, Rule
from app.reserving.targets import targets


def reserved_places(form: Format, envelope: Envelope, rules: Iterable[Rule]) -> frozenset[str]:
    """What the sender's own reservations keep from every country it is addressed to: keys of questions
    and of tables of which nothing is left, and "table.cell"."""
    own = [
        rule
        for rule in rules
        if rule.country == envelope.sender
        and (rule.direction, rule.effect) == (Direction.SEND, Effect.DENY)
    ]
    if not envelope.recipients:
        return frozenset()
    readers = [Reader(RECIPIENT, each, purpose=envelope.purpose) for each in envelope.recipients]
    found = frozenset.intersection(*(_kept_from(form, envelope, each, own) for each in readers))
    whole = [
        field.key
        for field in form.fields
        if field.cells and all(f"{field.key}.{cell.key}" in found for cell in field.cells)
    ]
    return found | frozenset(whole)


def _kept_from(
    form: Format, envelope: Envelope, reader: Reader, rules: Iterable[Rule]
) -> frozenset[str]:
    heard = [rule for rule in rules if rule.concerns(envelope, reader)]
    return frozenset(
        place
        for place, target in targets(form).items()
        for rule in heard
        if rule.selector.selects(target, classes.class_in(target, envelope), envelope.tlp)
    )
