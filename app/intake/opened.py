"""What does a view hold once the guard has let somebody through to a dossier?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from app.formats.hidden import hidden
from app.formats.spec import Format
from app.intake import published
from app.intake.closed import Closed
from app.intake.models import Dossier, Draft
from app.organisations.models import Organisation
from app.workflow.tables import DOSSIER


@dataclass
class Opened:
    """A dossier as one actor may reach it, with the open draft where the actor may see it."""

    dossier: Dossier
    draft: Draft | None
    organisation: Organisation
    closes_at: datetime | None
    """Until when it may be submitted; None where no call sets an end."""
    open_comments: int
    """How many conversations about it are open, of those that the actor may read."""

    @property
    def id(self) -> str:
        return self.dossier.id

    @property
    def organisation_id(self) -> str:
        return self.dossier.organisation_id

    @property
    def on_behalf(self) -> bool:
        """Whether the Secretariat drafts it, and its country has not yet answered for it."""
        return self.dossier.on_behalf

    @property
    def is_discarded(self) -> bool:
        """Whether it is a draft that was thrown away: its own delegation reads of it, and no more."""
        return self.state == "discarded"

    @property
    def state(self) -> str:
        return self.dossier.state

    @property
    def has_ended(self) -> bool:
        """Whether it was given up, before or after it was submitted."""
        return not DOSSIER.may(self.state, "withdraw")

    @property
    def open_draft(self) -> Draft:
        """The draft that is being written. Raises NotNow where none is open to the actor."""
        if self.draft is None:
            raise Closed(self.dossier)
        return self.draft

    @cached_property
    def format(self) -> Format:
        """The format of what is being written, or of what was last certified."""
        version = self.draft.format_version if self.draft else self.dossier.format_version
        return published.get(self.dossier.format_name, version)


class Stored(NamedTuple):
    """One stored answer, with the revision that a save must name.

    Of one that is opened on purpose `value` is a mark (app/formats/hidden.py), unless it was opened for
    this response.
    """

    value: Any
    revision: int
    saved_by: str
    saved_at: datetime
    sealed: bytes | None = None


def stored_in(draft_id: str, stored: Iterable[Any]) -> Stored:
    """An answer as it stands in a draft: value, revision, saved_by, saved_at, sealed; of a sealed one a
    mark, until it is read (sealed/at_rest.py)."""
    found = Stored(*stored)
    if found.sealed is None:
        return found
    return found._replace(value=hidden(f"{draft_id}:{found.revision}"))
