"""Who would host and who would pay, as proposals of courses see it, and which offers are left out and why?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app import money
from app.bundling.world import Host, Share, Span, Sponsor
from app.extensions import db
from app.formats.spec import Text
from app.funding.bundles import remaining, used
from app.funding.bundles.used import Used
from app.funding.courses import rates
from app.funding.courses.lists import COST_LINES
from app.funding.courses.rates import Rate
from app.funding.offers import queries as offers
from app.funding.offers.models import Offer
from app.funding.offers.queries import AT_ONCE, OpenOffer
from app.funding.offers.terms import HOST, Line
from app.matching.wording import listed, say
from app.organisations.days import queries as days
from app.organisations.models import Organisation
from app.policy.actor import Actor

IN_KIND = "in_kind"
ONE_TIME = "one_time"


@dataclass
class Offered:
    """Hosts and sponsors, how they are called, and what was left out."""

    hosts: list[Host] = field(default_factory=list)
    sponsors: list[Sponsor] = field(default_factory=list)
    names: dict[str, dict[str, Any]] = field(default_factory=dict)
    left_out: list[Text] = field(default_factory=list)


def offered(
    actor: Actor, at: datetime, courses_of_host: int, horizon: Span, besides: str = ""
) -> Offered:
    """What the offers open at an instant come to, without what planned courses use of them.

    A host's days off count within the horizon, which has both ends. What courses adopted from the proposal `besides` use is not taken off.
    """
    found, known = Offered(), rates.known()
    readers = [_Reading(*each, known, found) for each in _open(actor, at)]
    in_use = used.used(besides)
    hosting = {each.owner.id for each in readers if each.is_hosting}
    off = days.of_several(hosting, horizon.first or date.min, horizon.last or date.max)
    for owner_id in dict.fromkeys(reader.owner.id for reader in readers):
        own = {each.offer.id: each for each in readers if each.owner.id == owner_id}
        _add_hosts(found, own, in_use, courses_of_host, off.get(owner_id, ()))
        _add_sponsors(found, own, in_use)
    return found


def _add_hosts(
    found: Offered, own: Mapping[str, _Reading], in_use: Used, courses: int, off: tuple[date, ...]
) -> None:  # fmt: skip
    """What one organisation's offers to host come to."""
    hosts = [(replace(each.host(courses), off=off), each.opened, each.is_once)
             for each in own.values() if each.is_hosting]  # fmt: skip
    for key, (left, by) in remaining.of_hosts(_owner(own), hosts, in_use).items():
        if left is not None:
            found.hosts.append(left)
        if by:
            own[key].leave_out(HOSTS if left else HOSTED, courses=listed_as(by))
        elif left is None:
            own[key].leave_out(NO_DAY_LEFT)


def _add_sponsors(found: Offered, own: Mapping[str, _Reading], in_use: Used) -> None:
    """What one organisation's offers to pay come to."""
    sponsors = [one for each in own.values() if not each.is_hosting and (one := each.sponsor())]
    for key, (left, by) in remaining.of_sponsors(_owner(own), sponsors, in_use).items():
        if left is not None:
            found.sponsors.append(left)
        if left not in sponsors:
            own[key].leave_out(PAYS if left else SPENT, courses=listed_as(by))


def _owner(own: Mapping[str, _Reading]) -> str:
    return next(iter(own.values())).owner.id


def _open(actor: Actor, at: datetime) -> Iterable[tuple[OpenOffer, Organisation, date]]:
    """The open offers, with whose they are and the day on which each was opened."""
    found: list[OpenOffer] = []
    while page := offers.open_as_of(actor, at, after=found[-1].id if found else ""):
        found += page
        if len(page) < AT_ONCE:
            break
    ids = [each.id for each in found]
    opened = {
        row.id: row.opened_at
        for row in db.session.execute(db.select(Offer.id, Offer.opened_at).where(Offer.id.in_(ids)))
    }
    owners = {
        one.id: one
        for one in db.session.scalars(
            db.select(Organisation).where(
                Organisation.id.in_({each.organisation_id for each in found})
            )
        )
    }
    return [
        (each, owners[each.organisation_id], offers.day_of(opened[each.id] or at)) for each in found
    ]


