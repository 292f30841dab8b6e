"""Which events of courses stand in the log of a sponsor: sent, opened, asked, pledged and taken back?"""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import Select, union_all

from app.extensions import db
from app.formats.words import N_
from app.funding.courses.models import Course, CourseCountryWord, CourseInvitation
from app.funding.pledges.models import Pledge, PledgeMove
from app.organisations.models import Organisation
from app.summaries import sponsor_log

EVENTS = {
    "course_sent": N_("A course was sent to it"),
    "course_opened": N_("It opened a course"),
    "course_asked": N_("It asked which countries take part in a course"),
    "course_told": N_("The country let it know that it takes part"),
    "course_untold": N_("The country did not let it know"),
    "course_closed": N_("A course was taken back from it"),
    "pledge_declare": N_("It declared its interest in a course"),
    "pledge_offer": N_("It offered something to a course"),
    "pledge_review": N_("A country accepted its offer"),
    "pledge_accept": N_("All countries accepted its offer"),
    "pledge_return": N_("The countries returned its offer"),
    "pledge_ask": N_("A further country was asked about its offer"),
    "pledge_confirm": N_("It confirmed its pledge"),
    "pledge_withdraw": N_("Its pledge was withdrawn"),
    "pledge_expire": N_("Its pledge lapsed"),
    "pledge_warn": N_("It was reminded that its pledge will lapse"),
}
"""Kind -> its words. What a course carries along with it is told by the course itself."""
_PREFIX = "pledge_"


def events(sponsor: Organisation) -> Select[Any]:
    """The events of courses that were sent to one sponsor."""
    invited = CourseInvitation.sponsor_id == sponsor.id
    log = union_all(
        _of_invitation("course_sent", CourseInvitation.sent_at, CourseInvitation.why).where(invited),
        *(_of_invitation(kind, at).where(invited, at.is_not(None)) for kind, at in (
            ("course_opened", CourseInvitation.opened_at),
            ("course_asked", CourseInvitation.countries_asked_at),
            ("course_closed", CourseInvitation.closed_at),
        )),
        _words().where(invited),
        _moves().where(Pledge.organisation_id == sponsor.id, Pledge.role == "sponsor"),
    ).subquery()  # fmt: skip
    return db.select(log)


def _of_invitation(kind: str, at: Any, text: Any = "") -> Select[Any]:
    key = CourseInvitation.id + f"-{kind}"
    return db.select(*_line(kind, at, key, text)).join(
        Course, Course.id == CourseInvitation.course_id
    )


def _words() -> Select[Any]:
    kind = db.case((CourseCountryWord.named, "course_told"), else_="course_untold")
    key = CourseCountryWord.invitation_id + CourseCountryWord.organisation_id
    return (
        db.select(*_line(kind, CourseCountryWord.said_at, key, country=Organisation.country))
        .join(CourseInvitation, CourseInvitation.id == CourseCountryWord.invitation_id)
        .join(Course, Course.id == CourseInvitation.course_id)
        .join(Organisation, Organisation.id == CourseCountryWord.organisation_id)
    )


def _moves() -> Select[Any]:
    told = [kind.removeprefix(_PREFIX) for kind in EVENTS if kind.startswith(_PREFIX)]
    kind = db.literal(_PREFIX) + PledgeMove.verb
    return (
        db.select(*_line(kind, PledgeMove.at, PledgeMove.id, PledgeMove.reason))
        .join(Pledge, Pledge.id == PledgeMove.pledge_id)
        .join(Course, Course.id == Pledge.course_id)
        .where(PledgeMove.verb.in_(told))
    )


def _line(kind: Any, at: Any, key: Any, text: Any = "", country: Any = None) -> tuple[Any, ...]:
    return sponsor_log.line(
        kind=kind, at=at, key=key, text=text, reference=Course.reference, place="course",
        subject_id=Course.id, name_es=Course.title_es, name_en=Course.title_en, country=country,
    )  # fmt: skip


sponsor_log.also(
    events, EVENTS, "course", lambda course_id: url_for("courses.show", course_id=course_id)
)
