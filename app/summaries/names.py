"""Who knows the country of a summary that was sent without its name, and who asks to know it?

The first functions are all that a sponsor's connection may ask; the others are the country's and the
Secretariat's.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from app.db.errors import Missing
from app.extensions import db
from app.organisations.models import Organisation
from app.policy.actor import Actor
from app.summaries import queries
from app.summaries.contents import Content
from app.summaries.models import (
    CountryDecision,
    CountryRequest,
    CountryReveal,
    ReleasedSummary,
    Routing,
    Summary,
    SummaryRelease,
)
from app.summaries.queries import OpenedSummary


def told(routing_id: str) -> list[str]:
    """The countries that let this sponsor know their name on this summary."""
    return told_of([routing_id]).get(routing_id, [])


def told_of(routing_ids: Collection[str]) -> dict[str, list[str]]:
    """Routing -> the countries that let its sponsor know their name, in the order of their codes."""
    found: dict[str, list[str]] = {}
    for routing_id, country in db.session.execute(
        db.select(CountryReveal.routing_id, CountryReveal.country)
        .where(CountryReveal.routing_id.in_(routing_ids))
        .order_by(CountryReveal.country)
    ):
        found.setdefault(routing_id, []).append(country)
    return found


def newest_request(routing_id: str) -> CountryRequest | None:
    """What a sponsor last asked about the country of a summary."""
    return _request(CountryRequest.routing_id == routing_id)


def open_request(routing_id: str) -> CountryRequest | None:
    """The request to know the country that waits for its word."""
    return _request(CountryRequest.routing_id == routing_id, CountryRequest.state == "asked")


def _request(*conditions: Any) -> CountryRequest | None:
    return db.session.scalar(
        db.select(CountryRequest)
        .where(*conditions)
        .order_by(CountryRequest.asked_at.desc(), CountryRequest.id)
        .limit(1)
    )


@dataclass
class Asked:
    """A sponsor that was sent a summary, in front of the country whose name it may not know."""

    opened: OpenedSummary
    routing: Routing
    sponsor: Organisation
    is_named: bool
    """Whether the summary itself says the country."""
    is_grouped: bool
    """Whether other countries stand in it too, each of which says its word for itself."""

    @property
    def organisation_id(self) -> str:
        return self.opened.organisation_id

    @property
    def country(self) -> str:
        return self.opened.organisation.country or ""


def get(actor: Actor, routing_id: str) -> Asked:
    """What was sent of the delegation's own to a sponsor, and not recalled. Raises Missing."""
    row = db.session.execute(
        db.select(Routing, Organisation, SummaryRelease, ReleasedSummary)
        .join(ReleasedSummary, ReleasedSummary.id == Routing.released_id)
        .join(SummaryRelease, SummaryRelease.released_id == Routing.released_id)
        .join(Organisation, Organisation.id == Routing.sponsor_id)
        .where(Routing.id == routing_id, Routing.state != "recalled",
               SummaryRelease.organisation_id == actor.organisation_id)
        .order_by(SummaryRelease.place)
        .limit(1)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise Missing(routing_id)
    routing, sponsor, release, released = row
    return Asked(queries.get(actor, release.summary_id), routing, sponsor, release.is_named,
                 is_grouped="countries" in released.content)  # fmt: skip


def has_said(asked: Asked, request: CountryRequest) -> bool:
    """Whether the country said its word on a request already."""
    return db.session.scalar(
        db.select(CountryDecision.id)
        .where(CountryDecision.request_id == request.id,
               CountryDecision.organisation_id == asked.organisation_id)
        .limit(1)
    ) is not None  # fmt: skip


def last_word(asked: Asked) -> CountryDecision | None:
    """What the country last said about its name to this sponsor."""
    return db.session.scalar(
        db.select(CountryDecision)
        .where(CountryDecision.routing_id == asked.routing.id,
               CountryDecision.organisation_id == asked.organisation_id)
        .order_by(CountryDecision.decided_at.desc(), CountryDecision.id)
        .limit(1)
    )  # fmt: skip


def all_known(content: Content, told: Collection[str]) -> bool:
    """Whether a sponsor knows every country of a summary: said in it, or told to that sponsor."""
    if "countries" not in content:
        return bool(content["country"] or told)
    return len({*said_in(content), *told}) >= content["of_countries"]


def known(routing_id: str) -> set[str]:
    """The countries that a sponsor knows of what it was sent: said in it, or told to that sponsor."""
    content = db.session.scalar(
        db.select(ReleasedSummary.content)
        .join(Routing, Routing.released_id == ReleasedSummary.id)
        .where(Routing.id == routing_id)
    )
    said = said_in(content) if content else ()
    return {*said, *told(routing_id)}


def said_in(content: Content) -> list[str]:
    """The countries whose names stand in a summary, of one need or of a group's."""
    own = [content["country"]] if content["country"] else []
    return [*own, *content.get("countries", ())]


def unknown_to(actor: Actor, routing_id: str) -> list[OpenedSummary]:
    """The summaries behind what was sent whose countries that sponsor does not know; for the Secretariat."""
    known = told(routing_id)
    found = db.session.scalars(
        db.select(SummaryRelease.summary_id)
        .join(Routing, Routing.released_id == SummaryRelease.released_id)
        .where(Routing.id == routing_id, SummaryRelease.is_named.is_(False))
        .order_by(SummaryRelease.place)
    ).all()
    opened = queries.get_all(actor, found)
    return [each for each in opened if each.organisation.country not in known]


def requests_of(summary: Summary) -> dict[str, CountryRequest]:
    """Routing -> the last request to know the country, for every release of a summary."""
    found = db.session.scalars(
        db.select(CountryRequest)
        .join(Routing, Routing.id == CountryRequest.routing_id)
        .join(SummaryRelease, SummaryRelease.released_id == Routing.released_id)
        .where(SummaryRelease.summary_id == summary.id,
               SummaryRelease.organisation_id == summary.organisation_id)
        .order_by(CountryRequest.asked_at.desc(), CountryRequest.id)
        .limit(queries.SPONSORS_LIMIT)
    ).all()  # fmt: skip
    return {each.routing_id: each for each in reversed(found)}


def decisions_of(summary: Summary) -> dict[str, CountryDecision]:
    """Routing -> the country's last word about its name, for every release of a summary."""
    found = db.session.scalars(
        db.select(CountryDecision)
        .join(SummaryRelease, SummaryRelease.organisation_id == CountryDecision.organisation_id)
        .join(Routing, Routing.released_id == SummaryRelease.released_id)
        .where(CountryDecision.routing_id == Routing.id,
               SummaryRelease.summary_id == summary.id,
               SummaryRelease.organisation_id == summary.organisation_id)
        .order_by(CountryDecision.decided_at.desc(), CountryDecision.id)
        .limit(queries.SPONSORS_LIMIT)
    ).all()  # fmt: skip
    return {each.routing_id: each for each in reversed(found)}
