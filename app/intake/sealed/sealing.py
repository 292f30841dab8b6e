"""How does a personal or secret answer get into its place, and out of it?

What is sealed is bound to its organisation, record, draft or version, row, question, class and revision:
moved to any other place, or brought back at another revision, it does not open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from app.formats.spec import Format, Klass
from app.formats.words import N_
from app.intake.answers import Place, Written
from app.intake.models import Draft, Version
from app.sealing import envelope
from app.sealing.envelope import Erased, RecordKey, SealingUnavailable, Unopenable
from app.web.refusal import Refusal

CLOSED = N_(
    "Sealed answers cannot be written or opened now: their key is not there. Everything else is saved "
    "as always."
)
GONE = N_("The sealed answers of this record were erased for good; none can be written any more.")
UNREADABLE = N_("A sealed answer of this record cannot be opened. Tell whoever runs Enlace.")
MOVED_CLASS = N_(
    "This question is no longer answered as it was, so this text cannot be brought back."
)


@dataclass(frozen=True)
class Carried:
    """A sealed answer of an earlier moment, to be sealed again in the open draft without being read."""

    draft: Draft
    """Where it was saved."""
    place: Place
    klass: str
    revision: int
    sealed: bytes


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


def key_of(draft: Draft) -> RecordKey:
    """The key of the record that a draft is of."""
    return envelope.key_for(draft.dossier_id, draft.organisation_id)


def in_draft(draft: Draft, place: Place, klass: str, revision: int) -> envelope.Place:
    row, key = place
    return envelope.Place(
        draft.organisation_id, f"answer:{draft.id}", draft.dossier_id, row, key, klass, revision
    )


def in_version(version: Version, place: Place, klass: str) -> envelope.Place:
    row, key = place
    return envelope.Place(
        version.organisation_id, f"version_sealed:{version.id}", version.dossier_id, row, key, klass,
        version.number,
    )  # fmt: skip


def sealed_answer(
    draft: Draft, form: Format, place: Place, value: Any, revision: int
) -> tuple[Any, bytes | None]:
    """What is stored for an answer of this revision: its value, or nothing and the sealed bytes."""
    klass = form.sealed.get(place[1])
    if isinstance(value, Carried):
        if klass is None:
            raise Refusal(MOVED_CLASS, status=409)
        with refusing():
            return None, _carried(value, in_draft(draft, place, klass, revision))
    if klass is None or value is None:
        return value, None
    with refusing():
        return None, envelope.seal(key_of(draft), in_draft(draft, place, klass, revision), value)


def _carried(carried: Carried, to: envelope.Place) -> bytes:
    key = key_of(carried.draft)
    came_from = in_draft(carried.draft, carried.place, carried.klass, carried.revision)
    return envelope.reseal(key, came_from, carried.sealed, key, to)


def opened(
    draft: Draft, form: Format, found: Written, keys: Collection[str] | None = None
) -> dict[Place, Any]:
    """What the sealed answers of a draft say; of these keys only, where any are named.

    Whoever calls this records it. Raises Refusal where they cannot be opened.
    """
    wanted = [
        (place, stored) for place, stored in found.answers.items()
        if stored.sealed is not None and (keys is None or place[1] in keys)
    ]  # fmt: skip
    if not wanted:
        return {}
    with refusing():
        key = key_of(draft)
        return {
            place: envelope.unseal(
                key, in_draft(draft, place, _klass(form, place), stored.revision), stored.sealed
            )
            for place, stored in wanted
        }


def _klass(form: Format, place: Place) -> str:
    return form.sealed.get(place[1], Klass.SECRET)


def with_opened(found: Written, values: dict[Place, Any]) -> Written:
    """The answers of a draft with what was opened of them, for this response alone."""
    answers = {
        place: stored._replace(value=values[place]) if place in values else stored
        for place, stored in found.answers.items()
    }
    return replace(found, answers=answers)
