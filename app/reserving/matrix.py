"""What can which country tell which other? Every place of a format for every ordered pair, by the rules alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.formats.spec import Format
from app.reserving.decision import ALLOWED, NOTHING, Decision, as_source, demanded, hanging_on
from app.reserving.envelope import RECIPIENT, Reader
from app.reserving.rule import Direction, Effect, Of, Rule
from app.reserving.targets import Target, targets

Pair = tuple[str, str]
"""Sender and receiver."""
Row = dict[Pair, Decision]


@dataclass(frozen=True, slots=True)
class Line:
    """One place. `always` holds for every communication of a pair, `at_worst` for some purpose or mark;
    a pair that is not in them tells and is told everything of it."""

    target: Target
    always: Mapping[Pair, Decision]
    at_worst: Mapping[Pair, Decision]
    pairs: int

    def effect(self, pair: Pair) -> Effect:
        """What holds for a pair in any case."""
        return self.always.get(pair, ALLOWED).effect

    def worst(self, pair: Pair) -> Effect:
        """What holds for a pair at the worst."""
        return self.at_worst.get(pair, ALLOWED).effect

    @property
    def is_closed(self) -> bool:
        """Whether no country can tell it any other."""
        denied = sum(1 for each in self.always.values() if each.effect is Effect.DENY)
        return self.pairs > 0 and denied == self.pairs

    @property
    def is_core_reserved(self) -> bool:
        """Whether it is required, and some country reserves it."""
        return self.target.is_required and any(
            each.effect is Effect.DENY for each in self.at_worst.values()
        )


def matrix(
    form: Format,
    rules: Iterable[Rule],
    countries: Sequence[str],
    on: date,
    purpose: str | None = None,
    mark: str | None = None,
) -> tuple[Line, ...]:
    """Every place in the order of the format. With a purpose or a mark, the rules for others are left out."""
    known = targets(form)
    always: dict[str, Row] = {place: {} for place in known}
    at_worst: dict[str, Row] = {place: {} for place in known}
    members = frozenset(countries)
    for rule in rules:
        if not _is_heard(rule, on, purpose, mark):
            continue
        depends = (rule.purposes and purpose is None) or (
            rule.selector.of is Of.TLP and mark is None
        )
        pairs = _pairs(rule, members)
        for place, target in known.items():
            if not rule.selector.selects(target, target.klass, rule.selector.value):
                continue
            for rows in (at_worst,) if depends else (always, at_worst):
                _meet(rows[place], pairs, demanded(rule, target, _receiver(rule), NOTHING))
    number = len(members) * (len(members) - 1)
    by_place, worst = _followed(known, always), _followed(known, at_worst)
    return tuple(
        Line(target, by_place[place], worst[place], number) for place, target in known.items()
    )


def _is_heard(rule: Rule, on: date, purpose: str | None, mark: str | None) -> bool:
    if not rule.is_in_force(on) or rule.direction not in (Direction.SEND, Direction.RECEIVE):
        return False
    is_other_mark = rule.selector.of is Of.TLP and mark is not None and mark != rule.selector.value
    return not is_other_mark and (purpose is None or rule.is_for(purpose))


def _receiver(rule: Rule) -> Reader:
    """Only by whom it is reserved is asked of the reader."""
    return Reader(RECIPIENT, rule.country if rule.direction is Direction.RECEIVE else "")


def _pairs(rule: Rule, members: frozenset[str]) -> list[Pair]:
    if rule.country not in members:
        return []
    others = [each for each in members if rule.is_about(each)]
    if rule.direction is Direction.SEND:
        return [(rule.country, each) for each in others]
    return [(each, rule.country) for each in others]


def _meet(row: Row, pairs: Iterable[Pair], demanded: Decision) -> None:
    for pair in pairs:
        before = row.get(pair)
        row[pair] = demanded if before is None else before.met_with(demanded)


def _followed(known: Mapping[str, Target], rows: Mapping[str, Row]) -> dict[str, Row]:
    """Every place with what follows from those it hangs on."""
    sourced = {place: dict(row) for place, row in rows.items()}
    for place, target in known.items():
        for source in hanging_on(target.sources, known, "sources"):
            for pair, each in rows[source].items():
                _meet(sourced[place], [pair], as_source(each, known[source], target))
    found = {place: dict(row) for place, row in sourced.items()}
    for place, target in known.items():
        for ground in hanging_on(target.grounds, known, "grounds"):
            closed = [pair for pair, each in sourced[ground].items() if not each.is_open]
            _meet(found[place], closed, Decision(Effect.DENY))
    return found
