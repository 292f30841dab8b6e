"""Are a world and its plan read again as they were, and does the digest stand for what was asked?"""

from __future__ import annotations

import json
import random
from dataclasses import replace

from app.bundling.record import digest, plan_of, world_of, written
from app.bundling.solving import propose
from app.bundling.world import World
from tests.bundling.worlds import small


def again(value: object) -> object:
    return json.loads(json.dumps(written(value)))


def test_worlds_and_plans_are_read_as_they_were_written() -> None:
    for seed in range(60):
        world = small(random.Random(f"record {seed}"))
        plan = propose(world)
        assert world_of(again(world)) == world
        assert plan_of(again(plan)) == plan


def test_a_plan_made_from_what_was_kept_is_the_same() -> None:
    for seed in range(20):
        world = small(random.Random(f"kept {seed}"))
        assert propose(world_of(again(world))) == propose(world)


def test_the_digest_changes_with_what_counts_and_not_with_the_order_it_was_told_in() -> None:
    world = small(random.Random("digest 4"))
    turned = World(world.groups[::-1], world.hosts[::-1], world.sponsors[::-1], world.settings)
    assert digest(turned) == digest(world)
    weighed = replace(world, settings=replace(world.settings, weights=((1, 11),)))
    richer = replace(world, groups=(replace(world.groups[0], days=9), *world.groups[1:]))
    assert len({digest(world), digest(weighed), digest(richer)}) == 3
