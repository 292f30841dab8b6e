"""Under which addresses does the record of a course stand, and what do its pages share?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request, url_for
from werkzeug.datastructures import MultiDict

from app.formats.words import N_
from app.funding.courses.actions import Stale
from app.funding.delivery.numbers import Totals, Turnout, add_up
from app.funding.delivery.queries import Held
from app.policy.engine import allowed
from app.policy.permissions import Permission
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor
from app.web.navigation import Under
from app.workflow import tables

blueprint = Blueprint("delivery", __name__)
NAV = Under("/received/follow-up", ("received_courses.index",))
"""Its other pages stand below the course that they are about."""
PAGES = {
    "show": N_("Progress"),
    "schedule": N_("Timetable"),
    "nominations": N_("Nominations"),
    "attendance": N_("Attendance"),
    "evaluation": N_("Evaluation"),
    "replications": N_("Replications"),
    "follow_up": N_("A year later"),
}
"""The pages of a course's record, in the order in which they are filled."""


def typed(first: dict[str, Any] | None = None) -> MultiDict[str, Any]:
    """What the inputs of a form hold: what was typed, or at first what is known."""
    return request.form if request.method == "POST" else MultiDict(first or {})


def attempt(form: Any, act: Callable[[], None]) -> tuple[int, dict[str, str]]:
    """Carry out a form: 303 where it was done, else the status and what is wrong at which input."""
    if not is_submitted():
        return 200, {}
    if not form.validate():
        return 422, form.mistakes
    try:
        act()
    except Refusal as refusal:
        return refusal.status, {refusal.field or "": refusal.say()}
    except Stale:
        return 409, {}
    return 303, {}


def may_write(held: Held, verb: str, permission: Permission) -> bool:
    """Whether the actor may do this now: the course is at it, and it is theirs to do."""
    return tables.COURSE.may(held.course.state, verb) and allowed(current_actor(), permission, held)


def own_totals(turnouts: list[Turnout]) -> Totals:
    """What the figures of a page say: all delegations for the Secretariat, for a delegation its own alone.

    A host that knows of others reads of them in the table, where it says whose they are.
    """
    actor = current_actor()
    if actor.is_secretariat:
        return add_up(turnouts)
    return add_up(each for each in turnouts if each.organisation_id == actor.organisation_id)


def url(name: str, held: Held) -> str:
    """The address of one of the pages of a course's record."""
    return url_for(f"delivery.{name}", course_id=held.id)
