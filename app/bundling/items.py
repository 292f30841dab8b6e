"""Which part of a course's costs may be paid by whom?

Where every sponsor of a line may pay for every country, the line is one item. Where one may not, what the
course costs as a whole and what each country's places cost are items of their own: a sponsor that named
countries pays for their places alone, and shares in common costs only of a course without others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.bundling.options import Option, fits
from app.bundling.world import Cost, Group, Need, Share, Sponsor

Part = tuple[str, ...] | None
"""None: the whole line; (): what is common to all; keys of needs: their places."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is paid together: a line of a course, or a part of it."""

    group: Group
    line: str
    part: Part
    fixed: int
    each: int
    needs: tuple[Need, ...]
    payers: tuple[tuple[Sponsor, Share], ...]
    """Who may pay it in some option of the group."""

    @property
    def is_common(self) -> bool:
        """Whether it is what the course costs however many take part, apart from their places."""
        return self.part == ()

    def cost(self, seats: Mapping[str, int]) -> int:
        """What it costs with these places."""
        return self.fixed + self.each * sum(seats.get(need.key, 0) for need in self.needs)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen, money aside: a course, its places, and the sponsors that serve it of those that count theirs."""

    option: Option
    seats: Mapping[str, int]
    serving: frozenset[str]

    def may_pay(self, item: Item, sponsor: Sponsor) -> bool:
        """Whether the sponsor may pay for this part of this very course."""
        return (
            sponsor.key in self.option.paying
            and (sponsor.courses is None or sponsor.key in self.serving)
            and not (item.is_common and self._has_others(sponsor))
        )

    def _has_others(self, sponsor: Sponsor) -> bool:
        return any(
            self.seats.get(need.key) and not may_benefit(sponsor, need)
            for need in self.option.group.needs
        )


def may_benefit(sponsor: Sponsor, need: Need) -> bool:
    """Whether the sponsor's money may be spent for the country of this need."""
    return not sponsor.countries or need.country in sponsor.countries


def items_of(group: Group, sponsors: tuple[Sponsor, ...]) -> tuple[Item, ...]:
    """What a course of the group costs, in the parts that may be paid by different sponsors."""
    return tuple(item for cost in group.costs for item in _items(group, cost, sponsors))


def _items(group: Group, cost: Cost, sponsors: tuple[Sponsor, ...]) -> Iterator[Item]:
    if not cost.fixed and not cost.each:
        return
    payers = tuple(
        (sponsor, share) for sponsor in sponsors if fits(sponsor.themes, group.themes)
        for share in sponsor.shares if share.line == cost.line
    )  # fmt: skip
    classes: dict[tuple[tuple[Sponsor, Share], ...], list[Need]] = {}
    for need in group.needs:
        for_it = tuple(payer for payer in payers if may_benefit(payer[0], need))
        classes.setdefault(for_it, []).append(need)
    if list(classes) == [payers]:
        yield Item(group, cost.line, None, cost.fixed, cost.each, group.needs, payers)
        return
    if cost.fixed:
        yield Item(group, cost.line, (), cost.fixed, 0, (), payers)
    if cost.each:
        for for_it, needs in classes.items():
            part = tuple(need.key for need in needs)
            yield Item(group, cost.line, part, 0, cost.each, tuple(needs), for_it)
