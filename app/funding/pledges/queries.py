"""Which pledges exist for this actor, with which lines, and what happened to them?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func, or_
from sqlalchemy.orm import aliased

from app.db.errors import Missing
from app.extensions import db
from app.funding.courses.figures import by_line
from app.funding.courses.lists import LINE_KEYS
from app.funding.courses.models import Course, CourseInvitation, CourseSeat, CourseSheet
from app.funding.courses.queries import is_newest, newest_sheet, visible_to
from app.funding.courses.sheets import REVIEWED
from app.funding.offers.queries import today
from app.funding.pledges.models import (
    ENDED,
    LAPSING,
    UNDECIDED,
    Pledge,
    PledgeLine,
    PledgeMove,
    PledgeReview,
)
from app.organisations.models import Organisation
from app.policy.actor import Actor
from app.web.keyset import Page, page_of

MOST = 100
PROMISED = ("offered", "accepted")
FUNDED = ("confirmed", "scheduled", "delivered", "evaluated", "closed")


@dataclass
class OpenedPledge:
    """A pledge on this side of the wall, with its course and whoever gives it."""

    pledge: Pledge
    course: Course
    giver: Organisation
    has_seats: bool = False
    """Whether the reader's delegation has seats in the course, and so a word in it."""

    @property
    def id(self) -> str:
        return self.pledge.id

    @property
    def organisation_id(self) -> str:
        return self.pledge.organisation_id


@dataclass
class SentCourse:
    """A course that was sent to the sponsor acted for: its sheet, and the sponsor's own pledges."""

    invitation: CourseInvitation
    sheet: CourseSheet
    pledge: Pledge | None
    """The one that is not confirmed yet."""
    given: list[Pledge]
    """What it confirmed, the newest first."""
    ended: list[Pledge]
    """What it took back, and what lapsed, the newest first."""

    @property
    def course_id(self) -> str:
        return self.invitation.course_id

    @property
    def is_under_review(self) -> bool:
        """Whether the sheet tells no figures until the Secretariat sends the course anew."""
        return bool(self.sheet.content.get(REVIEWED))


@dataclass
class CancelledCourse:
    """What is left for the sponsor acted for of a course that was cancelled, and its own pledges."""

    invitation: CourseInvitation
    ended: list[Pledge]


