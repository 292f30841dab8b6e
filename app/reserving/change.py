"""Does a change of a rule tighten or loosen? Tightening acts at once, loosening only where it is sent again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.formats.spec import Format
from app.reserving.decision import ALLOWED, NOTHING, Decision, demanded
from app.reserving.envelope import STRANGER, Reader
from app.reserving.rule import Effect, Of, Rule
from app.reserving.targets import targets

_NOBODY = Reader(STRANGER)
Case = tuple[str, str, str, str, str]
"""Direction, place, counterpart, purpose, mark ("" where the mark is not asked)."""


@dataclass(frozen=True, slots=True)
class Change:
    """Which of both it does; a change may do neither, or both in different places."""

    tightens: bool
    loosens: bool


def change(
    form: Format,
    before: Sequence[Rule],
    after: Sequence[Rule],
    others: Iterable[str],
    purposes: Iterable[str],
) -> Change:
    """What follows from `after` in the place of `before`. `others` are all that a rule may name, `purposes`
    all there are."""
    counterparts, aims = tuple(others), tuple(purposes)
    was = _met(form, before, counterparts, aims)
    will_be = _met(form, after, counterparts, aims)
    pairs = [
        (was.get(case, ALLOWED), will_be.get(case, ALLOWED)) for case in was.keys() | will_be.keys()
    ]
    longer, shorter = _days(before, after)
    return Change(
        tightens=longer or any(not _is_within(old, new) for old, new in pairs),
        loosens=shorter or any(not _is_within(new, old) for old, new in pairs),
    )


def _is_within(stricter: Decision, milder: Decision) -> bool:
    """Whether the milder one adds nothing to the stricter."""
    both = stricter.met_with(milder)
    return _told(both) == _told(stricter)


def _told(each: Decision) -> tuple[object, ...]:
    if each.effect is Effect.DENY:
        return each.effect, each.discloses
    return each.effect, each.masks, bool(each.waits_for), each.needs_consent, each.discloses


def _met(
    form: Format, rules: Sequence[Rule], counterparts: tuple[str, ...], purposes: tuple[str, ...]
) -> dict[Case, Decision]:
    found: dict[Case, Decision] = {}
    for rule in rules:
        for case, decision in _cases(form, rule, counterparts, purposes):
            found[case] = found.get(case, ALLOWED).met_with(decision)
    return found


def _cases(
    form: Format, rule: Rule, counterparts: tuple[str, ...], purposes: tuple[str, ...]
) -> Iterator[tuple[Case, Decision]]:
    mark = rule.selector.value if rule.selector.of is Of.TLP else ""
    for place, target in targets(form).items():
        if not rule.selector.selects(target, target.klass, mark):
            continue
        decision = demanded(rule, target, _NOBODY, NOTHING)
        for other in filter(rule.is_about, counterparts):
            for purpose in filter(rule.is_for, purposes):
                yield (rule.direction, place, other, purpose, mark), decision


def _days(before: Sequence[Rule], after: Sequence[Rule]) -> tuple[bool, bool]:
    """Whether it holds on more days than before, and whether on fewer."""
    if not before or not after:
        return False, False
    (old_first, old_last), (first, last) = _span(before), _span(after)
    return first < old_first or last > old_last, first > old_first or last < old_last


def _span(rules: Sequence[Rule]) -> tuple[date, date]:
    return (
        min(rule.valid_from or date.min for rule in rules),
        max(rule.valid_to or date.max for rule in rules),
    )
