"""Worlds of chance for proposals of courses: small ones for an oracle, large ones as a Secretariat would have."""

from __future__ import annotations

import random
from datetime import date, timedelta

from app.bundling.world import Cost, Group, Host, Need, Settings, Share, Span, Sponsor, World

LINES = (
    "trainers_travel",
    "materials",
    "venue_logistics",
    "participants_travel",
    "participants_food",
)
MUST = frozenset(LINES[:3])
DAY = date(2005, 1, 3)
COUNTRIES = ("BZ", "CA", "CR", "DO", "GT", "HN", "MX", "NI", "PA", "SV", "US")


def _span(chance: random.Random, days: int, length: int, *, often: float = 0.8) -> Span:
    if chance.random() > often:
        return Span()
    first = DAY + timedelta(chance.randrange(0, days))
    return Span(first, first + timedelta(length + chance.randrange(0, days)))


def _some(chance: random.Random, of: tuple[str, ...], most: int, empty: float) -> frozenset[str]:
    if chance.random() < empty:
        return frozenset()
    return frozenset(chance.sample(of, chance.randint(1, most)))


def small(chance: random.Random) -> World:
    """A world that can be searched through: two groups, two hosts, two sponsors, a few places."""
    lines = chance.sample(LINES, chance.randint(1, 3))
    groups = tuple(
        Group(
            f"g{number}",
            tuple(
                Need(f"n{number}{n}", chance.choice(COUNTRIES[:3]), chance.randint(1, 3),
                     chance.choice((None, 1, 2, 3)), _some(chance, ("en", "es"), 2, 0.3),
                     _span(chance, 4, 2, often=0.5))
                for n in range(chance.randint(1, 2))
            ),
            days=chance.randint(1, 2),
            costs=tuple(Cost(line, chance.choice((0, 3, 7, 500, 1001)), chance.choice((0, 0, 1, 2, 250)))
                        for line in lines),
            themes=_some(chance, ("T1", "T2"), 1, 0.3),
            seats_min=chance.randint(1, 3), seats_max=chance.choice((None, 2, 4)),
        )
        for number in range(chance.randint(1, 2))
    )  # fmt: skip
    hosts = tuple(
        Host(f"h{number}", chance.choice(COUNTRIES[:3]), chance.choice((None, 2, 3)),
             tuple(_span(chance, 4, 1, often=0.7) for _ in range(chance.randint(1, 2))),
             _some(chance, ("en", "es"), 2, 0.3), _some(chance, ("T1", "T2"), 1, 0.6),
             tuple(sorted(_some(chance, LINES, 2, 0.3))), chance.choice((1, 1, 2)),
             tuple(DAY + timedelta(n) for n in range(8) if chance.random() < 0.15))
        for number in range(chance.randint(1, 2))
    )  # fmt: skip
    sponsors = tuple(
        Sponsor(
            f"s{number}",
            tuple(Share(line, chance.random() < 0.3, chance.choice((None, None, 5, 9, 600)))
                  for line in chance.sample(lines, chance.randint(1, len(lines)))),
            chance.choice((None, 4, 10, 20, 700, 1501, 3000)),
            _some(chance, COUNTRIES[:3], 2, 0.5), _some(chance, ("T1", "T2"), 1, 0.6),
            _some(chance, ("en", "es"), 1, 0.7), _span(chance, 4, 3, often=0.3),
            chance.choice((None, None, 1)),
        )
        for number in range(chance.randint(0, 2))
    )  # fmt: skip
    settings = Settings(must_cover=_some(chance, LINES, 3, 0.1), smallest=chance.choice((1, 1, 2)),
                        countries=chance.choice((1, 1, 2)),
                        horizon=Span(DAY, DAY + timedelta(30)), seconds=60)  # fmt: skip
    return World(groups, hosts, sponsors, settings)


