"""Did the host itself agree that sponsors are told who hosts, and how does it say so?

What it said of the course counts; where it said nothing of it, what its open offers to host say. It
alone can write either. Taking it back makes a new sheet without its name, which nobody has to ask for.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import insert, update

from app import clock
from app.audit import trail
from app.audit.commit import committed
from app.db.changing import changed
from app.db.errors import Missing
from app.db.transactions import transaction
from app.extensions import db
from app.funding.courses import queries, sheets
from app.funding.courses.models import Course, CourseHostWord, CourseInvitation
from app.funding.courses.sheets import Content
from app.jobs.registry import Times, job
from app.organisations.models import Organisation
from app.outbox import post
from app.outbox.deeds import LookAgain, Write, deed
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.workflow import tables
from app.workflow.machine import NotNow

UNNAME = "course-unname-host"
CHANGEABLE = ("open", "scheduled")
"""States of a course in which its host may say otherwise: sent to sponsors, and not held yet."""


def hosted(actor: Actor, course_id: str) -> Course:
    """A course that the actor's delegation hosts. Raises Missing."""
    course = queries.get(actor, course_id)
    if course.host_id != actor.organisation_id and not actor.is_secretariat:
        raise Missing(course_id)
    return course


def say(actor: Actor, course: Course, *, named: bool) -> None:
    """The host's own yes or no, in place of what it said before. Raises NotNow once it was held."""
    require(actor, Permission.HOST_NAME, course)
    if course.state not in CHANGEABLE:
        raise NotNow(tables.COURSE.name, course.state, "name_host")
    word = {"named": named, "said_by": actor.person_id, "said_at": clock.now()}
    again = changed(
        db.session(),
        update(CourseHostWord)
        .where(CourseHostWord.course_id == course.id,
               CourseHostWord.organisation_id == actor.organisation_id)
        .values(**word)
        .execution_options(synchronize_session=False),
    )  # fmt: skip
    if not again:
        db.session.execute(insert(CourseHostWord.__table__).values(
            course_id=course.id, organisation_id=actor.organisation_id, **word))  # fmt: skip
    db.session.expire_all()
    trail.record(actor, "course-host-named" if named else "course-host-unnamed",
                 subject=("course", course.id), owner=actor.organisation_id)  # fmt: skip
    if not named:
        post.to_do(UNNAME, course=course.id)


@deed(UNNAME)
def unname(params: Mapping[str, Any]) -> Write:
    """Find out what sponsors still read of a host that does not want to be named any more."""
    course = db.session.get_one(Course, params["course"])
    sheet = queries.newest_sheet(course.id)
    if sheet is None or course.host_id is None or queries.host_agreed(course):
        return lambda: None
    host = db.session.get_one(Organisation, course.host_id)
    content = {**without_host(sheet.content, host), "funders": sheets.funders(course, None)}
    release = sheets.release_after(sheet, content)
    telling = [each.id for each, _ in queries.invitations(course.id)
               if sheets.is_named_in(host, each.why)]  # fmt: skip

    def write() -> None:
        release()
        db.session.execute(
            update(CourseInvitation)
            .where(CourseInvitation.id.in_(telling))
            .values(why="")
            .execution_options(synchronize_session=False)
        )

    return write


def without_host(content: Content, host: Organisation) -> Content:
    """A released sheet without its host, and without what the Secretariat wrote where that names it."""

    def untold(text: dict[str, str], instead: dict[str, str]) -> dict[str, str]:
        is_told = any(sheets.is_named_in(host, each) for each in text.values())
        return instead if is_told else text

    def provider(given: dict[str, str] | None) -> dict[str, str] | None:
        return given and (untold(given, {}) or None)

    return {
        **content, "host": None, "place": "", "title": untold(content["title"], sheets.A_COURSE),
        "vetting": "" if sheets.is_named_in(host, content["vetting"]) else content["vetting"],
        "components": [
            {**part, "title": untold(part["title"], sheets.A_COMPONENT),
             "provider": provider(part["provider"])}
            for part in content["components"]
        ],
        "held_before": [
            {**each, "title": untold(each["title"], sheets.A_COURSE)}
            for each in content["held_before"]
        ],
    }  # fmt: skip


@job("hosts-unnamed", times=Times(minute="*/5"))
def keep_up() -> None:
    """Make those sheets anew that name a host whose offer, in which it agreed, stands no more."""
    with transaction(writing=False) as session:
        courses = session.scalars(
            db.select(Course).where(Course.state.in_(CHANGEABLE), Course.host_id.is_not(None))
            .order_by(Course.id)
        ).all()  # fmt: skip
        telling = [each.id for each in courses if _still_names(each)]
    for course_id in telling:
        with suppress(LookAgain), committed():  # the next run looks again
            unname({"course": course_id})()


def _still_names(course: Course) -> bool:
    sheet = queries.newest_sheet(course.id)
    return sheet is not None and bool(sheet.content["host"]) and not queries.host_agreed(course)
