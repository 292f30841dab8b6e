"""What happens to pledges by itself: what is not confirmed by its day lapses, with a word before?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import Select

from app.audit.commit import committed
from app.db.transactions import transaction
from app.extensions import db
from app.funding.courses.models import CourseInvitation
from app.funding.offers.queries import today
from app.funding.pledges import actions, queries
from app.funding.pledges.models import LAPSING, Pledge, PledgeMove
from app.funding.pledges.moving import keep
from app.jobs.one_by_one import one_by_one
from app.jobs.registry import Times, job
from app.outbox import post
from app.policy.roles import CERTIFIERS, OFFICERS, SPONSORS
from app.workflow.machine import NotNow
from app.workflow.tables import PLEDGE

WARNED_BEFORE = timedelta(days=7)
WARNED = "warn"
BY_THE_CLOCK = "pledges-by-the-clock"


@job(BY_THE_CLOCK, times=Times(minute="7"))
def keep_up() -> None:
    """Once an hour: say that a pledge will lapse, and let it lapse when its day has passed."""
    with transaction(writing=False) as session:
        ended = list(session.scalars(queries.stale().order_by(Pledge.id)))
        soon = list(session.scalars(_soon().order_by(Pledge.id)))
    one_by_one(BY_THE_CLOCK, ended, _while(queries.stale(), expire))
    one_by_one(BY_THE_CLOCK, soon, _while(_soon(), warn))


def _while(due: Select[Any], act: Callable[[Pledge], None]) -> Callable[[str], None]:
    """Act on a pledge that is due still: held first, so that nobody else acts on it, then asked again."""

    def one(pledge_id: str) -> None:
        with committed() as session:
            held = db.select(Pledge).where(Pledge.id == pledge_id).with_for_update()
            pledge = session.scalars(held).one()
            if session.scalar(due.where(Pledge.id == pledge_id)) is not None:
                act(pledge)

    return one


def expire(pledge: Pledge) -> None:
    """Let a pledge lapse. Raises NotNow where its day has not passed."""
    if queries.state_now(pledge) != "expired":
        raise NotNow(PLEDGE.name, pledge.state, "expire")
    actions.end(None, pledge, "expire", side="clock", reason="")


def warn(pledge: Pledge) -> None:
    """Say once of an interest, and of each offer, that it lapses soon."""
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
        .where(
            PledgeMove.pledge_id == Pledge.id,
            PledgeMove.verb == WARNED,
            PledgeMove.round == Pledge.round,
        )
        .exists()
    )
    day = today()
    return db.select(Pledge.id).where(
        Pledge.state.in_(LAPSING), Pledge.expires_on >= day,
        Pledge.expires_on <= day + WARNED_BEFORE, ~warned)  # fmt: skip
