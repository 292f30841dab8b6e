"""What was typed into a section, and over which words?"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import request

from app.formats.spec import Section
from app.intake import sections
from app.intake.answers import Place, Written, written
from app.intake.history import value_at
from app.intake.opened import Opened
from app.intake.seen import NOTHING, Seen, read
from app.web.forms import Posted


def lay_over(
    opened: Opened, chosen: Section, posted: Posted, found: Written,
    choices: Mapping[Place, str] = MappingProxyType({}),
) -> None:  # fmt: skip
    """Make what was posted fit to be drawn again over what is stored now.

    A text stays over the words it was typed over, so that nobody's newer one is lost; where it was
    never touched, or theirs was chosen, the stored one takes its place.
    """
    for place, _asked, name in sections.places(chosen, found):
        if place not in posted.raw:
            continue
        (row, key), seen = place, seen_at(name)
        if choices.get(place) == sections.THEIRS:
            _let_go(posted, place)
        elif f"_conflict.{name}" in request.form and place not in choices:
            posted.seen[place] = str(NOTHING)
        elif seen.within(found.draft) != found.revision(key, row):
            posted.seen[place] = str(seen)
            if _is_untouched(opened, posted, place, seen):
                _let_go(posted, place)


def _is_untouched(opened: Opened, posted: Posted, place: Place, seen: Seen) -> bool:
    return (
        place in posted.values
        and value_at(opened, place, seen) == posted.values[place]
    )  # fmt: skip


def _let_go(posted: Posted, place: Place) -> None:
    posted.raw.pop(place, None)
    posted.seen.pop(place, None)


def seen_at(name: str) -> Seen:
    """Over which words an input says it was written; NOTHING also for nonsense."""
    return read(request.form.get(f"_revision.{name}", "")) or NOTHING


def still_wrong(posted: Posted, opened: Opened, chosen: Section) -> Posted | None:
    """Of what was posted only what could not be read, where its place is still there; None for none."""
    found = written(opened.open_draft)
    here = {place for place, _asked, _name in sections.places(chosen, found)}
    errors = {place: text for place, text in posted.errors.items() if place in here}
    wrong = Posted(raw={place: posted.raw[place] for place in errors}, errors=errors)
    lay_over(opened, chosen, wrong, found)
    return wrong if errors else None
