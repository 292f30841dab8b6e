"""Who is told of a step of a pledge, and what becomes of the sheet when its funders change?

A sponsor's connection may promise this and know no more: whom it concerns is found out afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.extensions import db
from app.funding.courses import sheets
from app.funding.courses.contributors import told_of_course
from app.funding.courses.models import Course, CourseInvitation
from app.funding.courses.queries import concerned, newest_sheet, seated
from app.funding.pledges import queries
from app.funding.pledges.models import Pledge
from app.outbox import post
from app.outbox.deeds import Write, deed
from app.policy.actor import OrganisationKind
from app.policy.roles import CERTIFIERS, OFFICERS, SPONSORS

sheets.payers(queries.funders)
STEP, FUNDED = "pledge-step", "course-funded"
TO_COUNTRIES = {
    "offer": "pledge-offered",
    "ask": "pledge-offered",
    "joined": "pledge-offered",
    "confirm": "pledge-confirmed",
    "withdraw": "pledge-withdrawn",
}
"""What the benefiting countries are told of."""
ASKED = ("ask", "joined")
"""Steps of which only those are told who have not said their word."""
SETTLED = ("confirm", "withdraw")
"""Steps that concern a host without seats too."""
TO_GIVER = {"accept": "pledge-accepted", "return": "pledge-returned", "expire": "pledge-expired",
            "over": "pledge-over",
            "ask": "pledge-asked"}  # fmt: skip
TO_SECRETARIAT = {"interest": "pledge-interest", "offer": "pledge-offered", "confirm": "pledge-confirmed",
                  "withdraw": "pledge-withdrawn", "accept": "pledge-accepted-st",
                  "return": "pledge-returned-st"}  # fmt: skip


def told(pledge: Pledge, step: str) -> None:
    """Promise to tell those concerned, and to write the funders anew into what sponsors read."""
    post.to_do(STEP, pledge=pledge.id, step=step, was_round=pledge.round)
    if step == "confirm":
        post.to_do(FUNDED, course=pledge.course_id)


@deed(FUNDED)
def tell_contributors(params: Mapping[str, Any]) -> Write:
    """Tell those who had a hand in the course's needs; once, however many pledges are confirmed."""
    return told_of_course(params["course"], "course-funded")


@deed(STEP)
def tell(params: Mapping[str, Any]) -> Write:
    """Find out whom a step concerns."""
    pledge, step = db.session.get_one(Pledge, params["pledge"]), params["step"]
    course = db.session.get_one(Course, pledge.course_id)
    countries = _countries(course, pledge, step)
    giver = db.session.scalar(
        db.select(CourseInvitation.id).where(
            CourseInvitation.course_id == course.id,
            CourseInvitation.sponsor_id == pledge.organisation_id)
    )  # fmt: skip
    release = _with_funders(course) if step in ("confirm", "withdraw") else None
    pledge_id, owner, role, had_offer = (
        pledge.id,
        pledge.organisation_id,
        pledge.role,
        pledge.round > 0,
    )

    def write() -> None:
        if (kind := TO_COUNTRIES.get(step)) and had_offer:
            for organisation_id in countries:
                if organisation_id != owner:
                    post.to_roles(organisation_id, CERTIFIERS, kind, pledge=pledge_id)
        if kind := TO_SECRETARIAT.get(step):
            post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, kind, pledge=pledge_id)
        if kind := TO_GIVER.get(step):
            _to_giver(kind, role, owner, giver, pledge_id)
        if release is not None:
            release()

    return write


def _countries(course: Course, pledge: Pledge, step: str) -> list[str]:
    """Those with seats, whose word it needs; of what is settled, the host too."""
    if step in ASKED:
        return sorted(set(db.session.scalars(queries.without_word(pledge))))
    return concerned(course) if step in SETTLED else seated(course)


def _to_giver(kind: str, role: str, owner: str, invitation: str | None, pledge_id: str) -> None:
    if role == "sponsor":
        post.to_roles(owner, SPONSORS, f"{kind}-sponsor", invitation=invitation)
    else:
        post.to_roles(owner, CERTIFIERS if role == "host" else OFFICERS, kind, pledge=pledge_id)


def _with_funders(course: Course) -> Write | None:
    """What sponsors read, with the funders as they are now and all else as it was released."""
    sheet = newest_sheet(course.id)
    if sheet is None:
        return None
    funders = sheets.funders(course, sheets.named_host(course))
    return sheets.release_after(sheet, {**sheet.content, "funders": funders})