def large(chance: random.Random, needs: int = 300, offers: int = 40, seconds: int = 120) -> World:
    """A world as a Secretariat would have it: needs by theme and country, standing and single offers."""
    themes = tuple(f"T{number}" for number in range(1, 21))
    groups, made = [], 0
    while made < needs:
        size = min(chance.choice((1, 1, 2, 3, 4, 5, 6, 7)), needs - made)
        days = chance.randint(3, 10)
        opens = chance.randrange(0, 300)
        of_group = tuple(
            Need(
                f"n{made + n:05}", country, chance.randint(2, 12), chance.choice((None, 1, 2, 3, 4, 5, 6)),
                frozenset({"en"}) if country in ("BZ", "CA", "US") and chance.random() < 0.7
                else frozenset({"es"}) if chance.random() < 0.8 else frozenset({"en", "es"}),
                Span(DAY + timedelta(opens + chance.randrange(0, 30)),
                     DAY + timedelta(opens + 60 + chance.randrange(0, 90))),
            )
            for n, country in enumerate(chance.sample(COUNTRIES, size))
        )  # fmt: skip
        made += size
        seats = sum(need.seats for need in of_group)
        groups.append(Group(
            f"g{len(groups):05}", of_group, days,
            (
                Cost("trainers_travel", chance.randrange(200_000, 600_000, 5_000)),
                Cost("trainers_lodging", 12_000 * days * chance.randint(2, 4)),
                Cost("materials", 20_000, 1_500), Cost("venue_logistics", 30_000 * days, 500),
                Cost("participants_travel", 0, chance.randrange(30_000, 70_000, 1_000)),
                Cost("participants_lodging", 0, 6_500 * days), Cost("participants_food", 0, 2_500 * days),
            ),
            frozenset(chance.sample(themes, chance.randint(1, 2))),
            seats_min=min(chance.choice((4, 8, 10)), seats), seats_max=chance.choice((20, 25, 30, None)),
        ))  # fmt: skip
    hosts = tuple(_host(chance, number, themes) for number in range(offers // 3))
    sponsors = tuple(_sponsor(chance, number, themes) for number in range(offers - len(hosts)))
    settings = Settings(
        horizon=Span(DAY, DAY + timedelta(500)), seconds=seconds,
        must_cover=frozenset({"trainers_travel", "trainers_lodging", "materials", "venue_logistics"}),
        countries=2,
    )  # fmt: skip
    return World(tuple(groups), hosts, sponsors, settings)


def _host(chance: random.Random, number: int, themes: tuple[str, ...]) -> Host:
    country = chance.choice(COUNTRIES)
    windows = tuple(
        Span(first, first + timedelta(chance.randint(14, 90)))
        for first in sorted(DAY + timedelta(chance.randrange(0, 400)) for _ in range(chance.randint(1, 3)))
    )  # fmt: skip
    return Host(
        f"h{number:04}", country, chance.choice((20, 25, 30)), windows,
        frozenset({"en"}) if country in ("BZ", "CA", "US") else frozenset({"es"}),
        frozenset(chance.sample(themes, 6)) if chance.random() < 0.5 else frozenset(),
        chance.choice((("venue_logistics",), ("materials", "venue_logistics"), ())), chance.choice((1, 1, 2, 3)),
    )  # fmt: skip


def _sponsor(chance: random.Random, number: int, themes: tuple[str, ...]) -> Sponsor:
    kinds = (
        (Share("trainers_travel"), Share("trainers_lodging"), Share("materials")),
        (Share("trainers_travel", True), Share("trainers_lodging", True)),
        (Share("participants_travel"), Share("participants_lodging"), Share("participants_food")),
        (Share("venue_logistics", amount=400_000), Share("materials")),
    )
    once = chance.random() < 0.4
    return Sponsor(
        f"s{number:04}", chance.choice(kinds), chance.choice((None, 500_000, 1_000_000, 2_500_000, 4_000_000)),
        frozenset(chance.sample(COUNTRIES, 6)) if chance.random() < 0.3 else frozenset(),
        frozenset(chance.sample(themes, chance.randint(2, 6))), frozenset(),
        Span(None, DAY + timedelta(chance.randrange(150, 500))) if chance.random() < 0.5 else Span(),
        1 if once else None,
    )  # fmt: skip
