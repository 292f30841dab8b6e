"""What does a feature tell the engine, so that its records can be filled in as a spreadsheet?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.calls.models import Call
from app.intake.models import Dossier, Draft
from app.intake.prefilled import Prefilled
from app.policy.actor import Actor
from app.policy.permissions import Permission
from app.web.addresses import address


@dataclass(frozen=True, kw_only=True)
class SheetMount:
    """A kind of record that may come as a spreadsheet."""

    name: str
    """The feature's blueprint."""
    id_name: str
    """What the addresses call the id of a record."""
    format_name: str
    start: Permission
    begin: Callable[[Actor, Call, Sequence[Prefilled]], list[tuple[Dossier, Draft]]]
    """The feature's action that begins a draft with each of these, in few statements; it asks the
    permission and the call."""
    plural: str
    """The msgid of what the records are called, such as "Training needs"."""

    def url(self, endpoint: str, **parts: Any) -> str:
        """The address of one of the pages."""
        return address(f"{self.name}.{endpoint}", **parts)

    def question_url(self, record_id: str, section: str, field: str) -> str:
        """Where a question of a draft is answered."""
        return f"{self.url('section', **{self.id_name: record_id}, section=section)}#{field}"


_mounts: dict[str, SheetMount] = {}


def register(mount: SheetMount) -> None:
    """Let jobs find the feature by the name of its form."""
    _mounts[mount.format_name] = mount


def mount_of(format_name: str) -> SheetMount:
    """The feature whose records follow this form. Raises KeyError."""
    return _mounts[format_name]
