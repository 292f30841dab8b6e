"""Do sponsors still read of a country and its need only what that country agrees to now?

A host takes its yes back, a need is withdrawn or its new version agrees to less: none of them knows who
reads of the course. The sheet is made anew without the name, and without the words that tell it; what
else the Secretariat changed since waits until the Secretariat sends it. Where nothing of a need may go to
sponsors any more, its sheet says no figure of which that need is a part: the course is under review until
the Secretariat sends it anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import update

from app.audit.commit import committed
from app.db.transactions import transaction
from app.extensions import db
from app.funding.courses import queries, sheets
from app.funding.courses.models import Course, CourseInvitation
from app.funding.courses.queries import SeatRow
from app.funding.courses.sheets import Content
from app.jobs.one_by_one import one_by_one
from app.jobs.registry import Times, job
from app.organisations.models import Organisation
from app.organisations.naming import Phrase, found
from app.outbox import post
from app.outbox.deeds import Write, deed
from app.policy.actor import OrganisationKind
from app.policy.roles import OFFICERS

UNNAME = "course-unname"
CHANGEABLE = ("open", "scheduled")
"""States of a course in which who takes part or hosts may say otherwise: sent, and not held yet."""


@deed(UNNAME)
def unname(params: Mapping[str, Any]) -> Write:
    """Find out what sponsors still read of who does not want to be named any more."""
    course = db.session.get_one(Course, params["course"])
    sheet = queries.newest_sheet(course.id)
    if sheet is None:
        return lambda: None
    rows, named = queries.all_seats(course.id), sheets.named_host(course)
    kept = sheets.names_kept(rows, course, named)
    content = untold(sheet.content, rows, named, kept)
    telling, course_id = whys_telling(course.id, kept.anywhere), course.id
    if content == sheet.content and not telling:
        return lambda: None
    content["funders"] = sheets.funders(course, named)
    release = sheets.release_after(sheet, content)

    def write() -> None:
        release()
        take_out(telling)
        kind = "course-reviewed" if content.get(sheets.REVIEWED) else "course-unnamed"
        post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, kind, course=course_id)

    return write


def untold(
    content: Content, rows: list[SeatRow], host: Organisation | None, kept: sheets.Kept
) -> Content:
    """A released sheet with those alone by name who agree now, and without words that tell the others."""
    agreed = content["host"] if host and content["host"] == sheets.name_of(host) else None
    is_hidden = agreed is None and content["has_host"]

    def tells(texts: Iterable[str]) -> bool:
        return any(map(kept.told_by, texts))

    def title(of: Content, instead: dict[str, str]) -> Content:
        return {**of, "title": instead if tells(of["title"].values()) else of["title"]}

    def provider(given: dict[str, str] | None) -> dict[str, str] | None:
        is_host = given is not None and given == content["host"]
        if given is None or (is_host and agreed is None) or (not is_host and tells(given.values())):
            return None
        return given

    return {
        **title(sheets.reviewed(content, rows), sheets.A_COURSE),
        "countries": [each for each in content["countries"] if each in sheets.named_in(rows)],
        "host": agreed,
        "place": "" if is_hidden or found(content["place"], kept.of_place) else content["place"],
        "vetting": "" if tells([content["vetting"]]) else content["vetting"],
        "components": [
            {**title(part, sheets.A_COMPONENT), "provider": provider(part["provider"])}
            for part in content["components"]
        ],
        "held_before": [title(each, sheets.A_COURSE) for each in content["held_before"]],
    }


def whys_telling(course_id: str, names: Collection[Phrase]) -> list[str]:
    """The invitations whose reason names who goes unnamed."""
    return [each.id for each, _ in queries.invitations(course_id) if found(each.why, names)]


def take_out(telling: list[str]) -> None:
    """These sponsors do not read any more why the course was sent to them."""
    db.session.execute(
        update(CourseInvitation)
        .where(CourseInvitation.id.in_(telling))
        .values(why="")
        .execution_options(synchronize_session=False)
    )


@job("sheets-follow-consent", times=Times())
def keep_up() -> None:
    """Make those sheets anew that tell more of a country than it agrees to now."""
    with transaction(writing=False) as session:
        courses = session.scalars(
            db.select(Course).where(Course.state.in_(CHANGEABLE)).order_by(Course.id)
        ).all()
        telling = [each.id for each in courses if _still_tells(each)]
    one_by_one("sheets-follow-consent", telling, _unname)


def _unname(course_id: str) -> None:
    with committed():
        unname({"course": course_id})()


def _still_tells(course: Course) -> bool:
    sheet = queries.newest_sheet(course.id)
    if sheet is None:
        return False
    rows, named = queries.all_seats(course.id), sheets.named_host(course)
    now = untold(sheet.content, rows, named, sheets.Kept())
    followed = ("countries", "host", "themes", sheets.REVIEWED)
    return any(now.get(each) != sheet.content.get(each) for each in followed)
