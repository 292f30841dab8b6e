"""What was typed into a section, and over which words?"""

from __future__ import annotations

from flask import request

from app.formats.spec import Section
from app.intake import sections
from app.intake.answers import written
from app.intake.history import value_at
from app.intake.opened import Opened
from app.web.forms import Posted, read_section


def typed_again(opened: Opened, chosen: Section) -> Posted:
    """What was typed on a page that is only drawn again, in another language or much later.

    A text stays over the revision it was typed over, so that nobody's newer one is lost; where it was
    never touched, the newer one takes its place.
    """
    posted, found = read_section(opened.format, chosen), written(opened.open_draft)
    posted.errors.clear()
    for place, _asked, name in sections.places(chosen, found):
        stored, seen = found.answers.get(place), revision_of(name)
        if stored is None or place not in posted.raw:
            continue
        if f"_conflict.{name}" in request.form:
            posted.revisions[place] = 0
        elif seen != stored.revision:
            posted.revisions[place] = seen
            if value_at(opened.open_draft, place, seen) == posted.values.get(place, stored.value):
                del posted.raw[place], posted.revisions[place]
    return posted


def revision_of(name: str) -> int:
    """The revision over which an input says it was written; 0 for none, or for nonsense."""
    raw = request.form.get(f"_revision.{name}", "0")
    return int(raw) if raw.isdecimal() and len(raw) < 10 else 0


def still_wrong(posted: Posted, opened: Opened, chosen: Section) -> Posted | None:
    """Of what was posted only what could not be read, where its place is still there; None for none."""
    here = {place for place, _asked, _name in sections.places(chosen, written(opened.open_draft))}
    errors = {place: text for place, text in posted.errors.items() if place in here}
    raw = {place: posted.raw[place] for place in errors}
    return Posted(raw=raw, errors=errors) if errors else None
