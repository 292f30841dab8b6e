"""What did an answer say before?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.audit.models import AuditEvent
from app.extensions import db
from app.intake.answers import Place
from app.intake.models import NO_ROW, Draft, Version
from app.intake.opened import Opened
from app.intake.sealed.at_rest import NOWHERE, Reading, document_in
from app.intake.seen import Seen

COPIED = "answers-copied"
"""The event that holds what a draft began with, where it was made from another record."""
FILLED = "filled-from-sheet"
"""The same, where a workbook made it; without a value it says that one changed a draft."""
BEGINNINGS = (COPIED, FILLED)
REMOVED, BROUGHT_BACK = "row-removed", "row-brought-back"
"""The events that hold what a row of a table said when it went, and when it came back."""
UNKNOWN = object()
"""What an answer said cannot be told: nobody saved that revision in this draft."""


def value_at(opened: Opened, place: Place, seen: Seen) -> Any:
    """What an answer said where it was seen, or UNKNOWN. Revision 0 is the empty beginning."""
    if seen.revision == 0:
        return None
    draft = _draft_of(opened, seen.draft)
    return UNKNOWN if draft is None else _said(draft, place, seen.revision)


def _draft_of(opened: Opened, draft_id: str) -> Draft | None:
    """One of the record's drafts, open or closed; None for any other."""
    if draft_id == opened.open_draft.id:
        return opened.open_draft
    return db.session.scalar(
        db.select(Draft).where(
            Draft.id == draft_id, Draft.dossier_id == opened.id,
            Draft.organisation_id == opened.organisation_id,
        )
    )  # fmt: skip


def _said(draft: Draft, place: Place, revision: int) -> Any:
    row, key = place
    table = AuditEvent.__table__
    found = db.session.execute(
        db.select(table.c.value, table.c.sealed).where(
            table.c.subject_id == draft.id, table.c.kind == "answer-saved", table.c.part == key,
            table.c.row_id == row, table.c.revision == revision,
        )
    ).one_or_none()  # fmt: skip
    if found is not None and found.sealed is not None:
        return Reading(draft).said(place, revision, found.sealed)
    if found is not None:
        return found.value
    return _value_at_first(draft, place) if revision == 1 else UNKNOWN


def _value_at_first(draft: Draft, place: Place) -> Any:
    document = _beginning(draft)
    return UNKNOWN if document is None else value_in(document, place)


def value_in(document: Mapping[str, Any], place: Place) -> Any:
    """What a document says at a place; None where nothing is answered."""
    row, key = place
    if row == NO_ROW:
        return document.get(key)
    table, cell = key.split(".", 1)
    rows = {each["id"]: each for each in document.get(table, [])}
    return rows.get(row, {}).get(cell)


def _beginning(draft: Draft) -> Any:
    """The answers with which a draft began: a version's, or another record's; None for none."""
    if draft.from_version_id:
        version = db.session.get(Version, draft.from_version_id)
        return document_in(version) if version else None
    table = AuditEvent.__table__
    found = db.session.execute(
        db.select(table.c.value, table.c.sealed, table.c.kind)
        .where(table.c.subject_id == draft.id, table.c.kind.in_(BEGINNINGS))
    ).first()  # fmt: skip
    if found is None or found.sealed is None:
        return found.value if found else None
    return Reading(draft).told(found.kind, NOWHERE, found.sealed)
