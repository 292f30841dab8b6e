"""What happened to a record, one event after another: who, when, from what to what?

A saved answer's audit event is its history. What a draft was copied or brought in with is one event for
all its answers: the first page of the history of each. A draft that was opened from a version begins with
that version's answers, which no event of the draft tells.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import and_, or_, select

from app.audit.models import AuditEvent
from app.db.errors import Missing
from app.extensions import db
from app.formats.hidden import is_hidden
from app.formats.spec import Format, Klass
from app.formats.words import N_
from app.intake import published
from app.intake.answers import Place
from app.intake.history import (
    BEGINNINGS,
    BROUGHT_BACK,
    COPIED,
    FILLED,
    REMOVED,
    value_in,
)
from app.intake.models import Draft, Version
from app.intake.names import names
from app.intake.opened import Opened
from app.intake.prefilled import answers_in
from app.intake.sealed.at_rest import NOWHERE, Reading, document_in
from app.intake.sealed.opening import OPENED
from app.intake.sealed.sealing import Carried
from app.policy.actor import Actor
from app.web.keyset import Page, page_of

SAVED = "answer-saved"
WORDS = {
    SAVED: N_("wrote"),
    "row-added": N_("added a row"),
    REMOVED: N_("removed a row"),
    BROUGHT_BACK: N_("brought back a row"),
    "field-taken-over": N_("took over a question somebody was writing in"),
    "dossier-started": N_("started it"),
    COPIED: N_("began it with the answers of an earlier record"),
    FILLED: N_("filled it in from a spreadsheet"),
    "dossier-certified": N_("certified and submitted it"),
    "dossier-returned": N_("returned it for changes"),
    "dossier-reopened": N_("opened the draft for the changes"),
    "dossier-accepted": N_("accepted it"),
    "dossier-revised": N_("began a new version"),
    OPENED: N_("opened what is sealed"),
    "sealed-judged": N_("let Enlace check what is sealed; nobody read it"),
    "draft-ready": N_("said that it is ready to certify"),
    "draft-not-ready": N_("said that it is not ready yet"),
    "dossier-withdrawn": N_("withdrew it"),
    "dossier-discarded": N_("discarded the draft"),
    "dossier-brought-back": N_("brought the draft back"),
    "dossier-draft-dropped": N_("threw the draft of a new version away"),
    "filed": N_("filed what arrived outside Enlace"),
    "filing-taken-over": N_("took the draft over for its delegation"),
    "filing-link-sent": N_("asked the focal point, by a link, to confirm it for the country"),
    "filing-link-revoked": N_("revoked the link by which it was to be confirmed"),
    "filing-link-used": N_("opened the link by which it is confirmed, and answered"),
    "filing-confirmed": N_("confirmed for its country what was filed"),
    "filing-refused": N_("said that it is not its country's"),
}
"""The kinds of event that are a record's history, with what somebody did."""

_E = AuditEvent.__table__
_BEFORE = _E.alias("before")


@dataclass(frozen=True)
class Event:
    """One thing that happened. For an answer `place` says where, `old` and `new` what."""

    id: str
    """Its hash: the number of an event would tell how much everybody else does. For one answer among
    many the hash and the place."""
    at: datetime
    who: str
    kind: str
    place: Place
    format: Format
    """The version of the form in which it was written."""
    draft: str
    """The draft in which it happened; of what happened to the record as a whole, the record."""
    old: Any = None
    new: Any = None
    purpose: str = ""
    """For what somebody opened what is sealed."""


def list_events(
    actor: Actor, opened: Opened, parts: Collection[str], mark: str
) -> tuple[list[Event], Page]:
    """The newest events first, page by page; of these parts only, where any are named."""
    query = (
        select(*_columns(), _BEFORE.c.seq.label("before_seq"), _BEFORE.c.value.label("before"),
               _BEFORE.c.sealed.label("sealed_before"))
        .outerjoin(_BEFORE, and_(
            _BEFORE.c.subject_id == _E.c.subject_id, _BEFORE.c.part == _E.c.part,
            _BEFORE.c.row_id == _E.c.row_id, _BEFORE.c.kind == SAVED,
            _BEFORE.c.revision == _E.c.revision - 1,
        ))
        .where(*_of(opened), _E.c.kind.in_(WORDS))
    )  # fmt: skip
    if parts:
        query = query.where(
            or_(_E.c.part.in_(parts),
                and_(_E.c.kind.in_(BEGINNINGS), _E.c.subject_kind == "draft"))
        )  # fmt: skip
    found = page_of(query, _E.c.at, _E.c.hash, mark)
    return _events(actor, opened, found.rows, parts), found


