"""What of courses and pledges waits on a desk: plans to send, offers to look at, pledges to confirm?

A sponsor's part asks of sheets, invitations and its own pledges alone: its connection knows no more.
"""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import and_

from app.desk.items import ASKED, Block, Item, block
from app.desk.saying import day, line
from app.extensions import db
from app.funding.bundles.models import Bundle, BundleAdoption
from app.funding.bundles.shown import lead
from app.funding.courses import asking
from app.funding.courses.models import Course, CourseInvitation, CourseSeat, CourseSheet
from app.funding.courses.queries import is_newest
from app.funding.pledges.models import UNDECIDED, Pledge, PledgeReview
from app.funding.pledges.queries import FUNDED, last_state
from app.organisations.models import Organisation
from app.policy.actor import Actor
from app.policy.engine import might
from app.policy.permissions import Permission
from app.web import locale
from app.web.states import state_tag
from app.workflow.tables import BUNDLE, COURSE, PLEDGE, REVEAL


def plans(actor: Actor) -> Block:
    """For the Secretariat: courses that were not sent to sponsors yet."""

    def draw(course: Course) -> Item:
        made = _("made on %(day)s", day=day(course.created_at))
        return Item(title=course.title(locale.lang()), notes=(line(course.reference, made),),
                    url=url_for("courses.show", course_id=course.id),
                    tag=state_tag(COURSE, course.state))  # fmt: skip

    rows = db.session.scalars(
        db.select(Course).where(Course.state == COURSE.initial)
        .order_by(Course.created_at, Course.id).limit(ASKED)
    ).all()  # fmt: skip
    return block("plans", _("Courses to send to sponsors"), rows, draw, url_for("courses.index"))


def proposed(actor: Actor) -> Block:
    """For the Secretariat: proposals of courses of which nothing was adopted yet."""

    def draw(row: Any) -> Item:
        return Item(title=lead(row.gist), notes=(line(_("computed on %(day)s", day=day(row.made_at))),),
                    url=url_for("bundles.show", bundle_id=row.id),
                    tag=state_tag(BUNDLE, row.state))  # fmt: skip

    adopted = db.select(BundleAdoption.bundle_id).where(BundleAdoption.bundle_id == Bundle.id)
    rows = db.session.execute(
        db.select(Bundle.id, Bundle.gist, Bundle.made_at, Bundle.state)
        .where(Bundle.state == "ready", ~adopted.exists())
        .order_by(Bundle.made_at.desc(), Bundle.id).limit(ASKED)
    ).all()  # fmt: skip
    return block("bundles", _("Proposed courses to look at"), rows, draw, url_for("bundles.index"))


def interests(actor: Actor) -> Block:
    """For the Secretariat: interest in courses that led to no offer yet."""
    rows = db.session.execute(
        db.select(Pledge, Course, Organisation)
        .join(Course, Course.id == Pledge.course_id)
        .join(Organisation, Organisation.id == Pledge.organisation_id)
        .where(Pledge.state == "interest")
        .order_by(Pledge.created_at, Pledge.id)
        .limit(ASKED)
    ).all()
    return block("interests", _("Interest in courses"), rows, _pledge, url_for("courses.index"))


def to_review(actor: Actor) -> Block:
    """For a focal point: offers for courses in which its delegation has seats and has not said its word."""
    said = (
        db.select(PledgeReview.id)
        .where(PledgeReview.pledge_id == Pledge.id, PledgeReview.round == Pledge.round,
               PledgeReview.organisation_id == actor.organisation_id)
        .exists()
    )  # fmt: skip
    seated = db.select(CourseSeat.course_id).where(
        CourseSeat.organisation_id == actor.organisation_id
    )
    rows = db.session.execute(
        db.select(Pledge, Course, Organisation)
        .join(Course, Course.id == Pledge.course_id)
        .join(Organisation, Organisation.id == Pledge.organisation_id)
        .where(Pledge.state == "offered", Pledge.course_id.in_(seated), ~said)
        .order_by(Pledge.created_at, Pledge.id)
        .limit(ASKED)
    ).all()
    return block(
        "offered", _("Offers for courses: your word"), rows, _pledge, url_for("courses.index")
    )


def names(actor: Actor) -> Block:
    """For a focal point: sponsors that ask whether its country takes part in a course."""

    def draw(asked: asking.Asking) -> Item:
        since = _("asked on %(day)s", day=day(asked.asked_at))
        return Item(title=asked.course.title(locale.lang()),
                    notes=(line(asked.sponsor.name(locale.lang()), since),),
                    url=url_for("courses.show", course_id=asked.course.id) + "#asked",
                    tag=state_tag(REVEAL, "asked", own=True))  # fmt: skip

    rows = asking.without_word(actor)
    return block(
        "course-names", _("Sponsors ask which countries take part in a course"), rows, draw
    )


def own_share(actor: Actor) -> Block:
    """For the host and the Secretariat: what was accepted of their own share, or returned."""
    rows = db.session.execute(
        db.select(Pledge, Course, Organisation)
        .join(Course, Course.id == Pledge.course_id)
        .join(Organisation, Organisation.id == Pledge.organisation_id)
        .where(Pledge.organisation_id == actor.organisation_id,
               Pledge.state.in_(("accepted", "returned")))
        .order_by(Pledge.created_at, Pledge.id)
        .limit(ASKED)
    ).all()  # fmt: skip
    return block("share", _("Your own share of courses"), rows, _pledge, url_for("courses.index"))


def _pledge(row: Any) -> Item:
    return Item(
        title=row.Course.title(locale.lang()), notes=(row.Organisation.name(locale.lang()),),
        url=url_for("pledges.show", pledge_id=row.Pledge.id),
        tag=state_tag(PLEDGE, row.Pledge.state),
    )  # fmt: skip


def sent(actor: Actor) -> Block:
    """For a sponsor: courses that it has not pledged to, and pledges that wait for its own word."""
    rows = db.session.execute(
        db.select(CourseInvitation.id, CourseInvitation.sent_at, CourseSheet.content, Pledge.state)
        .select_from(CourseInvitation)
        .join(CourseSheet, is_newest(CourseInvitation.course_id))
        .outerjoin(Pledge, and_(Pledge.course_id == CourseInvitation.course_id,
                                Pledge.organisation_id == actor.organisation_id,
                                Pledge.state.in_(UNDECIDED)))
        .where(CourseInvitation.sponsor_id == actor.organisation_id,
               CourseInvitation.closed_at.is_(None), CourseInvitation.pledges_closed_at.is_(None),
               db.func.coalesce(Pledge.state, last_state(actor, FUNDED), "returned")
               .in_(("returned", "interest", "accepted")))
        .order_by(CourseInvitation.sent_at, CourseInvitation.id)
        .limit(ASKED)
    ).all()  # fmt: skip
    everything = url_for("received_courses.index")
    may = might(actor, Permission.PLEDGE_WRITE)
    title = _("Courses that wait for your word") if may else _("Courses sent to your organisation")
    return block("courses", title, rows, _course, everything)


def _course(row: Any) -> Item:
    until = row.content["decide_by"]
    last = _("pledges until %(day)s", day=locale.show_iso_date(until))
    return Item(
        title=row.content["title"][locale.lang()], notes=(line(row.content["reference"], last),),
        url=url_for("received_courses.show", invitation_id=row.id),
        tag=state_tag(PLEDGE, row.state) if row.state else None,
    )  # fmt: skip
