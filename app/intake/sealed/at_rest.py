"""How is an answer of a sensitive form read that needs no opening on purpose?

Of such a form every answer is stored sealed, of whatever class: versions and the audit trail are written
once, and only a destroyed key makes them forget. What is public or restricted in it is unsealed for
whoever may read the record, with no event and no second factor; of the rest a mark is read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Protocol

from sqlalchemy import select

from app.db.scoping import WallBroken
from app.extensions import db
from app.formats.hidden import erased, hidden
from app.formats.spec import Format, Klass
from app.intake import published
from app.intake.models import NO_ROW, Dossier, Draft, Version, VersionSealed
from app.intake.opened import Stored
from app.intake.sealed.places import (
    OfRecord,
    Place,
    in_draft,
    in_event,
    in_version,
    key_of,
    refusing,
)
from app.sealing import envelope
from app.sealing.envelope import Erased, RecordKey

NOWHERE = (NO_ROW, "")
MARKED = '{"sealed":"'
"""How a mark begins in the text of a document. In no answer: there the quotes are escaped."""
_SEALED: Any = VersionSealed.__table__


class Written(OfRecord, Protocol):
    """A draft, or as much of it as its answers are read with."""

    @property
    def format_version(self) -> int: ...


def form_of(draft: Written) -> Format:
    """The form in which a draft is written."""
    dossier = db.session.get_one(Dossier, draft.dossier_id)
    return published.get(dossier.format_name, draft.format_version)


class Reading:
    """Reads the sealed answers of one draft; its key is asked for once, and only where it is needed."""

    def __init__(self, draft: Written, form: Format | None = None) -> None:
        self.draft, self.form = draft, form or form_of(draft)
        self.is_erased = False

    @cached_property
    def _key(self) -> RecordKey | None:
        """None once the record was erased, and for another organisation. Raises Refusal where it is not there."""
        with refusing():
            try:
                return key_of(self.draft)
            except Erased:
                self.is_erased = True
            except WallBroken:
                pass  # it reads of the record, and nothing of what its owner keeps sealed
            return None

    def said(self, place: Place, revision: int, sealed: bytes) -> Any:
        """What was answered at that revision, or the mark of what is opened on purpose or gone."""
        klass = self.form.stored_sealed.get(place[1], Klass.SECRET)
        mark = f"{self.draft.id}:{revision}"
        if klass.is_sealed:
            return hidden(mark)
        if self._key is None:
            return hidden(mark, is_erased=self.is_erased)
        with refusing():
            at = in_draft(self.draft, place, klass, revision)
            return envelope.unseal(self._key, at, sealed)

    def told(self, kind: str, place: Place, sealed: bytes) -> Any:
        """What an event holds of many answers at once, or the mark of what is gone."""
        if self._key is None:
            return hidden(self.draft.id, is_erased=self.is_erased)
        with refusing():
            return envelope.unseal(self._key, in_event(self.draft, kind, place), sealed)


def read(draft: Draft, answers: dict[Place, Stored]) -> None:
    """Fill in what answers say that are sealed and need no opening; where none is, nothing is asked."""
    sealed = [(place, each) for place, each in answers.items() if each.sealed is not None]
    if not sealed:
        return
    reading = Reading(draft)
    for place, each in sealed:
        said = reading.said(place, each.revision, each.sealed or b"")
        answers[place] = each._replace(value=said)


def event_value(draft: Draft, kind: str, place: Place, value: Any) -> dict[str, Any]:
    """How the audit trail keeps many answers at once: as they are, or sealed as one."""
    if not form_of(draft).is_sensitive:
        return {"value": value, "keeps_value": True}
    with refusing():
        return {"sealed": envelope.seal(key_of(draft), in_event(draft, kind, place), value)}


def document_in(version: Version) -> dict[str, Any]:
    """The answers that a version froze, as they are read without opening anything."""
    document: dict[str, Any] = json.loads(version.document)
    if MARKED not in version.document:
        return document
    plain = [each for each in _sealed_in(version) if not Klass(each.klass).is_sealed]
    if not plain:
        return document
    with refusing():
        try:
            key = key_of(version)
        except Erased:
            return dict(erased(document))
        except WallBroken:
            return document
        said = {
            (each.row_id, each.key): envelope.unseal(
                key, in_version(version, (each.row_id, each.key), each.klass), each.sealed
            )
            for each in plain
        }  # fmt: skip
    return put_all(document, said)


def _sealed_in(version: Version) -> Any:
    columns = (_SEALED.c.row_id, _SEALED.c.key, _SEALED.c.klass, _SEALED.c.sealed)
    return db.session.execute(select(*columns).where(_SEALED.c.version_id == version.id))


def put_all(document: dict[str, Any], values: Mapping[Place, Any]) -> dict[str, Any]:
    """Put answers into a document whose rows are its own."""
    rows = {table: {row["id"]: row for row in held if isinstance(row, dict)}
            for table, held in document.items() if isinstance(held, list)}  # fmt: skip
    for (row, key), value in values.items():
        table, _dot, cell = key.partition(".")
        if row == NO_ROW:
            document[key] = value
        else:
            rows[table][row][cell] = value
    return document
