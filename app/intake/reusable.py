"""From which of its records may a delegation begin a new one?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func

from app.calls.models import Call
from app.extensions import db
from app.intake.models import Dossier, Draft
from app.policy.actor import Actor
from app.web.keyset import Page, page_of

TITLE = func.coalesce(
    db.select(Draft.title)
    .where(Draft.dossier_id == Dossier.id, Draft.organisation_id == Dossier.organisation_id)
    .order_by(Draft.opened_at.desc(), Draft.id)
    .limit(1)
    .correlate(Dossier)
    .scalar_subquery(),
    "",
)
"""What a record is called: every version was once a draft, which keeps its title."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which records were asked for: of one call or of all, with some words, behind a mark."""

    call: str = ""
    words: str = ""
    after: str = ""

    def query(self, **changes: Any) -> dict[str, str]:
        """The words of an address that asks for this, with changes."""
        asked = replace(self, **changes)
        said = {"call": asked.call, "words": asked.words, "after": asked.after}
        return {name: value for name, value in said.items() if value}


def wanted(asked: Mapping[str, str]) -> Wanted:
    """What a request's words ask for."""
    return Wanted(
        call=asked.get("call", "")[:40],
        words=asked.get("words", "").strip()[:100],
        after=asked.get("after", "")[:400],
    )


def list_records(actor: Actor, format_name: str, asked: Wanted) -> Page:
    """The delegation's own records of a form but those discarded, those changed last first."""
    query = _own(actor, format_name)
    if asked.call:
        query = query.where(Dossier.call_id == asked.call)
    if asked.words:
        said = func.lower(TITLE + " " + Dossier.reference)
        query = query.where(said.contains(asked.words.lower(), autoescape=True))
    return page_of(query, Dossier.changed_at, Dossier.id, asked.after)


def call_before(actor: Actor, format_name: str, call: Call) -> Call | None:
    """The last call before this one to which the delegation wrote something."""
    has_records = _own(actor, format_name).where(Dossier.call_id == Call.id).correlate(Call)
    earlier = (
        db.select(Call)
        .where(Call.opens_at < call.opens_at, has_records.exists())
        .order_by(Call.opens_at.desc(), Call.id)
    )
    return db.session.scalar(earlier.limit(1))


def _own(actor: Actor, format_name: str) -> Select[Any]:
    return db.select(
        Dossier.id, Dossier.reference, Dossier.state, Dossier.changed_at, TITLE.label("title")
    ).where(
        Dossier.organisation_id == actor.organisation_id, Dossier.format_name == format_name,
        Dossier.state != "discarded",
    )  # fmt: skip
