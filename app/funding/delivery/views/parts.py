"""How is a part of a course's record, a session or a question, written and taken out on its own page?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response
from flask_babel import gettext as _

from app.formats.words import N_
from app.funding.courses.actions import Stale
from app.funding.delivery.queries import Held, Part
from app.funding.delivery.views.pages import attempt, typed, url
from app.web.forms import number_sent
from app.web.guard import current_actor
from app.web.newer import newer
from app.web.page import done, page
from app.workflow import tables

NOT_TAKEN_OUT = N_("Somebody changed this after you opened it, so that it was not taken out. What stands "
                   "here now is the newer one.")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PartPages:
    """The page on which one kind of part is written, and what happens there."""

    verb: str
    template: str
    place: str
    """The page on which all of them stand."""
    address: Callable[[Any], str]
    """The page of one of them."""
    form: Callable[[], Any]
    written: Callable[[Any], dict[str, str]]
    write: Callable[..., None]
    remove: Callable[..., None]
    saved: str
    removed: str
    around: Callable[[Held, Any], dict[str, Any]]
    """What the form chooses from."""

    def answer(self, held: Held, found: Any = None) -> Response:
        """Draw the form of a part, or of a further one; carry out what was sent."""
        tables.COURSE.after(held.course.state, self.verb)
        form = self.form()
        status, errors = attempt(form, lambda: self.write(
            current_actor(), held, form.terms(), found=found, revision=form.revision.data))  # fmt: skip
        if status == 303:
            return done(url(self.place, held), _(self.saved))
        first = self.written(found) if found else {}
        return page(
            self.template, status=status, held=held, course=held.course, found=found, errors=errors,
            typed=typed(first), newer=newer(first, status), work_form=True, **self.around(held, found),
        )  # fmt: skip

    def take_out(self, part: Part) -> Response:
        """Take a part out, if it still is what the page showed."""
        held, found = part.held, part.record
        try:
            self.remove(current_actor(), held, found, revision=number_sent("revision"))
        except Stale:
            return done(self.address(found), _(NOT_TAKEN_OUT), "warn")
        return done(url(self.place, held), _(self.removed))
