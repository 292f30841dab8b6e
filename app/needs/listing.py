"""Which needs stand on this page of the list, under these filters and in this order?

Paged by the last row seen, never by a number: the first and the thousandth page cost the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, and_, case, func, true

from app.calls.models import Call
from app.extensions import db
from app.intake.models import Dossier, Draft, Version
from app.intake.queries import is_uncertified
from app.needs.models import Need, NeedCode, NeedFact
from app.needs.queries import visible_to
from app.organisations.models import Organisation
from app.policy.actor import Actor
from app.web.keyset import Page, in_order, page_of
from app.workflow.tables import DOSSIER

TITLE = func.coalesce(func.nullif(Draft.title, ""), Version.title, "")
CHANGED = func.coalesce(case((Draft.closed_at.is_(None), Draft.saved_at)), Dossier.changed_at)
"""When a word of it last changed, for whoever may see the draft."""
READY = case((Draft.closed_at.is_(None), Draft.ready_at))
ORDERS: dict[str, tuple[Any, bool]] = {
    "changed": (CHANGED, True),
    "reference": (Dossier.reference, False),
    "title": (TITLE, False),
    "country": (Organisation.country, False),
    "participants": (func.coalesce(NeedFact.participants, 0), True),
    "urgency": (func.coalesce(NeedFact.urgency, 1000), False),
}
"""Name of an order -> what is compared, and whether the greatest comes first."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the reader asked of the list. Unknown words have been replaced by the ordinary ones."""

    call: str = ""
    state: str = ""
    country: str = ""
    theme: str = ""
    words: str = ""
    order: str = "changed"
    after: str = ""
    all_columns: bool = False

    @property
    def is_filtered(self) -> bool:
        return bool(self.call or self.state or self.country or self.theme or self.words)

    def query(self, **changes: Any) -> dict[str, str]:
        """The words of an address that asks for this, with changes."""
        asked = replace(self, **changes)
        said = {
            "call": asked.call, "state": asked.state, "country": asked.country,
            "theme": asked.theme, "words": asked.words, "after": asked.after,
            "order": asked.order if asked.order != "changed" else "",
            "columns": "all" if asked.all_columns else "",
        }  # fmt: skip
        return {name: value for name, value in said.items() if value}


def wanted(asked: Any) -> Wanted:
    """What a request's words ask for; nonsense is left out rather than refused."""
    state, order = asked.get("state", ""), asked.get("order", "")
    return Wanted(
        call=asked.get("call", "")[:40],
        state=state if state in DOSSIER.states else "",
        country=asked.get("country", "")[:2],
        theme=asked.get("theme", "")[:40],
        words=asked.get("words", "").strip()[:100],
        order=order if order in ORDERS else "changed",
        after=asked.get("after", "")[:400],
        all_columns=asked.get("columns") == "all",
    )


COLUMNS = (
    Dossier.id, Dossier.reference, TITLE.label("title"), Dossier.state, CHANGED.label("changed_at"),
    Dossier.versions_count, Organisation.country, Organisation.name_es, Organisation.name_en,
    Call.code.label("call_code"), Version.receipt, Version.certified_at, Version.certified_name,
    NeedFact.themes, NeedFact.participants, NeedFact.women, NeedFact.men, NeedFact.not_stated,
    NeedFact.course_hours, NeedFact.participant_hours, NeedFact.duration_band, NeedFact.modality,
    NeedFact.urgency, Draft.id.label("draft_id"), READY.label("ready_at"), Dossier.on_behalf,
)  # fmt: skip


def rows_of(actor: Actor, asked: Wanted, columns: Sequence[Any] = COLUMNS) -> Select[Any]:
    """The rows of the list, without an order."""
    own_draft = and_(is_uncertified(), Draft.organisation_id == actor.organisation_id)
    return (
        db.select(*columns)
        .select_from(Dossier)
        .join(Need, Need.id == Dossier.id)
        .join(Organisation, Organisation.id == Dossier.organisation_id)
        .join(Call, Call.id == Need.call_id)
        .outerjoin(Draft, own_draft)
        .outerjoin(Version, Version.id == Dossier.latest_version_id)
        .outerjoin(NeedFact, NeedFact.version_id == Dossier.latest_version_id)
        .where(visible_to(actor), *_filters(asked))
    )


def _filters(asked: Wanted) -> Iterator[Any]:
    if asked.call:
        yield Need.call_id == asked.call
    # What was discarded stands in no list but the one that asks for it.
    yield Dossier.state == asked.state if asked.state else Dossier.state != "discarded"
    if asked.country:
        yield Organisation.country == asked.country
    if asked.words:
        yield func.lower(TITLE + " " + Dossier.reference).contains(
            asked.words.lower(), autoescape=True
        )
    if asked.theme:
        yield (
            db.select(true())
            .where(NeedCode.version_id == Dossier.latest_version_id,
                   NeedCode.dimension == "theme", NeedCode.code == asked.theme)
            .exists()
        )  # fmt: skip


def list_needs(actor: Actor, asked: Wanted) -> Page:
    """One page of the list."""
    value, descending = ORDERS[asked.order]
    return page_of(rows_of(actor, asked), value, Dossier.id, asked.after, ascending=not descending)


def all_rows(actor: Actor, asked: Wanted, sources: Iterable[str], limit: int) -> Sequence[Any]:
    """The named values of every row of the list, in its order, for a file: one question, one moment.

    Asked of the connection itself: ten thousand rows need not pass through the session one by one.
    """
    shown = set(sources)
    value, descending = ORDERS[asked.order]
    columns = [column for column in COLUMNS if column.key in shown]
    order = in_order(value, Dossier.id, ascending=not descending)
    query = rows_of(actor, asked, columns).order_by(*order).limit(limit)
    return db.session.connection().execute(query).all()
