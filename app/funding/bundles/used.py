"""What do courses that were planned and not cancelled use already: of hosts, of days, of money?

An adopted course names the offer of its host and keeps who was to pay what; every other course tells its
host, and what was pledged to it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_

from app.extensions import db
from app.funding.bundles.models import BundleAdoption
from app.funding.courses.models import Course, CourseSeat
from app.funding.courses.queries import GONE
from app.funding.pledges.models import ENDED, Pledge, PledgeLine

AHEAD = ("planned", "open", "scheduled")
"""States of a course that is still to be held."""

Lines = Mapping[str, Counter[str]]
"""Reference of a course -> cost line -> cents."""


@dataclass(frozen=True, kw_only=True)
class Hosted:
    """A course that somebody hosts."""

    reference: str
    host_id: str
    offer_id: str | None
    """The offer that an adopted course uses; None where nobody said which."""
    is_ahead: bool
    lang: str | None
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Used:
    """What courses use."""

    hosted: tuple[Hosted, ...] = ()
    paid: Mapping[str, Lines] = field(default_factory=dict)
    """Offer -> what adopted courses take of it."""
    pledged: Mapping[str, Lines] = field(default_factory=dict)
    """Organisation -> what it offered or confirmed."""


def used(besides: str = "") -> Used:
    """What courses use, those adopted from one proposal apart; three statements."""
    stands = and_(Course.state.not_in(GONE), _not_of(besides))
    return Used(tuple(_hosted(stands)), _paid(stands), _pledged(stands))


def given(besides: str, need_ids: Collection[str]) -> Mapping[str, int]:
    """Need -> seats that courses adopted from this proposal give it."""
    rows = db.session.execute(
        db.select(CourseSeat.need_id, func.sum(CourseSeat.seats).label("seats"))
        .join(Course, Course.id == CourseSeat.course_id)
        .where(CourseSeat.need_id.in_(need_ids), Course.bundle_id == besides,
               Course.state.not_in(GONE))
        .group_by(CourseSeat.need_id)
    )  # fmt: skip
    return {row.need_id: int(row.seats) for row in rows}


def _not_of(bundle_id: str) -> ColumnElement[bool]:
    return or_(Course.bundle_id.is_(None), Course.bundle_id != bundle_id)


def _hosted(stands: ColumnElement[bool]) -> list[Hosted]:
    rows = db.session.execute(
        db.select(Course.reference, Course.host_id, Course.state, Course.lang,
                  Course.starts_on, Course.ends_on, BundleAdoption.host_offer_id)
        .outerjoin(BundleAdoption, BundleAdoption.course_id == Course.id)
        .where(stands, Course.host_id.is_not(None))
        .order_by(Course.created_at, Course.id)
    )  # fmt: skip
    return [
        Hosted(reference=row.reference, host_id=str(row.host_id),
               offer_id=row.host_offer_id, is_ahead=row.state in AHEAD, lang=row.lang,
               first=row.starts_on, last=row.ends_on)
        for row in rows
    ]  # fmt: skip


def _paid(stands: ColumnElement[bool]) -> Mapping[str, Lines]:
    rows = db.session.execute(
        db.select(Course.reference, BundleAdoption.payments)
        .join(Course, Course.id == BundleAdoption.course_id)
        .where(stands)
    )
    return _by_course(
        (each["payer"], row.reference, each["line"], each["amount"])
        for row in rows for each in row.payments
    )  # fmt: skip


def _pledged(stands: ColumnElement[bool]) -> Mapping[str, Lines]:
    rows = db.session.execute(
        db.select(Pledge.organisation_id, Course.reference, PledgeLine.line, PledgeLine.usd)
        .join(PledgeLine, and_(PledgeLine.pledge_id == Pledge.id, PledgeLine.round == Pledge.round))
        .join(Course, Course.id == Pledge.course_id)
        .where(stands, Pledge.state.not_in((*ENDED, "returned")))
    )
    return _by_course((*row[:3], int(row.usd.scaleb(2))) for row in rows)


def _by_course(said: Any) -> Mapping[str, Lines]:
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for whose, course_id, line, cents in said:
        found[whose][course_id][line] += cents
    return found
