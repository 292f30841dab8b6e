"""Who is told that sponsors were sent, read or answered a summary of a need?

A sponsor's connection may promise this and know no more: whom it concerns is found out afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import func, update

from app import clock
from app.db.changing import changed
from app.extensions import db
from app.intake.hands import told_of_step
from app.notices.telling import to_tell
from app.organisations.models import Organisation
from app.outbox import post
from app.outbox.deeds import Write, deed
from app.policy.roles import CERTIFIERS, SPONSORS
from app.summaries.models import (
    CountryDecision,
    CountryRequest,
    CountryReveal,
    Routing,
    Summary,
    SummaryRelease,
)
from app.workflow import tables

SENT, ROUTED, ASKED = "summary-sent-step", "routing-step", "country-asked-step"
SAID = "country-said-step"


def sent(summary_id: str, released_id: str) -> None:
    """Promise to tell that a summary went to sponsors; once for each release."""
    post.to_do(SENT, summary=summary_id, event=f"sent:{released_id}")


def read(routing_id: str, released_id: str) -> None:
    """Promise to tell that a sponsor opened the summary for the first time."""
    post.to_do(ROUTED, released=released_id, step="read", event=f"read:{routing_id}")


def answered(routing_id: str, released_id: str, at: str) -> None:
    """Promise to tell that a sponsor answered."""
    post.to_do(ROUTED, released=released_id, step="answered", event=f"answered:{routing_id}:{at}")


def country_asked(request_id: str, routing_id: str, released_id: str) -> None:
    """Promise to tell the country that a sponsor asks to know it."""
    post.to_do(ASKED, released=released_id, routing=routing_id)
    post.to_do(ROUTED, released=released_id, step="country-asked", event=f"asked:{request_id}")


def word_said(request_id: str, organisation_id: str) -> None:
    """Promise to look whether every country of a group has said its word."""
    post.to_do(SAID, request=request_id, by=organisation_id)


def revealed(summary_id: str, routing_id: str) -> None:
    """Promise to tell that a sponsor was let know the country."""
    post.to_do(SENT, summary=summary_id, event=f"revealed:{routing_id}", step="revealed")


@deed(ASKED)
def country_is_asked(params: Mapping[str, Any]) -> Write:
    """Write to those who speak for the country."""
    routing = params["routing"]
    known = db.select(CountryReveal.country).where(CountryReveal.routing_id == routing)
    asked = db.session.scalars(
        db.select(Organisation.id)
        .join(SummaryRelease, SummaryRelease.organisation_id == Organisation.id)
        .where(SummaryRelease.released_id == params["released"],
               SummaryRelease.is_named.is_(False), Organisation.country.not_in(known))
        .distinct().order_by(Organisation.id)
    ).all()  # fmt: skip

    def write() -> None:
        for country in asked:
            post.to_roles(country, CERTIFIERS, "country-asked", routing=routing)

    return write


@deed(SAID)
def all_words_said(params: Mapping[str, Any]) -> Write:
    """Close a request about a group once each country that it does not name has said its word."""
    request = db.session.get_one(CountryRequest, params["request"])
    words = words_on(request)
    told = db.select(CountryReveal.country).where(CountryReveal.routing_id == request.routing_id)
    silent = db.session.scalar(
        db.select(func.count())
        .select_from(SummaryRelease)
        .join(Routing, Routing.released_id == SummaryRelease.released_id)
        .join(Organisation, Organisation.id == SummaryRelease.organisation_id)
        .where(Routing.id == request.routing_id, SummaryRelease.is_named.is_(False),
               SummaryRelease.organisation_id.not_in(list(words)),
               Organisation.country.not_in(told))
    )  # fmt: skip
    if silent or request.state != "asked":
        return lambda: None
    is_told = words.get(params.get("by", "")) == "revealed"  # of that the sponsor had its own mail
    return lambda: close_request(request, words.values(), is_told=is_told)


def words_on(request: CountryRequest) -> dict[str, str]:
    """Country's organisation -> its last word on a request."""
    rows = db.session.execute(
        db.select(CountryDecision.organisation_id, CountryDecision.decision)
        .where(CountryDecision.request_id == request.id)
        .order_by(CountryDecision.decided_at, CountryDecision.id)
    )
    return {row.organisation_id: row.decision for row in rows}


def close_request(
    request: CountryRequest, words: Collection[str], *, is_told: bool = False
) -> None:
    """End a request about a group, which may be asked anew from then on, and say so to the sponsor."""
    verb = "reveal" if "revealed" in words else "decline"
    closed = changed(
        db.session(),
        update(CountryRequest)
        .where(CountryRequest.id == request.id, CountryRequest.state == "asked")
        .values(state=tables.REVEAL.after("asked", verb), answered_at=clock.now())
        .execution_options(synchronize_session=False),
    )
    if closed and not is_told:
        post.to_roles(request.sponsor_id, SPONSORS, "country-request-closed",
                      routing=request.routing_id)  # fmt: skip


@deed(SENT)
def told_of_sending(params: Mapping[str, Any]) -> Write:
    """Tell those who had a hand in the need."""
    return _to_tell(params["summary"], params.get("step", "sent"), params["event"])


@deed(ROUTED)
def told_of_routing(params: Mapping[str, Any]) -> Write:
    """Tell those who had a hand in the need that was released so; without the sponsor's name."""
    members = db.session.scalars(
        db.select(SummaryRelease.summary_id)
        .where(SummaryRelease.released_id == params["released"])
        .order_by(SummaryRelease.place)
    ).all()
    writes = [_to_tell(each, params["step"], params["event"]) for each in members]

    def write() -> None:
        for each in writes:
            each()

    return write


def _to_tell(summary_id: str, step: str, event: str) -> Write:
    summary = db.session.get_one(Summary, summary_id)
    return to_tell(told_of_step(summary.need_id, step, event=event, subject_id=summary.id))
