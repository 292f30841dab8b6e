"""What happens to pledges by itself: interest that led to no offer lapses, with a word before?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Select

from app import clock
from app.audit.commit import committed
from app.db.transactions import transaction
from app.extensions import db
from app.funding.courses.models import CourseInvitation
from app.funding.pledges import actions, queries
from app.funding.pledges.models import Pledge, PledgeMove
from app.funding.pledges.moving import keep
from app.jobs.registry import Times, job
from app.outbox import post
from app.policy.roles import CERTIFIERS, OFFICERS, SPONSORS
from app.workflow.machine import NotNow

WARNED_BEFORE = timedelta(days=7)
WARNED = "warn"


@job("pledges-by-the-clock", times=Times(minute="7"))
def keep_up() -> None:
    """Once an hour: say that an interest will lapse, and let it lapse when its day has passed."""
    with transaction(writing=False) as session:
        ended = list(session.scalars(queries.stale().order_by(Pledge.id)))
        soon = list(session.scalars(_soon().order_by(Pledge.id)))
    for pledge_id in ended:
        _each(pledge_id, expire)
    for pledge_id in soon:
        _each(pledge_id, warn)


def _each(pledge_id: str, act: Any) -> None:
    try:
        with committed() as session:
            act(session.get_one(Pledge, pledge_id, populate_existing=True))
    except NotNow:
        pass  # its giver was faster


def expire(pledge: Pledge) -> None:
    """Let an interest lapse. Raises NotNow where an offer was made of it meanwhile."""
    actions.end(None, pledge, "expire", side="clock", reason="")


def warn(pledge: Pledge) -> None:
    """Say once that an interest lapses soon."""
    if pledge.state != "interest":
        return
    keep(None, pledge, WARNED, side="clock")
    if pledge.role == "sponsor":
        invitation = db.session.scalar(
            db.select(CourseInvitation.id).where(
                CourseInvitation.course_id == pledge.course_id,
                CourseInvitation.sponsor_id == pledge.organisation_id)
        )  # fmt: skip
        post.to_roles(pledge.organisation_id, SPONSORS, "pledge-lapses-sponsor",
                      invitation=invitation)  # fmt: skip
    else:
        roles = CERTIFIERS if pledge.role == "host" else OFFICERS
        post.to_roles(pledge.organisation_id, roles, "pledge-lapses", pledge=pledge.id)


def _soon() -> Select[Any]:
    warned = (
        db.select(PledgeMove.id)
        .where(PledgeMove.pledge_id == Pledge.id, PledgeMove.verb == WARNED)
        .exists()
    )
    today = clock.now().date()
    return db.select(Pledge.id).where(
        Pledge.state == "interest", Pledge.expires_on >= today,
        Pledge.expires_on <= today + WARNED_BEFORE, ~warned)  # fmt: skip
