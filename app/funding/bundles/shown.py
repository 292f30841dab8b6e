"""How does a page put a proposal: its courses line by line, what stays unserved, what sponsors' money does?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.bundling import record, words
from app.bundling.plan import Course, Plan
from app.bundling.settling import Payment
from app.bundling.words import Called
from app.bundling.world import Group, World
from app.figures.gap import GAP_WORDS, GapLine, gap
from app.formats.spec import Text
from app.funding.bundles import inputs
from app.funding.bundles.models import Bundle
from app.funding.courses.lists import COST_LINES, LANGUAGES, in_order
from app.money import total
from app.web import locale


@dataclass(frozen=True, kw_only=True)
class SeatRow:
    """Places of one need."""

    need_id: str
    called: dict[str, str]
    seats: int
    asked: int
    rank: int | None


@dataclass(frozen=True, kw_only=True)
class LineRow:
    """A cost line, who could cover how much of it, and what is missing."""

    label: str
    cost: Decimal
    in_kind: Decimal
    money: Decimal
    gap: Decimal
    by: tuple[tuple[str, Decimal, bool], ...] = ()
    must: bool = False


@dataclass(frozen=True, kw_only=True)
class Card:
    """A proposed course."""

    place: int
    group: str
    name: Text
    stands: bool
    host: Text
    host_offer: str
    first: date
    last: date
    language: str
    places: int
    countries: int
    seats: tuple[SeatRow, ...]
    lines: tuple[LineRow, ...]
    total: LineRow
    why: tuple[Text, ...]
    gap: Text


@dataclass(frozen=True, kw_only=True)
class Use:
    """What an offer would be used for."""

    offer_id: str
    name: Text
    title: str
    courses: int
    in_kind: Decimal
    money: Decimal
    offered: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Left:
    """Places without a course."""

    need_id: str
    called: dict[str, str]
    seats: int
    why: Text


class Proposal:
    """A proposal that is ready, as its pages show it."""

    def __init__(self, bundle: Bundle) -> None:
        self.kept: dict[str, Any] = bundle.inputs
        self.world: World = record.world_of(self.kept["world"])
        self.plan: Plan = record.plan_of(bundle.result)
        self.called: Called = inputs.called(self.kept)
        self.groups = {group.key: group for group in self.world.groups}

    @property
    def rests_on_proposed_figures(self) -> bool:
        """Whether a cost was reckoned with a figure that nobody has set yet."""
        return any(each["is_proposal"] for each in self.kept["basis"].values())

    @property
    def proof(self) -> Text:
        return words.proof(self.plan)

    @property
    def cards(self) -> list[Card]:
        return [self.card(place) for place in range(1, len(self.plan.courses) + 1)]

    def card(self, place: int) -> Card:
        """The course at a place, from 1."""
        course = self.plan.courses[place - 1]
        group, name = self.groups[course.group], self.kept["groups"][course.group]
        lines = tuple(
            self._line(line, course) for line in in_order({cost.line for cost in group.costs})
        )
        return Card(
            place=place, group=group.key, name=Text(name["es"], name["en"]), stands=name["stands"],
            host=self.called.party(course.host), host_offer=course.host, first=course.first,
            last=course.last,
            language=LANGUAGES.label(course.language, locale.lang()) if course.language else "",
            places=course.places, countries=len({
                need.country for need in group.needs if need.key in dict(course.seats)
            }), seats=self._seats(group, course), lines=lines,
            total=_total(lines), why=tuple(words.reason(each, self.called) for each in course.why),
            gap=words.gap(course, self.called),
        )  # fmt: skip

    def _seats(self, group: Group, course: Course) -> tuple[SeatRow, ...]:
        given = dict(course.seats)
        rows = [
            SeatRow(need_id=need.key, called=self.kept["needs"][need.key], seats=given.get(need.key, 0),
                    asked=need.seats, rank=need.rank)
            for need in group.needs
        ]  # fmt: skip
        return tuple(sorted(rows, key=lambda row: (row.called["es"], row.called["reference"])))

    def _line(self, line: str, course: Course) -> LineRow:
        by: Counter[tuple[str, bool]] = Counter()
        for each in course.payments:
            if each.line == line:
                by[each.payer, self._is_kind(each)] += each.amount
        return LineRow(
            label=COST_LINES.label(line, locale.lang()), cost=_dollars(dict(course.costs).get(line, 0)),
            in_kind=_dollars(sum(n for (_p, is_kind), n in by.items() if is_kind)),
            money=_dollars(sum(n for (_p, is_kind), n in by.items() if not is_kind)),
            gap=_dollars(dict(course.gaps).get(line, 0)),
            by=tuple((self.called.party(payer).say(locale.lang()), _dollars(amount), is_kind)
                     for (payer, is_kind), amount in sorted(by.items())),
            must=line in self.world.settings.must_cover,
        )  # fmt: skip

    def _is_kind(self, paid: Payment) -> bool:
        """Whether it would be given in kind, as the offer says; "as needed" may be in cash."""
        return paid.in_kind and paid.line not in self.kept["offers"][paid.payer]["in_cash"]

    @property
    def cover(self) -> list[LineRow]:
        """All courses together, line by line."""
        cards: dict[str, list[LineRow]] = {}
        for card in self.cards:
            for row in card.lines:
                cards.setdefault(row.label, []).append(row)
        return [_total(rows, label) for label, rows in cards.items()]

    @property
    def cover_total(self) -> LineRow:
        """All lines of all courses together."""
        return _total(self.cover)

    def drawing(self, rows: list[LineRow]) -> str:
        """The cover of each line, in kind, in money, and what is still to be sought."""
        said = GAP_WORDS[locale.lang()]._replace(
            funded=_("In kind"), promised=_("In money"), missing=_("To be sought")
        )
        return gap([GapLine(row.label, row.cost, row.in_kind, row.money) for row in rows], words=said,
                   show=locale.show_money, element_id="cover",
                   title=_("What could be covered of each line, in US dollars"))  # fmt: skip

    @property
    def left(self) -> list[Left]:
        """What no course has, by country and reference."""
        found = [
            Left(need_id=each.need, called=self.kept["needs"][each.need], seats=each.seats,
                 why=words.reason(each.reason, self.called))
            for each in self.plan.unserved
        ]  # fmt: skip
        return sorted(found, key=lambda row: (row.called["es"], row.called["reference"]))

    @property
    def uses(self) -> list[Use]:
        """What each sponsor's offer would be used for, also where it would not be used."""
        paid: Counter[tuple[str, bool]] = Counter()
        serves: dict[str, set[str]] = {}
        for course in self.plan.courses:
            for each in course.payments:
                paid[each.payer, self._is_kind(each)] += each.amount
                serves.setdefault(each.payer, set()).add(course.group)
        rows = [
            Use(offer_id=one.key, name=self.called.party(one.key),
                title=str(self.kept["offers"][one.key]["title"]), courses=len(serves.get(one.key, ())),
                in_kind=_dollars(paid[one.key, True]), money=_dollars(paid[one.key, False]),
                offered=None if one.amount is None else _dollars(one.amount))
            for one in self.world.sponsors
        ]  # fmt: skip
        return sorted(rows, key=lambda row: (row.name.es, row.title))


