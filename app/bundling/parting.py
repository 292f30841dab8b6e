"""Which groups' courses can be chosen without looking at the others?

Groups hang together through a host that cannot hold a course for each of them, or money that has an end.
Each part is solved alone: the best of the whole is the best of its parts together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.bundling.items import items_of
from app.bundling.model import Part
from app.bundling.options import Option, options_of
from app.bundling.world import Group, Sponsor, World


def parts_of(world: World) -> Iterator[Part]:
    """The parts that hang together, of the groups for which there is any option at all."""
    options = {group.key: options_of(group, world) for group in world.groups}
    possible = [group for group in world.groups if options[group.key]]
    for groups in _joined(possible, options):
        yield Part(
            groups, {group.key: options[group.key] for group in groups},
            {group.key: items_of(group, _paying(options[group.key])) for group in groups},
        )  # fmt: skip


def _paying(options: Iterable[Option]) -> tuple[Sponsor, ...]:
    paying = {sponsor.key: sponsor for option in options for sponsor in option.payers}
    return tuple(paying[key] for key in sorted(paying))


def _joined(groups: list[Group],
            options: dict[str, tuple[Option, ...]]) -> Iterator[tuple[Group, ...]]:  # fmt: skip
    """Groups by what they share, each set in the order of the groups."""
    leader: dict[str, str] = {group.key: group.key for group in groups}

    def first(key: str) -> str:
        while leader[key] != key:
            leader[key] = key = leader[leader[key]]
        return key

    owners: dict[str, str] = {}
    for group in groups:
        for shared in _shared(group, options[group.key]):
            owner = owners.setdefault(shared, group.key)
            one, other = sorted((first(owner), first(group.key)))
            leader[other] = one
    sets: dict[str, list[Group]] = {}
    for group in groups:
        sets.setdefault(first(group.key), []).append(group)
    yield from map(tuple, sets.values())


def _shared(group: Group, options: tuple[Option, ...]) -> Iterator[str]:
    lines = {cost.line for cost in group.costs if cost.fixed or cost.each}
    for option in options:
        yield option.host.key
    for sponsor in _paying(options):
        shares = [share for share in sponsor.shares if share.line in lines]
        ends = sponsor.courses is not None or any(
            share.amount is not None or (sponsor.amount is not None and not share.in_kind)
            for share in shares
        )
        if shares and ends:
            yield sponsor.key
