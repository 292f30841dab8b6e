"""Who is told that sponsors were sent, read or answered a summary of a need?

A sponsor's connection may promise this and know no more: whom it concerns is found out afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.extensions import db
from app.intake.hands import told_of_step
from app.notices.telling import to_tell
from app.outbox import post
from app.outbox.deeds import Write, deed
from app.policy.roles import CERTIFIERS
from app.summaries.models import Summary, SummaryRelease

SENT, ROUTED, ASKED = "summary-sent-step", "routing-step", "country-asked-step"


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


def revealed(summary_id: str, routing_id: str) -> None:
    """Promise to tell that a sponsor was let know the country."""
    post.to_do(SENT, summary=summary_id, event=f"revealed:{routing_id}", step="revealed")


@deed(ASKED)
def country_is_asked(params: Mapping[str, Any]) -> Write:
    """Write to those who speak for the country."""
    release = db.session.get_one(SummaryRelease, params["released"])
    to, routing = release.organisation_id, params["routing"]
    return lambda: post.to_roles(to, CERTIFIERS, "country-asked", routing=routing)


@deed(SENT)
def told_of_sending(params: Mapping[str, Any]) -> Write:
    """Tell those who had a hand in the need."""
    return _to_tell(params["summary"], params.get("step", "sent"), params["event"])


@deed(ROUTED)
def told_of_routing(params: Mapping[str, Any]) -> Write:
    """Tell those who had a hand in the need that was released so; without the sponsor's name."""
    release = db.session.get_one(SummaryRelease, params["released"])
    return _to_tell(release.summary_id, params["step"], params["event"])


def _to_tell(summary_id: str, step: str, event: str) -> Write:
    summary = db.session.get_one(Summary, summary_id)
    return to_tell(told_of_step(summary.need_id, step, event=event, subject_id=summary.id))
