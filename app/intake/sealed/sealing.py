"""How does an answer of a sensitive form get into its place, and one that is opened on purpose out of it?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from app.formats.spec import Format, Klass
from app.formats.words import N_
from app.intake.answers import Place, Written
from app.intake.models import Draft
from app.intake.sealed.places import in_draft, key_of, refusing
from app.sealing import envelope
from app.web.refusal import Refusal

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


def sealed_answer(
    draft: Draft, form: Format, place: Place, value: Any, revision: int
) -> tuple[Any, bytes | None]:
    """What is stored for an answer of this revision: its value, or nothing and the sealed bytes."""
    klass = form.stored_sealed.get(place[1])
    if isinstance(value, Carried):
        if klass is None or not klass.is_sealed:
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
    """What the answers of a draft say that are opened on purpose; of these keys only, where any are named.

    Whoever calls this records it. Raises Refusal where they cannot be opened.
    """
    wanted = [
        (place, stored) for place, stored in found.answers.items()
        if stored.sealed is not None and _klass(form, place).is_sealed
        and (keys is None or place[1] in keys)
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


def _klass(form: Format, place: Place) -> Klass:
    return form.stored_sealed.get(place[1], Klass.SECRET)


def with_opened(found: Written, values: dict[Place, Any]) -> Written:
    """The answers of a draft with what was opened of them, for this response alone."""
    answers = {
        place: stored._replace(value=values[place]) if place in values else stored
        for place, stored in found.answers.items()
    }
    return replace(found, answers=answers)
