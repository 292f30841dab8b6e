"""What does a page say of sealed answers: that they are there, since when and by whom, or that they are gone?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.extensions import db
from app.formats.hidden import erased, is_hidden
from app.formats.spec import Format
from app.intake.answers import Written
from app.intake.models import Dossier
from app.intake.names import names
from app.intake.news import initials
from app.policy.actor import Actor
from app.sealing import envelope
from app.sealing.models import Erasure


@dataclass(frozen=True)
class Sealing:
    """How the sealed answers of a record stand for whoever reads of it."""

    is_closed: bool = False
    """Whether the key is not there: none can be written or opened now."""
    erased_at: datetime | None = None
    is_opened: bool = False
    """Whether some of them were opened for this response."""
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_writable(self) -> bool:
        return not (self.is_closed or self.erased_at)

    def told(self, document: dict[str, Any]) -> dict[str, Any]:
        """A document as it is read: what was erased is told as such."""
        return erased(document) if self.erased_at else document

    def by(self, person_id: str) -> str:
        """Two letters for whoever sealed an answer."""
        return initials(self.names.get(person_id, ""))


def sealing_of(actor: Actor, dossier: Dossier, form: Format, found: Written) -> Sealing | None:
    """How the sealed answers of a draft stand; None for a form without any."""
    if not form.is_sensitive:
        return None
    sealed = [stored for (_row, key), stored in found.answers.items()
              if stored.sealed is not None and key in form.sealed]  # fmt: skip
    by = {stored.saved_by for stored in sealed}
    return Sealing(
        is_closed=not envelope.is_available(), erased_at=erased_at(dossier),
        is_opened=any(not is_hidden(stored.value) for stored in sealed), names=names(actor, by) if by else {},
    )  # fmt: skip


def sealing_of_record(dossier: Dossier, form: Format) -> Sealing | None:
    """How the sealed answers of a record stand, whoever wrote them; None for a form without any."""
    if not form.is_sensitive:
        return None
    return Sealing(is_closed=not envelope.is_available(), erased_at=erased_at(dossier))


def erased_at(dossier: Dossier) -> datetime | None:
    """When the key of a record was destroyed; None while it is there."""
    return db.session.scalar(
        db.select(Erasure.erased_at).where(
            Erasure.record_id == dossier.id, Erasure.organisation_id == dossier.organisation_id
        )
    )
