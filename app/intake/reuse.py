"""With which answers does a new draft begin that is made from an earlier record?

Answers go along and nothing else: no consent, no clearance, no file, receipt, comment or review; and no
personal or secret answer (app/formats/carried_over.py).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from app.audit import trail
from app.audit.models import AuditEvent
from app.calls.models import Call
from app.db.base import new_id
from app.extensions import db
from app.formats.carried_over import carry_over
from app.formats.spec import Format, UnknownField
from app.intake import drafting, published
from app.intake.actions import document_in
from app.intake.answers import document_of, written
from app.intake.drafting import Beginning
from app.intake.history import COPIED
from app.intake.models import Dossier, Draft
from app.intake.opened import Opened
from app.intake.queries import latest_version, left_draft
from app.intake.sealed.at_rest import NOWHERE, event_value
from app.policy.actor import Actor
from app.workflow.machine import NotNow


@dataclass(frozen=True)
class Origin:
    """The record from which a draft was begun, and what could not go along, in words."""

    record_id: str
    reference: str
    left_out: tuple[str, ...]


def beginning_from(source: Opened, format: Format) -> Beginning:
    """What a draft of `format` begins with when it is made from this record.

    Its newest words are taken: of the open draft, else of what was certified last, else of the
    draft that was open when it was withdrawn.
    """
    old, document, came_from = _newest(source)
    carried = carry_over(old, format, document, new_id)
    return Beginning(
        document=carried.answers, came_from=came_from, record_id=source.id,
        reference=source.dossier.reference, format_version=old.version, left_out=carried.left_out,
    )  # fmt: skip


def _newest(source: Opened) -> tuple[Format, dict[str, Any], str]:
    if source.is_discarded:
        raise NotNow("dossier", source.state, "reuse")
    if source.draft is None and (version := latest_version(source)) is not None:
        format = published.get(source.dossier.format_name, version.format_version)
        return format, document_in(version), version.id
    draft = source.draft or left_draft(source)
    if draft is None:
        raise NotNow("dossier", source.state, "reuse")
    format = published.get(source.dossier.format_name, draft.format_version)
    return format, document_of(format, written(draft)), draft.id


def start(
    actor: Actor, *, call: Call, format: Format, country_code: str, source: Opened | None
) -> tuple[Dossier, Draft]:  # fmt: skip
    """A new dossier with an open draft: empty, or begun with the answers of an earlier record."""
    beginning = beginning_from(source, format) if source is not None else None
    dossier, draft = drafting.start(
        actor, call=call, format=format, country_code=country_code, beginning=beginning
    )
    if beginning is not None:
        _keep(actor, dossier, draft, beginning)
    return dossier, draft


def _keep(actor: Actor, dossier: Dossier, draft: Draft, beginning: Beginning) -> None:
    # What the draft began with is the first page of its history.
    trail.record(
        actor, COPIED, subject=("draft", draft.id), owner=dossier.organisation_id,
        detail={"from": beginning.came_from, "record": beginning.record_id,
                "reference": beginning.reference, "left_out": list(beginning.left_out),
                "format": [dossier.format_name, beginning.format_version]},
        **event_value(draft, COPIED, NOWHERE, beginning.document),
    )  # fmt: skip


def origin_of(opened: Opened, lang: str) -> Origin | None:
    """From which record the open draft was begun; None where it began empty."""
    if opened.draft is None:
        return None
    table = AuditEvent.__table__
    found = db.session.scalar(
        db.select(table.c.detail).where(
            table.c.subject_id == opened.draft.id, table.c.kind == COPIED
        )
    )
    if found is None:
        return None
    said = json.loads(found)
    format = published.get(*said["format"])
    left_out = tuple(_label(format, key, lang) for key in said["left_out"])
    return Origin(said["record"], said["reference"], left_out)


def _label(format: Format, key: str, lang: str) -> str:
    table, _sep, cell = key.partition(".")
    try:
        asked = format.field(table)
        words = asked.told_as.say(lang)
        return f"{words}: {asked.cell(cell).told_as.say(lang)}" if cell else words
    except UnknownField:
        return key
