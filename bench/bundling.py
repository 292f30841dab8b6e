"""How does proposing regional courses grow, from 300 needs and 40 offers to ten times as many?"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from app.bundling.solving import propose
from app.bundling.world import Group, Host, Sponsor, World
from bench.clients import Measured
from bench.timing import once
from tests.bundling.worlds import large

TEN = 10
WHAT = (
    "a plan for ten regions of 300 needs and 40 offers at once, which share neither hosts nor money; of each "
    "search the first node. The floor is the time of the ten, one after the other"
)


def measure(rounds: int, needs: int = 300, offers: int = 40) -> Iterator[dict[str, object]]:
    """The row of it; no database takes part. Both sides are warmed up on a little world."""
    alone = [regions([number], needs, offers) for number in range(TEN)]
    together = regions(list(range(TEN)), needs, offers)
    propose(regions([0], 20, 6))
    measured = Measured([], [])
    for _ in range(rounds):
        measured.floor.extend(once(lambda: [propose(each) for each in alone])())
        measured.enlace.extend(once(lambda: propose(together))())
    yield measured.row("bundle-300-needs", "none", needs=needs, offers=offers, what=WHAT)


def regions(numbers: list[int], needs: int, offers: int) -> World:
    """Regions of the same kind, each with its own chance, themes, hosts and sponsors."""
    worlds = [
        _region(f"r{number}", large(random.Random(number), needs, offers)) for number in numbers
    ]
    return World(
        tuple(group for world in worlds for group in world.groups),
        tuple(host for world in worlds for host in world.hosts),
        tuple(sponsor for world in worlds for sponsor in world.sponsors),
        replace(worlds[0].settings, seconds=3600, nodes=1),
    )


def _region(name: str, world: World) -> World:
    every = frozenset(f"{name} T{number}" for number in range(1, 21))

    def own(party: Group | Host | Sponsor) -> frozenset[str]:
        return frozenset(f"{name} {theme}" for theme in party.themes) or every

    return World(
        tuple(
            replace(each, key=f"{name} {each.key}", themes=own(each),
                    needs=tuple(replace(need, key=f"{name} {need.key}") for need in each.needs))
            for each in world.groups
        ),
        tuple(replace(each, key=f"{name} {each.key}", themes=own(each)) for each in world.hosts),
        tuple(replace(each, key=f"{name} {each.key}", themes=own(each)) for each in world.sponsors),
        world.settings,
    )  # fmt: skip