@dataclass
class _Reading:
    """One offer, read for proposals of courses."""

    offer: OpenOffer
    owner: Organisation
    opened: date
    rates: Mapping[str, Rate]
    found: Offered

    def __post_init__(self) -> None:
        self.found.names[self.offer.id] = {
            "organisation_id": self.owner.id, "es": self.owner.name_es, "en": self.owner.name_en,
            "title": self.offer.terms.title, "lang": self.offer.terms.lang,
            "in_cash": [each.line for each in self.offer.terms.lines if each.form != IN_KIND],
        }  # fmt: skip

    @property
    def is_hosting(self) -> bool:
        return HOST in self.offer.terms.roles

    @property
    def is_once(self) -> bool:
        return self.offer.terms.kind == ONE_TIME

    def host(self, courses: int) -> Host:
        terms = self.offer.terms
        whole = [each.line for each in terms.lines if each.amount is None]
        for each in terms.lines:
            if each.amount is not None:
                self.leave_out(PART_OF_HOST, line=_line(each.line))
        return Host(
            self.offer.id, self.owner.country or "", terms.seats_max,
            (Span(terms.window_from, terms.window_to),), frozenset(terms.languages),
            frozenset(terms.themes), tuple(sorted(whole)),
            1 if self.is_once else courses,
        )  # fmt: skip

    def sponsor(self) -> Sponsor | None:
        """What it pays or covers; None where nothing of it can be counted."""
        terms = self.offer.terms
        if not terms.lines:
            self.leave_out(NO_LINE)
            return None
        amount = self._cents(terms.amount, terms.currency)
        if terms.amount is not None and amount is None:
            return None
        shares = [share for each in terms.lines if (share := self._share(each))]
        if not shares:
            return None
        return Sponsor(
            self.offer.id, tuple(shares), amount, frozenset(terms.countries),
            frozenset(terms.themes), frozenset(terms.languages),
            Span(terms.window_from, _first(terms.window_to, terms.last_spending_on)),
            1 if self.is_once else None,
        )  # fmt: skip

    def _share(self, said: Line) -> Share | None:
        amount = self._cents(said.amount, said.currency or self.offer.terms.currency)
        if said.amount is not None and amount is None:
            return None
        # "As needed" without any sum behind it is no money that could be counted: the line is covered.
        is_open = said.amount is None and self.offer.terms.amount is None
        return Share(said.line, said.form == IN_KIND or is_open, amount)

    def _cents(self, amount: Decimal | None, currency: str) -> int | None:
        if amount is None:
            return None
        rate = self.rates.get(currency or money.PLANNED_IN)
        if rate is None:
            self.leave_out(NO_RATE, currency=Text(currency, currency))
            return None
        return int(money.convert(amount, rate.usd).scaleb(2))

    def leave_out(self, why: Text, **values: Text) -> None:
        """Say once that the offer counts not, or not in full."""
        offer = Text(f"{self.owner.name_es}, «{self.offer.terms.title}»",
                     f"{self.owner.name_en}, “{self.offer.terms.title}”")  # fmt: skip
        told = say(why.es, why.en, offer=offer, **values)
        if told not in self.found.left_out:
            self.found.left_out.append(told)


PART_OF_HOST = Text(
    "{offer}: de una sede se cuentan los rubros que cubre por completo, y de este solo ofrece una "
    "parte: {line}.",
    "{offer}: of a host the lines count that it covers in full, and of this one it offers a part: "
    "{line}.",
)
NO_LINE = Text(
    "{offer}: no nombra ningún rubro.", "{offer}: it names no cost line.",
)  # fmt: skip
HOSTS = Text(
    "{offer}: ya es la sede de {courses}; se cuenta lo que queda.",
    "{offer}: it hosts {courses} already; what is left counts.",
)
HOSTED = Text(
    "{offer}: ya es la sede de {courses} y no ofrece más.",
    "{offer}: it hosts {courses} already, and offers no more.",
)
NO_DAY_LEFT = Text(
    "{offer}: sus días están ocupados por otros cursos de la misma sede.",
    "{offer}: its days are taken by other courses of the same host.",
)
PAYS = Text(
    "{offer}: ya se usa en {courses}; se cuenta lo que queda.",
    "{offer}: it is used in {courses} already; what is left counts.",
)
SPENT = Text(
    "{offer}: ya se usa en {courses} y no queda más.",
    "{offer}: it is used in {courses} already, and nothing is left.",
)
NO_RATE = Text(
    "{offer}: no hay tipo de cambio para {currency}.",
    "{offer}: there is no exchange rate for {currency}.",
)


def listed_as(references: Iterable[str]) -> Text:
    """Courses by their references."""
    return listed(Text(each, each) for each in references)


def _line(code: str) -> Text:
    return Text(*(COST_LINES.label(code, lang).lower() for lang in ("es", "en")))


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)