def get(actor: Actor, pledge_id: str) -> OpenedPledge:
    """A pledge for the Secretariat or a delegation of its course. Raises Missing."""
    query = (
        db.select(Pledge, Course, Organisation)
        .join(Course, Course.id == Pledge.course_id)
        .join(Organisation, Organisation.id == Pledge.organisation_id)
        .where(Pledge.id == pledge_id, visible_to(actor), _shown_to(actor))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise Missing(pledge_id)
    return OpenedPledge(row[0], row[1], row[2], has_seats(actor, row[1].id))


def _shown_to(actor: Actor) -> Any:
    """What is only interest is between its giver and the Secretariat."""
    if actor.is_secretariat:
        return db.true()
    return or_(Pledge.organisation_id == actor.organisation_id, Pledge.round > 0)


def has_seats(actor: Actor, course_id: str) -> bool:
    """Whether the actor's delegation has seats in a course."""
    return db.session.scalar(
        db.select(CourseSeat.seats)
        .where(CourseSeat.course_id == course_id,
               CourseSeat.organisation_id == actor.organisation_id)
        .limit(1)
    ) is not None  # fmt: skip


def of_course(actor: Actor, course_id: str) -> list[Any]:
    """(Pledge, who gives it) of a course, as far as the actor may know of them."""
    return list(
        db.session.execute(
            db.select(Pledge, Organisation)
            .join(Organisation, Organisation.id == Pledge.organisation_id)
            .where(Pledge.course_id == course_id, _shown_to(actor))
            .order_by(Pledge.created_at, Pledge.id)
            .limit(MOST)
        )
    )


def standing(actor: Actor, course_id: str) -> list[Pledge]:
    """What the actor's organisation stands by in a course now, the newest first."""
    return _own(actor, course_id, Pledge.state.not_in(ENDED))


def _own(actor: Actor, course_id: str, condition: Any) -> list[Pledge]:
    return list(
        db.session.scalars(
            db.select(Pledge)
            .where(Pledge.course_id == course_id, condition,
                   Pledge.organisation_id == actor.organisation_id)
            .order_by(Pledge.created_at.desc(), Pledge.id)
        )
    )  # fmt: skip


def _parted(pledges: list[Pledge]) -> tuple[Pledge | None, list[Pledge]]:
    """The one that is not confirmed yet, and those that are."""
    undecided_one = next((each for each in pledges if each.state in UNDECIDED), None)
    return undecided_one, [each for each in pledges if each.state in FUNDED]


def undecided(actor: Actor, course_id: str) -> Pledge | None:
    """The pledge of the actor's organisation that is not confirmed yet: there is one at most."""
    return _parted(standing(actor, course_id))[0]


def sent(actor: Actor, invitation_id: str) -> SentCourse:
    """A course that was sent to this sponsor and is not closed to it. Raises Missing."""
    found = received(actor, invitation_id)
    if isinstance(found, CancelledCourse):
        raise Missing(invitation_id)
    return found


def received(actor: Actor, invitation_id: str) -> SentCourse | CancelledCourse:
    """A course that was sent to this sponsor, or what is left of it. Raises Missing."""
    invitation = _invitation(actor, invitation_id)
    if invitation is None:
        raise Missing(invitation_id)
    own = _own(actor, invitation.course_id, db.true())
    if invitation.closed_at is not None:
        return CancelledCourse(invitation, own)
    sheet = newest_sheet(invitation.course_id)
    if sheet is None:
        raise Missing(invitation_id)
    return SentCourse(invitation, sheet, *_parted(own), [one for one in own if one.state in ENDED])


def _invitation(actor: Actor, invitation_id: str) -> CourseInvitation | None:
    return db.session.scalar(
        db.select(CourseInvitation).where(
            CourseInvitation.id == invitation_id,
            CourseInvitation.sponsor_id == actor.organisation_id)
    )  # fmt: skip


def list_sent(actor: Actor, after: str) -> Page:
    """The courses that were sent to this sponsor, the newest first, each with its own pledge's state."""
    query = (
        db.select(
            CourseInvitation.id, CourseInvitation.why, CourseInvitation.sent_at,
            CourseInvitation.opened_at, CourseInvitation.state.label("course"), CourseSheet.content,
            CourseInvitation.starts_on, CourseInvitation.ends_on, CourseInvitation.remains,
            func.coalesce(Pledge.state, last_state(actor, FUNDED), last_state(actor, ENDED))
            .label("state"),
        )
        .select_from(CourseInvitation)
        .outerjoin(CourseSheet, and_(CourseInvitation.closed_at.is_(None),
                                     is_newest(CourseInvitation.course_id)))
        .outerjoin(Pledge, and_(Pledge.course_id == CourseInvitation.course_id,
                                Pledge.organisation_id == actor.organisation_id,
                                Pledge.state.in_(UNDECIDED)))
        .where(CourseInvitation.sponsor_id == actor.organisation_id,
               or_(CourseSheet.id.is_not(None), CourseInvitation.closed_at.is_not(None)))
    )  # fmt: skip
    return page_of(query, CourseInvitation.sent_at, CourseInvitation.id, after)


def last_state(actor: Actor, states: tuple[str, ...]) -> Any:
    """Where the last of the sponsor's pledges in these states to a course of `CourseInvitation` stands."""
    given = aliased(Pledge)
    return (
        db.select(given.state)
        .where(given.course_id == CourseInvitation.course_id, given.state.in_(states),
               given.organisation_id == actor.organisation_id)
        .order_by(given.created_at.desc(), given.id)
        .limit(1)
        .scalar_subquery()
        .correlate(CourseInvitation)
    )  # fmt: skip


def lines(pledge: Pledge) -> list[PledgeLine]:
    """The lines of a pledge's last offer, in the order of the cost lines."""
    return lines_of([pledge])[pledge.id]


def lines_of(pledges: list[Pledge]) -> dict[str, list[PledgeLine]]:
    """Pledge -> the lines of its last offer, in the order of the cost lines."""
    found: dict[str, list[PledgeLine]] = {each.id: [] for each in pledges}
    rounds = {each.id: each.round for each in pledges}
    for line in db.session.scalars(db.select(PledgeLine).where(PledgeLine.pledge_id.in_(found))):
        if line.round == rounds[line.pledge_id]:
            found[line.pledge_id].append(line)
    for each in found.values():
        each.sort(key=lambda line: (LINE_KEYS.index(line.line), line.form))
    return found


def amounts(pledge: Pledge) -> dict[str, Decimal]:
    """What a pledge's last offer is worth in each line, in US dollars."""
    return by_line((each.line, each.usd) for each in lines(pledge))


def history(pledge: Pledge) -> list[PledgeMove]:
    """What happened to a pledge, the newest first."""
    return histories([pledge])[pledge.id]


def histories(pledges: list[Pledge]) -> dict[str, list[PledgeMove]]:
    """Pledge -> what happened to it, the newest first."""
    found: dict[str, list[PledgeMove]] = {each.id: [] for each in pledges}
    moves = db.session.scalars(
        db.select(PledgeMove)
        .where(PledgeMove.pledge_id.in_(found))
        .order_by(PledgeMove.at.desc(), PledgeMove.id)
        .limit(MOST)
    )
    for each in moves:
        found[each.pledge_id].append(each)
    return found


def reviews(pledge: Pledge) -> list[Any]:
    """What countries said to the last offer: (PledgeReview, its delegation), as far as one may know."""
    return list(
        db.session.execute(
            db.select(PledgeReview, Organisation)
            .join(Organisation, Organisation.id == PledgeReview.organisation_id)
            .where(PledgeReview.pledge_id == pledge.id, PledgeReview.round == pledge.round)
            .order_by(PledgeReview.at, PledgeReview.id)
        )
    )


def own_review(actor: Actor, pledge: Pledge) -> PledgeReview | None:
    """What the actor's delegation said to the last offer."""
    return db.session.scalars(
        db.select(PledgeReview).where(
            PledgeReview.pledge_id == pledge.id, PledgeReview.round == pledge.round,
            PledgeReview.organisation_id == actor.organisation_id)
    ).one_or_none()  # fmt: skip


def without_word(pledge: Pledge) -> Any:
    """The question which delegations with seats have not accepted a pledge's last offer."""
    said = (
        db.select(PledgeReview.id)
        .where(PledgeReview.pledge_id == pledge.id, PledgeReview.round == pledge.round,
               PledgeReview.organisation_id == CourseSeat.organisation_id,
               PledgeReview.verdict == "accepted")
        .exists()
    )  # fmt: skip
    return db.select(CourseSeat.organisation_id).where(
        CourseSeat.course_id == pledge.course_id, ~said
    )


def by_payer(course_id: str) -> list[Any]:
    """(giver, line, state, dollars) of every pledge that counts; for the Secretariat and delegations."""
    return list(
        db.session.execute(
            db.select(Organisation, PledgeLine.line, Pledge.state, PledgeLine.form, PledgeLine.usd)
            .join(Pledge, and_(Pledge.id == PledgeLine.pledge_id, Pledge.round == PledgeLine.round))
            .join(Organisation, Organisation.id == Pledge.organisation_id)
            .where(Pledge.course_id == course_id, Pledge.state.in_(PROMISED + FUNDED))
            .order_by(Organisation.key, PledgeLine.line, PledgeLine.form)
        )
    )


def funders(course_id: str) -> list[Organisation]:
    """Whose pledges to a course are confirmed."""
    return list(
        db.session.scalars(
            db.select(Organisation)
            .join(Pledge, Pledge.organisation_id == Organisation.id)
            .where(Pledge.course_id == course_id, Pledge.state.in_(FUNDED))
            .distinct()
            .order_by(Organisation.key)
        )
    )


def state_now(pledge: Pledge) -> str:
    """The state of a pledge: as written down, moved on by the clock."""
    is_over = pledge.expires_on is not None and pledge.expires_on < today()
    return "expired" if pledge.state in LAPSING and is_over else pledge.state


def stale() -> Any:
    """The question which pledges have had their last day before they were confirmed."""
    return db.select(Pledge.id).where(Pledge.state.in_(LAPSING), Pledge.expires_on < today())
