"""How do a course and its pledges move on together?

A course that is scheduled, delivered, evaluated or closed carries its confirmed pledges along; once it
was held, what nobody confirmed lapses; one that is cancelled ends those that stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app import clock
from app.audit import trail
from app.db import beyond
from app.extensions import db
from app.formats.words import N_
from app.funding.courses import actions as courses
from app.funding.courses import history, sending, sheets
from app.funding.courses.models import Course
from app.funding.pledges import actions, queries, telling
from app.funding.pledges.models import ENDED, UNDECIDED, Pledge
from app.funding.pledges.moving import move
from app.outbox import post
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.policy.roles import CERTIFIERS, SPONSORS
from app.summaries import texts
from app.web.refusal import Refusal
from app.workflow import tables

ORDER = ("schedule", "deliver", "evaluate", "close")
"""The steps of a course that its confirmed pledges take with it."""
TOLD = ("schedule", "deliver", "close")
"""Steps of which those hear whom the course was sent to: it has its days, it was held, it is over."""
NO_DAY = N_("Write the first and the last day of the course before you schedule it.")


def advance(actor: Actor, course: Course, verb: str, *, revision: int, **values: Any) -> None:
    """Move a course on, and every confirmed pledge as far as the course is. Raises NotNow or Refusal.

    What is not confirmed when it was held lapses, and nothing is pledged to it any more.
    """
    require(actor, Permission.COURSE_EDIT)
    if verb == "schedule" and not (course.starts_on and course.ends_on):
        raise Refusal(NO_DAY, field="starts_on")
    courses.move(course, verb, revision, **values)
    if verb == "deliver":
        sending.close_to_pledges(course)
    if verb in TOLD:
        sending.tell_renewed(course)
    for pledge in _standing(course):
        for step in ORDER[: ORDER.index(verb) + 1]:
            if tables.PLEDGE.may(pledge.state, step):
                move(actor, pledge, step, side="secretariat")
        if course.state not in actions.TAKING and pledge.state in UNDECIDED:
            actions.end(actor, pledge, "expire", side="secretariat", reason="")
    trail.record(actor, f"course-{verb}", subject=("course", course.id))


def set_seats(actor: Actor, course: Course, *, seats: Mapping[str, int], revision: int) -> None:
    """Give needs their seats, and ask exactly the countries that have some for their word."""
    courses.hold(course, "edit")
    standing = _standing(course)  # before the lines, as a step of a pledge holds them
    had = set(courses.queries.seated(course))
    courses.set_seats(actor, course, seats=seats, revision=revision)
    is_new = not had >= set(courses.queries.seated(course))
    for pledge in standing:
        if pledge.state in queries.PROMISED:
            _ask_anew(actor, pledge, is_new=is_new)


def _ask_anew(actor: Actor, pledge: Pledge, *, is_new: bool) -> None:
    """What was said stays; `is_new`: a country takes part that did not."""
    is_asked = beyond.is_there(queries.without_word(pledge))
    if pledge.state == "offered" and not is_asked and queries.reviews(pledge):
        move(actor, pledge, "accept", side="countries")
        telling.told(pledge, "accept")
    elif is_asked and pledge.state == "accepted":
        move(actor, pledge, "ask", side="secretariat")
        telling.told(pledge, "ask")
    elif is_asked and is_new:
        telling.told(pledge, "joined")


def cancel(
    actor: Actor, course: Course, *, reason: str, revision: int, to_sponsors: str = ""
) -> None:
    """Cancel a course: of it sponsors read `to_sponsors` alone, and what was pledged is free of it."""
    require(actor, Permission.COURSE_EDIT)
    tables.COURSE.after(course.state, "cancel")
    reason = texts.read(reason, field="reason", missing=actions.MISSING_REASON)
    to_sponsors = texts.read(to_sponsors, field="to_sponsors")
    sheets.refuse_naming(courses.queries.all_seats(course.id), course, {"to_sponsors": to_sponsors})
    was_open = course.state != tables.COURSE.initial
    told = [(each.sponsor_id, each.id) for each, _ in courses.queries.invitations(course.id)]
    courses.move(course, "cancel", revision, reason=reason, cancelled_at=clock.now())
    sending.close_to_sponsors(course, to_sponsors)
    history.serve(course)
    for pledge in _standing(course):
        move(actor, pledge, "withdraw", side="secretariat")
    trail.record(actor, "course-cancelled", subject=("course", course.id),
                 detail={"at": clock.now().isoformat()})  # fmt: skip
    if was_open:
        for organisation_id in courses.queries.concerned(course):
            post.to_roles(organisation_id, CERTIFIERS, "course-cancelled", course=course.id)
        for sponsor_id, invitation_id in told:
            post.to_roles(sponsor_id, SPONSORS, "course-cancelled-sponsor",
                          invitation=invitation_id)  # fmt: skip


def _standing(course: Course) -> list[Pledge]:
    return list(
        db.session.scalars(
            db.select(Pledge)
            .where(Pledge.course_id == course.id, Pledge.state.not_in(ENDED))
            .order_by(Pledge.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )
