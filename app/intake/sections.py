"""How is a whole section saved with one plain post, so that it also works without JavaScript?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.formats.spec import Field, Section
from app.intake import drafting
from app.intake.answers import Place, Written
from app.intake.drafting import Conflict
from app.intake.history import value_at
from app.intake.models import NO_ROW
from app.intake.opened import Opened, Stored
from app.intake.seen import NOTHING, Seen
from app.policy.actor import Actor
from app.web.forms import Posted

FILES = "files"
"""A kind that nobody types: it has pages of its own (app/intake/enclosed)."""
MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass(frozen=True)
class Sent:
    """A section as it was posted: what was typed, over which words, and what was chosen.

    `conflicted` are the places whose two texts were on the screen; `chosen` says which to keep.
    """

    posted: Posted
    seen: dict[Place, Seen]
    conflicted: frozenset[Place] = frozenset()
    chosen: dict[Place, str] | None = None


def save(actor: Actor, opened: Opened, sent: Sent, found: Written) -> dict[Place, Stored]:
    """Save every changed answer of a posted section, or nothing.

    Returns the places where somebody else saved another text meanwhile, with that text; the caller
    rolls back if there are any. Raises RowGone where a colleague removed a
    row that was there in `found`.
    """
    conflicts: dict[Place, Stored] = {}
    draft = opened.open_draft
    for place, value in _changed(sent, found):
        (row, key), seen = place, sent.seen.get(place, NOTHING)
        try:
            drafting.save_answer(
                actor, opened.dossier, draft, opened.format, key=key, value=value, row=row,
                revision=seen.within(draft.id),
            )  # fmt: skip
        except Conflict as conflict:
            # A text that the writer never touched is no conflict: the page was merely older.
            if value_at(opened, place, seen) != value:
                conflicts[place] = conflict.theirs
    return conflicts | _undecided(sent, found, drafting.nothing_in(draft))


def _undecided(sent: Sent, found: Written, nothing: Stored) -> dict[Place, Stored]:
    # What cannot be read is asked about once it can be; where both say the same there is no choice.
    left = sent.conflicted - (sent.chosen or {}).keys() - sent.posted.errors.keys()
    stored = {place: found.answers.get(place, nothing) for place in left}
    said = sent.posted.values
    return {p: theirs for p, theirs in stored.items() if p not in said or said[p] != theirs.value}


def _changed(sent: Sent, found: Written) -> Iterator[tuple[Place, object]]:
    chosen = sent.chosen or {}
    for place, value in sent.posted.values.items():
        stored = found.answers.get(place)
        if chosen.get(place) == THEIRS or (place in sent.conflicted and place not in chosen):
            continue
        if (stored.value if stored else None) == value:
            continue
        yield place, value


def is_row_newer(sent: Sent, found: Written, row: str) -> bool:
    """Whether somebody wrote in a row after the page was drawn on which it is to be removed."""
    is_there = any(row in rows for rows in found.rows.values())
    return is_there and any(
        found.seen(place) != sent.seen[place]
        for place in found.answers
        if place[0] == row and place in sent.seen
    )


def places(section: Section, found: Written) -> Iterator[tuple[Place, Field, str]]:
    """Every place of a section that a person can type into, with its field and input name."""
    for asked in section.fields:
        if asked.has_pages or asked.kind.name == FILES:
            continue
        if asked.is_rows:
            rows = [line.key for line in asked.lines] or found.rows.get(asked.key, [])
            for row in rows:
                for cell in (
                    each for each in asked.cells if each.is_asked and each.kind.name != FILES
                ):
                    yield (row, f"{asked.key}.{cell.key}"), cell, f"{asked.key}.{row}.{cell.key}"
        elif asked.is_asked:
            yield (NO_ROW, asked.key), asked, asked.key
