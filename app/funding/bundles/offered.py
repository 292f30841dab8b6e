"""Who would host and who would pay, as proposals of courses see it, and which offers are left out and why?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from app import money
from app.bundling.world import Host, Share, Span, Sponsor
from app.extensions import db
from app.formats.spec import Text
from app.funding.courses import rates
from app.funding.courses.lists import COST_LINES
from app.funding.courses.rates import Rate
from app.funding.offers import queries as offers
from app.funding.offers.queries import AT_ONCE, OpenOffer
from app.funding.offers.terms import HOST, Line
from app.matching.wording import say
from app.organisations.models import Organisation
from app.policy.actor import Actor

IN_KIND = "in_kind"
ONE_TIME = "one_time"


@dataclass
class Offered:
    """Hosts and sponsors, how they are called, and what was left out."""

    hosts: list[Host] = field(default_factory=list)
    sponsors: list[Sponsor] = field(default_factory=list)
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    left_out: list[Text] = field(default_factory=list)


def offered(actor: Actor, at: datetime, courses_of_host: int) -> Offered:
    """What the offers open at an instant come to."""
    found, known = Offered(), rates.known()
    for offer, owner in _open(actor, at):
        found.names[offer.id] = {
            "organisation_id": owner.id, "es": owner.name_es, "en": owner.name_en,
            "title": offer.terms.title, "lang": offer.terms.lang,
        }  # fmt: skip
        reader = _Reading(offer, owner, known, found.left_out)
        if HOST in offer.terms.roles:
            found.hosts.append(reader.host(courses_of_host))
        elif sponsor := reader.sponsor():
            found.sponsors.append(sponsor)
    return found


def _open(actor: Actor, at: datetime) -> Iterable[tuple[OpenOffer, Organisation]]:
    listed: list[OpenOffer] = []
    while page := offers.open_as_of(actor, at, after=listed[-1].id if listed else ""):
        listed += page
        if len(page) < AT_ONCE:
            break
    ids = sorted({each.organisation_id for each in listed})
    owners = {
        one.id: one
        for one in db.session.scalars(db.select(Organisation).where(Organisation.id.in_(ids)))
    }
    return [(each, owners[each.organisation_id]) for each in listed]


@dataclass
class _Reading:
    """One offer, read for proposals of courses."""

    offer: OpenOffer
    owner: Organisation
    rates: Mapping[str, Rate]
    left_out: list[Text]

    def host(self, courses: int) -> Host:
        terms = self.offer.terms
        whole = [each.line for each in terms.lines if each.amount is None]
        for each in terms.lines:
            if each.amount is not None:
                self._leave_out(PART_OF_HOST, line=_line(each.line))
        return Host(
            self.offer.id, self.owner.country or "", terms.seats_max,
            (Span(terms.window_from, terms.window_to),), frozenset(terms.languages),
            frozenset(terms.themes), tuple(sorted(whole)),
            1 if terms.kind == ONE_TIME else courses,
        )  # fmt: skip

    def sponsor(self) -> Sponsor | None:
        """What it pays or covers; None where nothing of it can be counted."""
        terms = self.offer.terms
        if not terms.lines:
            self._leave_out(NO_LINE)
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
            1 if terms.kind == ONE_TIME else None,
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
            self._leave_out(NO_RATE, currency=Text(currency, currency))
            return None
        return int(money.convert(amount, rate.usd).scaleb(2))

    def _leave_out(self, why: Text, **values: Text) -> None:
        offer = Text(f"{self.owner.name_es}, «{self.offer.terms.title}»",
                     f"{self.owner.name_en}, “{self.offer.terms.title}”")  # fmt: skip
        told = say(why.es, why.en, offer=offer, **values)
        if told not in self.left_out:
            self.left_out.append(told)


PART_OF_HOST = Text(
    "{offer}: de una sede se cuentan los rubros que cubre por completo, y de este solo ofrece una "
    "parte: {line}.",
    "{offer}: of a host the lines count that it covers in full, and of this one it offers a part: "
    "{line}.",
)
NO_LINE = Text(
    "{offer}: no nombra ningún rubro.", "{offer}: it names no cost line.",
)  # fmt: skip
NO_RATE = Text(
    "{offer}: no hay tipo de cambio para {currency}.",
    "{offer}: there is no exchange rate for {currency}.",
)


def _line(code: str) -> Text:
    return Text(*(COST_LINES.label(code, lang).lower() for lang in ("es", "en")))


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)
