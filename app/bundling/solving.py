"""Which courses are proposed, who pays what, and what stays unserved? The whole way from a world to a plan."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from app.bundling.checking import check
from app.bundling.items import Chosen
from app.bundling.model import AIMS, Part, solve
from app.bundling.parting import parts_of
from app.bundling.plan import Course, Plan, Proof
from app.bundling.reasons import Solved, why, why_not
from app.bundling.world import World

Progress = Callable[[int, int], None]


class NotVerified(RuntimeError):
    """What the solver chose does not hold when counted in whole cents: nothing of it may be shown."""


def no_progress(done: int, of: int) -> None:
    """Nobody wants to know how far it is."""


def propose(world: World, progress: Progress = no_progress) -> Plan:
    """The plan that covers most need, with the smallest gap, for the least money.

    `progress` is told again and again how many steps were made, and of how many. Raises BadWorld or
    NotVerified.
    """
    world = world.in_order()
    parts = sorted(parts_of(world), key=lambda part: (len(part.groups), part.groups[0].key))
    solved = list(_solved(parts, world, progress))
    plan = _plan(world, solved)
    if faults := check(world, plan):
        raise NotVerified("; ".join(map(str, faults)))
    return plan


def _solved(parts: list[Part], world: World, progress: Progress) -> Iterator[Solved]:
    """Part after part, the small ones first; the larger a part, the larger its share of the time."""
    ends = time.monotonic() + world.settings.seconds
    left = sum(len(part.groups) for part in parts)
    steps = _Steps(progress, AIMS * left)
    for part in parts:
        size = len(part.groups)
        mine = max((ends - time.monotonic()) * size / left, 0.1)
        reached = partial(steps.make, size)
        found = solve(part, world.settings, time.monotonic() + mine, reached)
        left -= size
        yield Solved.of(part, found, world.settings)
        steps.stand_at(steps.of - AIMS * left)


@dataclass
class _Steps:
    """How far it is: a step for each aim of each group."""

    progress: Progress
    of: int
    done: int = 0

    def make(self, more: int) -> None:
        self.stand_at(self.done + more)

    def stand_at(self, done: int) -> None:
        self.done = done
        self.progress(done, self.of)


def _plan(world: World, solved: list[Solved]) -> Plan:
    courses = sorted(
        (_course(chosen, each) for each in solved for chosen in each.found.chosen),
        key=lambda course: course.group,
    )
    return Plan(
        courses=tuple(courses),
        unserved=tuple(why_not(world, solved)),
        covered=sum(each.covered for each in solved),
        gap=sum(each.settled.gap for each in solved),
        money=sum(each.settled.money for each in solved),
        proof=Proof(
            sum(each.found.covered_at_most for each in solved),
            sum(each.found.gap_at_least for each in solved),
            sum(each.found.money_at_least for each in solved),
            all(each.found.is_in_time for each in solved),
        ),
    )


def _course(chosen: Chosen, of: Solved) -> Course:
    option = chosen.option
    key = option.group.key
    costs: dict[str, int] = {}
    for item in of.part.items[key]:
        costs[item.line] = costs.get(item.line, 0) + item.cost(chosen.seats)
    payments = sorted(of.settled.payments.get(key, ()),
                      key=lambda p: (p.line, p.part or (), not p.in_kind, p.payer))  # fmt: skip
    return Course(
        key, option.host.key, option.first, option.last, option.language,
        tuple(sorted(chosen.seats.items())), tuple(sorted(costs.items())), tuple(payments),
        tuple(sorted(of.settled.gaps.get(key, {}).items())), why(chosen, of),
    )  # fmt: skip