def get_saved(opened: Opened, event_id: str) -> tuple[Place, Any]:
    """The place and the value of one saved answer, or removed row, of this record. Raises Missing.

    Of an answer that is opened on purpose it is what can be sealed again without being read.
    """
    hash, is_one_of_many, place = event_id.partition(":")
    kinds = BEGINNINGS if is_one_of_many else (SAVED, REMOVED)
    query = select(*_columns())
    found = db.session.execute(
        query.where(*_of(opened), _E.c.kind.in_(kinds), _E.c.hash == hash)
    ).one_or_none()
    if found is None:
        raise Missing(event_id)
    held = found.value
    if found.sealed is not None:
        draft = db.session.get_one(Draft, found.subject_id)
        form = published.get(opened.dossier.format_name, draft.format_version)
        held = _held(Reading(draft, form), found)
        if is_hidden(held):
            return (found.row_id, found.part), _carried(draft, form, found)
    if not is_one_of_many:
        return (found.row_id, found.part), held
    row, _sep, key = place.partition(":")
    value = value_in(held or {}, (row, key)) if not row or "." in key else None
    if value is None or is_hidden(value):
        raise Missing(event_id)
    return (row, key), value


def _held(reading: Reading, row: Any) -> Any:
    """What a sealed event says, or the mark of what is opened on purpose or gone."""
    if row.kind == SAVED:
        return reading.said((row.row_id, row.part), row.revision, row.sealed)
    return reading.told(row.kind, (row.row_id, row.part), row.sealed)


def _carried(draft: Draft, form: Format, found: Any) -> Carried:
    return Carried(draft, (found.row_id, found.part), form.sealed.get(found.part, Klass.SECRET),
                   found.revision, found.sealed)  # fmt: skip


def _columns() -> Iterable[Any]:
    return (_E.c.hash, _E.c.at, _E.c.kind, _E.c.person_id, _E.c.part, _E.c.row_id, _E.c.revision,
            _E.c.value, _E.c.subject_id, _E.c.detail, _E.c.sealed)  # fmt: skip


def _of(opened: Opened) -> Iterable[Any]:
    drafts = select(Draft.id).where(
        Draft.dossier_id == opened.id, Draft.organisation_id == opened.organisation_id
    )
    return (
        _E.c.owner_organisation_id == opened.organisation_id,
        _E.c.subject_id.in_(drafts.union_all(select(db.literal(opened.id)))),
    )


def _events(actor: Actor, opened: Opened, rows: list[Any], parts: Collection[str]) -> list[Event]:
    begun = _beginnings(opened, {row.subject_id for row in rows})
    people = names(actor, (row.person_id for row in rows if row.person_id))
    events = (_event(opened, row, begun, people) for row in rows)
    return [one for event in events for one in _apart(event, parts)]


def _apart(event: Event, parts: Collection[str]) -> Iterable[Event]:
    """What is told of these questions alone: of many answers at once, those to them."""
    if not parts or event.kind not in BEGINNINGS:
        return [event]
    return [
        replace(event, id=f"{event.id}:{row}:{key}", place=(row, key), new=value)
        for row, key, value in answers_in(event.format, event.new or {}) if key in parts
    ]  # fmt: skip


class _Begun:
    """A draft in which something happened: its form, and what it began with."""

    def __init__(self, opened: Opened, row: Any) -> None:
        self._row = row
        self.form = published.get(opened.dossier.format_name, row.format_version)
        self.reading = Reading(row, self.form)

    @cached_property
    def document(self) -> dict[str, Any]:
        """What the draft was opened with; empty for nothing."""
        row = self._row
        if row.Version is not None:
            return document_in(row.Version)
        if row.copied_sealed is not None:
            return dict(self.reading.told(row.copied_kind, NOWHERE, row.copied_sealed))
        return row.copied or {}


def _beginnings(opened: Opened, drafts: Collection[str]) -> dict[str, _Begun]:
    """The drafts among these subjects of events."""
    found = db.session.execute(
        select(Draft.id, Draft.organisation_id, Draft.dossier_id, Draft.format_version, Version,
               _E.c.value.label("copied"), _E.c.sealed.label("copied_sealed"),
               _E.c.kind.label("copied_kind"))
        .outerjoin(Version, Version.id == Draft.from_version_id)
        .outerjoin(_E, (_E.c.subject_id == Draft.id) & _E.c.kind.in_(BEGINNINGS))
        .where(Draft.id.in_(drafts))
    )  # fmt: skip
    return {row.id: _Begun(opened, row) for row in found}


def _event(opened: Opened, row: Any, begun: dict[str, _Begun], people: dict[str, str]) -> Event:
    draft, place = begun.get(row.subject_id), (row.row_id, row.part)
    form = draft.form if draft else opened.format
    old, new = row.before, row.value
    if row.kind == SAVED and row.before_seq is None and row.revision == 2 and draft is not None:
        old = value_in(draft.document, place)
    if draft is not None and row.sealed is not None:
        new = _held(draft.reading, row)
    if draft is not None and row.sealed_before is not None:
        old = draft.reading.said(place, row.revision - 1, row.sealed_before)
    if row.kind in (REMOVED, BROUGHT_BACK):
        rows = new if is_hidden(new) else [new]
        old, new = (rows, None) if row.kind == REMOVED else (None, rows)
    return Event(
        row.hash, row.at, people.get(row.person_id, "—"), row.kind, place, form, row.subject_id,
        old, new, json.loads(row.detail).get("purpose", "") if row.kind == OPENED else "",
    )  # fmt: skip
