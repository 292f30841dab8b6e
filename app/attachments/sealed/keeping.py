"""How does a file come under the key of a record, and out of it?

Its bytes and its name are bound to the organisation, the record, the file itself, its class and its mark:
put anywhere else, or marked otherwise, it does not open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import update

from app import clock
from app.attachments.sealed.models import SealedFile
from app.db.base import new_id
from app.extensions import db
from app.formats.spec import Klass
from app.sealing import envelope
from app.storage import sealed_bytes
from app.storage.examining import Examined

Place = tuple[str, str]
"""(row id or "", key), where a cell's key is `table.cell`."""
BODY, LABEL = "body", "label"
_TABLE = SealedFile.__table__


@dataclass(frozen=True)
class Holder:
    """Under whose key, and as part of which record, a file is kept."""

    record_id: str
    organisation_id: str

    @property
    def key(self) -> envelope.RecordKey:
        return envelope.key_for(self.record_id, self.organisation_id)


@dataclass(frozen=True)
class Label:
    """What a file is called, and what it is."""

    name: str
    media_type: str
    size: int


def files_of(holder: Holder) -> dict[str, SealedFile]:
    """The files of a record by their ids, in the order in which they came; those that were removed too."""
    found = db.session.scalars(
        db.select(SealedFile)
        .where(SealedFile.record_id == holder.record_id,
               SealedFile.organisation_id == holder.organisation_id)
        .order_by(SealedFile.added_at, SealedFile.id)
    )  # fmt: skip
    return {each.id: each for each in found}


def marks_of(files: Mapping[str, SealedFile]) -> dict[str, tuple[Klass, str]]:
    """Class and mark of each, as those read them who decide what may be told to whom."""
    return {each.id: (Klass(each.klass), each.mark) for each in files.values()}


def keep(
    holder: Holder, place: Place, file: Examined, *, klass: Klass, mark: str, by: str | None
) -> SealedFile:
    """Seal a file into a record. Raises SealingUnavailable, Erased, or Unwelcome where there is no room."""
    row, key = place
    kept = SealedFile(
        id=new_id(), organisation_id=holder.organisation_id, record_id=holder.record_id, row_id=row,
        key=key, klass=klass.value, mark=mark, added_by=by, added_at=clock.now(),
    )  # fmt: skip
    said = {"name": file.name, "media_type": file.media_type, "size": len(file.data)}
    kept.label = envelope.seal(holder.key, _bound(kept, LABEL), said)
    sealed_bytes.put(kept.id, envelope.seal_bytes(holder.key, _bound(kept, BODY), file.data))
    db.session.add(kept)
    db.session.flush()
    return kept


def label_of(kept: SealedFile) -> Label:
    """What it is called. Raises SealingUnavailable, Erased or Unopenable."""
    return Label(**envelope.unseal(_holder(kept).key, _bound(kept, LABEL), kept.label))


def body_of(kept: SealedFile) -> bytes:
    """What it says. Raises as `label_of`, or files.Lost. Whoever calls this put it on record."""
    sealed = sealed_bytes.get(kept.id)
    return envelope.open_bytes(_holder(kept).key, _bound(kept, BODY), sealed)


def copy(kept: SealedFile, to: Holder) -> SealedFile:
    """The same for another record, under its key and an id of its own."""
    label = label_of(kept)
    return keep(to, (kept.row_id, kept.key), Examined(label.name, label.media_type, body_of(kept)),
                klass=Klass(kept.klass), mark=kept.mark, by=None)  # fmt: skip


def remove(kept: SealedFile) -> None:
    """Say that nothing has it any more; the sweeper takes it away."""
    db.session.execute(update(_TABLE).where(_TABLE.c.id == kept.id).values(removed_at=clock.now()))


def _holder(kept: SealedFile) -> Holder:
    return Holder(kept.record_id, kept.organisation_id)


def _bound(kept: SealedFile, part: str) -> envelope.Place:
    return envelope.Place(
        kept.organisation_id, "sealed_file", kept.record_id, kept.id, f"{part}:{kept.mark}", kept.klass, 1
    )  # fmt: skip
