"""How is an offer drawn: in a list, on its page, in its history?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from app.extensions import db
from app.formats.numbers import write_number
from app.formats.words import N_
from app.funding.offers import codes, grid, queries
from app.funding.offers.forms import LABELS
from app.funding.offers.models import Offer, OfferLine
from app.funding.offers.queries import state_now
from app.funding.offers.terms import HOST, Terms
from app.policy.actor import Actor
from app.policy.engine import allowed
from app.policy.permissions import Permission
from app.web import locale
from app.workflow.tables import OFFER

PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("The offer"), ("kind", "roles", "text", "provider_type", "contact")),
    (N_("The training"), ("themes", "profiles", "level", "days", "hours_per_day", "seats_min",
                          "seats_max", "modalities", "languages", "countries")),
    (N_("When"), ("date_known", "window_from", "window_to", "remind_on", "valid_until",
                  "last_spending_on")),
    (N_("Conditions"), ("nomination", "vetting", "ratio", "rank", "clearance", "host_needed",
                        "named_to_sponsors")),
    (N_("Materials"), ("materials", "licence", "certificate", "prior_editions")),
)  # fmt: skip
"""The parts of an offer's page, each with its fields; a part in which nothing was said is left out."""
READ_AS = LABELS | {
    "kind": N_("How often"),
    "roles": N_("Role"),
    "text": N_("In their own words"),
    "provider_type": N_("Kind of organisation"),
    "date_known": N_("Date known"),
    "remind_on": N_("Reminder"),
    "host_needed": N_("Host needed"),
    "named_to_sponsors": N_("Sponsors may be told who hosts"),
}
"""What an answer is called for somebody who reads it and was not asked."""
FOR_FEW = frozenset({"remind_on", "named_to_sponsors"})
"""What only one's own people and the Secretariat read."""
TOLD = {
    "open": N_("Opened"),
    "edit": N_("Changed"),
    "renew": N_("Renewed"),
    "withdraw": N_("Withdrawn"),
    "expire": N_("Expired by itself"),
}
"""Verb -> what it is called in an offer's history."""


@dataclass(frozen=True)
class Row:
    """An offer in a list."""

    id: str
    title: str
    lang: str
    by: str
    roles: str
    covers: str
    valid_until: date | None
    state: str
    is_demonstration: bool
    waits_for_date: bool


def rows(actor: Actor, offers: Sequence[Offer], *, with_lines: bool = True) -> list[Row]:
    """Offers as a list shows them, in the order given; two statements, however many there are."""
    owners = queries.owners(actor, offers)
    covered = _covered(offers) if with_lines else {}
    drawn = []
    for offer in offers:
        owner = owners.get(offer.organisation_id)
        named = [codes.label("line", line) for line in covered.get(offer.id, ())]
        drawn.append(Row(
            id=offer.id, title=offer.title, lang=offer.lang,
            by=owner.name(locale.lang()) if owner else actor.organisation_name,
            roles="; ".join(codes.label("roles", role) for role in offer.roles),
            covers="; ".join(named), valid_until=offer.valid_until, state=state_now(offer),
            is_demonstration=offer.is_demonstration,
            waits_for_date=HOST in offer.roles and offer.date_known is False,
        ))  # fmt: skip
    return drawn


def _covered(offers: Sequence[Offer]) -> dict[str, list[str]]:
    """Offer -> the cost lines that it covers now, in the order of the list."""
    editions = {offer.id: offer.edition for offer in offers}
    found: dict[str, list[str]] = {}
    query = db.select(OfferLine.offer_id, OfferLine.edition, OfferLine.line)
    for row in db.session.execute(query.where(OfferLine.offer_id.in_(sorted(editions)))):
        if editions[row.offer_id] == row.edition:
            found.setdefault(row.offer_id, []).append(row.line)
    order = [code.key for code in grid.lines()]
    return {
        offer_id: sorted(lines, key=lambda line: order.index(line) if line in order else len(order))
        for offer_id, lines in found.items()
    }


@dataclass(frozen=True)
class Part:
    """A heading of an offer's page, and what was said below it."""

    title: str
    answers: tuple[tuple[str, str], ...]


def parts(terms: Terms, *, is_whole: bool) -> list[Part]:
    """What was said, part by part; what was not is left out, and what is for the few unless whole."""
    found = []
    for title, names in PARTS:
        read = (name for name in names if is_whole or name not in FOR_FEW)
        said = ((_(READ_AS[name]), say(terms, name)) for name in read)
        found.append(Part(_(title), tuple(answer for answer in said if answer[1])))
    return [part for part in found if part.answers]


def say(terms: Terms, name: str) -> str:
    """An answer in the reader's language; "" where there is none."""
    value = getattr(terms, name)
    if name == "countries" and not value:
        return _("All countries")
    if name == "date_known" and value is not None:
        return _("Yes") if value else _("To be communicated")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, tuple):
        return "; ".join(codes.label(name, code) for code in value)
    if isinstance(value, date):
        return locale.show_date(value)
    if isinstance(value, int):
        return locale.show_number(value)
    if name in ("kind", "provider_type", "level"):
        return codes.label(name, value) if value else ""
    return value or ""


def lines(terms: Terms) -> list[tuple[str, str, str]]:
    """(line, how, how much) of what is covered, in the order of the list."""
    known = {one.line: one for one in terms.lines}
    drawn = [
        (code.label.say(locale.lang()), codes.label("form", one.form),
         f"{grid.written(one)} {one.currency}" if one.amount is not None else _("As needed"))
        for code in grid.lines() if (one := known.get(code.key))
    ]  # fmt: skip
    if terms.amount is not None:
        whole = write_number(terms.amount, locale.locale(), places=2, least=2)
        drawn.append((_("At most, in all"), "", f"{whole} {terms.currency}"))
    return drawn


@dataclass(frozen=True)
class Told:
    """One thing that happened to an offer."""

    what: str
    at: datetime
    by: str
    reason: str
    valid_until: date


def history(offer: Offer, *, named: bool) -> list[Told]:
    """What happened, newest first; who did it is for one's own people and the Secretariat."""
    return [
        Told(_(TOLD[move.verb]), move.at, move.by_name if named else "",
             move.reason if named else "", move.valid_until)
        for move in queries.moves(offer)
    ]  # fmt: skip


def verbs(actor: Actor, offer: Offer) -> frozenset[str]:
    """What the actor may do with the offer as it stands."""
    if not allowed(actor, Permission.OFFER_WRITE, offer):
        return frozenset()
    state = state_now(offer)
    return frozenset(verb for verb in OFFER.verbs if verb != "expire" and OFFER.may(state, verb))
