"""What do messages about summaries say? To a country its reference, to a sponsor the summary's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.extensions import db
from app.intake.models import Dossier
from app.outbox.kinds import mail_about, mail_with_link
from app.summaries.models import ReleasedSummary, Routing, Summary

mail_with_link("sponsor-answered", "/summaries/routings/{routing}")
mail_with_link("question-asked", "/summaries/routings/{routing}")
mail_with_link("question-replied", "/summaries/routings/{routing}")
mail_with_link("country-requested", "/summaries/routings/{routing}")
mail_with_link("country-decided", "/summaries/routings/{routing}")
mail_with_link("country-asked", "/summaries/routings/{routing}/country")
mail_with_link("question-passed", "/summaries/relays/{relay}")
mail_with_link("question-reminded", "/summaries/relays/{relay}")


def _of_need(params: Mapping[str, Any]) -> str:
    summary = db.session.get_one(Summary, params["summary"])
    return db.session.get_one(Dossier, summary.need_id).reference


def _as_released(params: Mapping[str, Any]) -> str:
    """The random reference of what a sponsor was sent: no theme and no country."""
    routing = db.session.get_one(Routing, params["routing"])
    return db.session.get_one(ReleasedSummary, routing.released_id).reference


mail_about(
    "summary-changed", "summary-decided", "summary-silence", "summary-sent", "summary-recalled",
    "summary-followed",
    path="/summaries/{summary}", reference=_of_need,
)  # fmt: skip
mail_about(
    "summary-received", "question-answered", "country-answered", "country-request-closed",
    path="/received/{routing}", reference=_as_released,
)  # fmt: skip
