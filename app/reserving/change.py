"""Does a change of a rule tighten or loosen? Tightening acts at once, loosening only where it is sent again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    before: Rule | None,
    after: Rule | None,
    others: Iterable[str],
    purposes: Iterable[str],
) -> Change:
    """What follows from `after` in the place of `before`; None: no rule. `others` are all that a rule may
    name, `purposes` all there are."""
    counterparts, aims = tuple(others), tuple(purposes)
    was = dict(_cases(form, before, counterparts, aims))
    will_be = dict(_cases(form, after, counterparts, aims))
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


def _cases(
    form: Format, rule: Rule | None, counterparts: tuple[str, ...], purposes: tuple[str, ...]
) -> Iterator[tuple[Case, Decision]]:
    if rule is None:
        return
    of_mark = rule.selector.of is Of.TLP
    marks = (rule.selector.value,) if of_mark else ("",)
    for place, target in targets(form).items():
        if not of_mark and not rule.selector.selects(target, target.klass, ""):
            continue
        decision = demanded(rule, target, _NOBODY, NOTHING)
        for other in filter(rule.is_about, counterparts):
            for purpose in filter(rule.is_for, purposes):
                for mark in marks:
                    yield (rule.direction, place, other, purpose, mark), decision


def _days(before: Rule | None, after: Rule | None) -> tuple[bool, bool]:
    """Whether it holds on more days than before, and whether on fewer."""
    if before is None or after is None:
        return False, False
    first, last = date.min, date.max
    begins = (before.valid_from or first, after.valid_from or first)
    ends = (before.valid_to or last, after.valid_to or last)
    return (
        begins[1] < begins[0] or ends[1] > ends[0],
        begins[1] > begins[0] or ends[1] < ends[0],
    )
