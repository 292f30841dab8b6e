"""What do messages about summaries say? To a country its reference, to a sponsor the summary's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.extensions import db
from app.intake.models import Dossier
from app.outbox.kinds import mail_kind, mail_with_link
from app.outbox.recipients import Addressee
from app.summaries.models import ReleasedSummary, Routing, Summary

mail_with_link("sponsor-answered", "/summaries/routings/{routing}")
mail_with_link("question-asked", "/summaries/routings/{routing}")
mail_with_link("question-replied", "/summaries/routings/{routing}")
mail_with_link("country-requested", "/summaries/routings/{routing}")
mail_with_link("country-decided", "/summaries/routings/{routing}")
mail_with_link("country-asked", "/summaries/routings/{routing}/country")
mail_with_link("question-passed", "/summaries/relays/{relay}")
mail_with_link("question-reminded", "/summaries/relays/{relay}")


@mail_kind("summary-changed")
@mail_kind("summary-decided")
@mail_kind("summary-silence")
@mail_kind("summary-sent")
@mail_kind("summary-recalled")
@mail_kind("summary-followed")
def about_need(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """For the country and the Secretariat: the need's reference, and the summary's page."""
    summary = db.session.get_one(Summary, params["summary"])
    dossier = db.session.get_one(Dossier, summary.need_id)
    return {"reference": dossier.reference, "path": f"/summaries/{summary.id}"}


@mail_kind("summary-received")
@mail_kind("question-answered")
@mail_kind("country-answered")
def for_sponsor(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """For a sponsor: the random reference of what it was sent. No theme and no country."""
    routing = db.session.get_one(Routing, params["routing"])
    released = db.session.get_one(ReleasedSummary, routing.released_id)
    return {"reference": released.reference, "path": f"/received/{routing.id}"}