def lead(gist: dict[str, Any]) -> str:
    """ "3 courses for 8 needs of 5 countries, 92 of 110 places"."""
    if not gist["courses"]:
        return _("No course can be proposed with what is offered now.")
    return _(
        "%(courses)s for %(needs)s of %(countries)s, %(places)s of %(asked)s.",
        courses=ngettext("%(num)s course", "%(num)s courses", gist["courses"]),
        needs=ngettext("%(num)s need", "%(num)s needs", gist["needs"]),
        countries=ngettext("%(num)s country", "%(num)s countries", gist["countries"]),
        places=locale.show_number(gist["places"]),
        asked=ngettext("%(num)s seat", "%(num)s seats", gist["asked"]),
    )  # fmt: skip


def _dollars(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def _total(rows: Iterable[LineRow], label: str = "") -> LineRow:
    found = list(rows)
    by: dict[tuple[str, bool], Decimal] = {}
    for row in found:
        for name, amount, is_kind in row.by:
            by[name, is_kind] = total((by.get((name, is_kind), Decimal(0)), amount))
    return LineRow(
        label=label or _("Total"), cost=total(row.cost for row in found),
        in_kind=total(row.in_kind for row in found), money=total(row.money for row in found),
        gap=total(row.gap for row in found),
        by=tuple((name, amount, is_kind) for (name, is_kind), amount in sorted(by.items())),
        must=bool(label) and all(row.must for row in found),
    )  # fmt: skip
