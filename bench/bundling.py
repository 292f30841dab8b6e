"""How does proposing regional courses grow, from 300 needs and 40 offers to ten times as many?

Ten times as many are ten regions, which share neither hosts nor money. Each search is cut after the first
node of its tree and never by time, so that both sides do the same work and reach the same plans.
"""

from __future__ import annotations

import random
from dataclasses import replace

from app.bundling.solving import propose
from app.bundling.world import Group, Host, Sponsor, World
from bench.clients import Measured
from bench.timing import processor
from tests.bundling.worlds import large

TEN = 10
WHAT = (
    "a plan for ten regions of so many needs and offers at once, which share neither hosts nor money; of each "
    "search the first node. The floor is the ten, one after the other; both are time of the processor"
)


def measure(rounds: int, needs: int, offers: int) -> dict[str, object]:
    """The row of it; no database takes part. Region after region, beside a tenth of the work at once.

    Both sides are warmed up on a little world.
    """
    alone, at_once = (
        [region(number, needs, offers) for number in range(TEN)],
        together(needs, offers),
    )
    propose(region(0, 20, 6))
    measured = Measured([], [])
    for _ in range(rounds):
        measured.floor.append(processor(lambda: [propose(each) for each in alone]))
        measured.enlace.append(processor(lambda: propose(at_once)))
    return measured.row("bundle-300-needs", "none", needs=needs, offers=offers, what=WHAT)


def region(number: int, needs: int, offers: int) -> World:
    """A world with its own chance, themes, hosts and sponsors."""
    world = large(random.Random(number), needs, offers)
    return World(
        tuple(_group(number, each) for each in world.groups),
        tuple(replace(each, key=f"{number} {each.key}", themes=_themes(number, each))
              for each in world.hosts),
        tuple(replace(each, key=f"{number} {each.key}", themes=_themes(number, each))
              for each in world.sponsors),
        replace(world.settings, seconds=3600, nodes=1),
    )  # fmt: skip


def together(needs: int, offers: int) -> World:
    """The ten regions in one world."""
    worlds = [region(number, needs, offers) for number in range(TEN)]
    return World(
        tuple(group for world in worlds for group in world.groups),
        tuple(host for world in worlds for host in world.hosts),
        tuple(sponsor for world in worlds for sponsor in world.sponsors),
        worlds[0].settings,
    )


def _group(number: int, group: Group) -> Group:
    needs = tuple(replace(need, key=f"{number} {need.key}") for need in group.needs)
    return replace(group, key=f"{number} {group.key}", themes=_themes(number, group), needs=needs)


def _themes(number: int, party: Group | Host | Sponsor) -> frozenset[str]:
    """The themes of a region are its own; who named none takes all of its region."""
    named = party.themes or {f"T{each}" for each in range(1, 21)}
    return frozenset(f"{number} {theme}" for theme in named)
