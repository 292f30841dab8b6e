"""To what is a sealed answer bound, and what is said where it cannot be written or opened?

What is sealed is bound to its organisation, record, draft or version, row, question, class and revision:
moved to any other place, or brought back at another revision, it does not open.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from app.formats.spec import Klass
from app.formats.words import N_
from app.sealing import envelope
from app.sealing.envelope import Erased, RecordKey, SealingUnavailable, Unopenable
from app.web.refusal import Refusal

Place = tuple[str, str]
CLOSED = N_(
    "The answers of this record cannot be written or opened now: their key is not there. Nothing is lost, "
    "and everything else in Enlace works as always."
)
GONE = N_("The answers of this record were erased for good; none can be written any more.")
UNREADABLE = N_("A sealed answer of this record cannot be opened. Tell whoever runs Enlace.")


class OfRecord(Protocol):
    """A draft or a version, or as much of it as its answers are bound to."""

    @property
    def id(self) -> str: ...
    @property
    def organisation_id(self) -> str: ...
    @property
    def dossier_id(self) -> str: ...


class Numbered(OfRecord, Protocol):
    """A version."""

    @property
    def number(self) -> int: ...


@contextmanager
def refusing() -> Iterator[None]:
    """Tell whoever writes or opens why it cannot be; nothing of which answer it was."""
    try:
        yield
    except SealingUnavailable:
        raise Refusal(CLOSED, status=503) from None
    except Erased:
        raise Refusal(GONE, status=409) from None
    except Unopenable:
        raise Refusal(UNREADABLE, status=409) from None


def key_of(written: OfRecord) -> RecordKey:
    """The key of the record that a draft or a version is of."""
    return envelope.key_for(written.dossier_id, written.organisation_id)


def in_draft(draft: OfRecord, place: Place, klass: str, revision: int) -> envelope.Place:
    row, key = place
    return envelope.Place(
        draft.organisation_id, f"answer:{draft.id}", draft.dossier_id, row, key, klass, revision
    )


def in_version(version: Numbered, place: Place, klass: str) -> envelope.Place:
    row, key = place
    return envelope.Place(
        version.organisation_id, f"version_sealed:{version.id}", version.dossier_id, row, key, klass,
        version.number,
    )  # fmt: skip


def in_event(draft: OfRecord, kind: str, place: Place) -> envelope.Place:
    """Where many answers stand as one: what a draft began with, what a removed row said."""
    row, part = place
    return envelope.Place(
        draft.organisation_id, f"audit_event:{draft.id}", draft.dossier_id, row, f"{kind}:{part}",
        Klass.RESTRICTED, 0,
    )  # fmt: skip
