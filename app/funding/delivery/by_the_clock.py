"""What happens to a course that was held, by itself? A year later both sides are asked, and reminded twice."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_

from app import clock
from app.audit import trail
from app.audit.commit import committed
from app.db.adding import add_missing
from app.db.base import new_id
from app.db.transactions import transaction
from app.extensions import db
from app.funding.courses.models import Course, CourseSeat
from app.funding.delivery.models import FollowUp
from app.funding.offers.queries import today
from app.funding.pledges.models import Pledge
from app.jobs.registry import Times, job
from app.outbox import post
from app.policy.actor import Role
from app.policy.roles import CERTIFIERS

HELD = ("delivered", "evaluated", "closed")
"""States of a course that was held, and of a pledge that was used for it."""
SHORTEST_YEAR = timedelta(days=365)
REMINDERS = (timedelta(days=14), timedelta(days=30))
"""How long after the question whoever has not answered is reminded of it."""
ANSWER_WITHIN = timedelta(days=30)
ASKED = {
    "country": (CERTIFIERS, "follow-up-asked"),
    "sponsor": ((Role.SPONSOR_PLEDGER,), "follow-up-asked-sponsor"),
}
"""Side -> who of it is asked, by which letter; reminders go by one of their own."""


@job("courses-by-the-clock", times=Times(minute="23"))
def keep_up() -> None:
    """Once an hour: ask about courses that ended a year ago, and remind whoever has not answered."""
    with transaction(writing=False) as session:
        waiting = db.select(FollowUp.id).where(_waits()).order_by(FollowUp.asked_at, FollowUp.id)
        to_ask, to_remind = _to_ask(), list(session.scalars(waiting))
    for course_id in to_ask:
        with committed():
            ask(course_id)
    for follow_up_id in to_remind:
        with committed() as session:
            held = db.select(FollowUp).where(FollowUp.id == follow_up_id, _waits())
            asked = session.scalars(held.with_for_update()).one_or_none()
            if asked is not None:  # else it answered meanwhile, or was reminded
                remind(asked)


def a_year_after(day: date) -> date:
    """The same day twelve months later; the last of February after the 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def ask(course_id: str) -> None:
    """Ask every delegation with seats and every sponsor whose pledge was used, each once."""
    db.session.execute(db.select(Course.id).where(Course.id == course_id).with_for_update())
    now = clock.now()
    countries = db.session.scalars(
        db.select(CourseSeat.organisation_id).where(CourseSeat.course_id == course_id).distinct()
    )
    sponsors = db.session.scalars(
        db.select(Pledge.organisation_id)
        .where(Pledge.course_id == course_id, Pledge.role == "sponsor", Pledge.state.in_(HELD))
        .distinct()
    )
    asked = {**dict.fromkeys(sponsors, "sponsor"), **dict.fromkeys(countries, "country")}
    known = set(
        db.session.scalars(
            db.select(FollowUp.organisation_id).where(FollowUp.course_id == course_id)
        )
    )
    rows = [
        {"id": new_id(), "course_id": course_id, "organisation_id": organisation_id,
         "side": side, "asked_at": now, "due_on": (now + ANSWER_WITHIN).date(), "reminders": 0,
         "text": ""}
        for organisation_id, side in sorted(asked.items()) if organisation_id not in known
    ]  # fmt: skip
    add_missing(FollowUp.__table__, rows)
    for row in rows:
        _write_to(row["organisation_id"], row["side"], row["id"], course_id, "")
        trail.record(None, "follow-up-asked", subject=("follow_up", row["id"]),
                     owner=row["organisation_id"], detail={"by": "clock"})  # fmt: skip


def remind(asked: FollowUp) -> None:
    """Remind an organisation that has not answered: once after 14 days, once after 30."""
    due = sum(1 for after in REMINDERS if clock.now() - asked.asked_at >= after)
    asked.reminders, asked.reminded_at = due, clock.now()
    _write_to(asked.organisation_id, asked.side, asked.id, asked.course_id, "-again")
    trail.record(None, "follow-up-reminded", subject=("follow_up", asked.id),
                 owner=asked.organisation_id, detail={"reminder": due})  # fmt: skip


def _write_to(organisation_id: str, side: str, follow_up: str, course: str, again: str) -> None:
    roles, kind = ASKED[side]
    post.to_roles(organisation_id, roles, kind + again, follow_up=follow_up, course=course)


def _to_ask() -> list[str]:
    """Courses that ended at least twelve months ago and about which nobody was asked yet."""
    day = today()
    is_asked = db.select(FollowUp.id).where(FollowUp.course_id == Course.id).exists()
    ended = db.session.execute(
        db.select(Course.id, Course.ends_on)
        .where(Course.state.in_(HELD), Course.seats > 0, ~is_asked,
               Course.ends_on <= day - SHORTEST_YEAR)
        .order_by(Course.ends_on, Course.id)
    )  # fmt: skip
    return [row.id for row in ended if a_year_after(row.ends_on) <= day]


def _waits() -> ColumnElement[bool]:
    """Not answered, and not reminded as often as it was time to."""
    now = clock.now()
    due = [
        and_(FollowUp.reminders == number, FollowUp.asked_at <= now - after)
        for number, after in enumerate(REMINDERS)
    ]
    return and_(FollowUp.answered_at.is_(None), or_(*due))
