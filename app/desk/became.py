"""What became of the needs in which a person took part, step by step?

Read off what is recorded: versions, reviews, editions and routings. How many questions are asked does
not depend on how many needs there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import and_, func, literal, union_all

from app.extensions import db
from app.funding.courses.models import Course, CourseSeat
from app.funding.delivery.models import CourseStep
from app.funding.pledges.models import Pledge, PledgeMove
from app.intake.hands import had_a_hand
from app.intake.models import Dossier, Draft, Review, Version
from app.intake.queries import is_uncertified
from app.needs.models import Need, NeedFact
from app.policy.actor import Actor
from app.reports import places
from app.reports.models import Edition
from app.reports.telling import is_counted_in
from app.summaries.models import Routing, Summary, SummaryRelease
from app.web.keyset import Page, page_of


@dataclass(frozen=True, order=True)
class Step:
    """One thing that became of a need, and where it can be looked at."""

    at: datetime
    words: str
    url: str = ""
    look: str = ""


@dataclass(frozen=True)
class Followed:
    """A need in which the person took part, with its steps, newest first."""

    id: str
    reference: str
    title: str
    state: str
    steps: tuple[Step, ...]


def followed(actor: Actor, after: str) -> tuple[list[Followed], Page]:
    """A page of the needs in which the person took part, the last changed first."""
    listed = page_of(_needs(actor), Dossier.changed_at, Dossier.id, after)
    ids = [row.id for row in listed.rows]
    steps: dict[str, list[Step]] = {
        row.id: [Step(row.created_at, _("Started as a draft"))] for row in listed.rows
    }
    for row in listed.rows:
        if row.withdrawn_at is not None:
            steps[row.id].append(Step(row.withdrawn_at, _("Withdrawn"), look="quiet"))
    for need_id, step in (*_versions(actor, ids), *_editions(actor, ids), *_routings(actor, ids),
                          *_courses(actor, ids)):  # fmt: skip
        steps[need_id].append(step)
    drawn = [
        Followed(row.id, row.reference, row.title or row.certified_title or "", row.state,
                 tuple(sorted(steps[row.id], reverse=True)))
        for row in listed.rows
    ]  # fmt: skip
    return drawn, listed


def _needs(actor: Actor) -> Any:
    newest = db.select(Version.title).where(Version.id == Dossier.latest_version_id)
    return (
        db.select(Dossier.id, Dossier.reference, Dossier.state, Dossier.created_at,
                  Dossier.withdrawn_at, Draft.title,
                  newest.correlate(Dossier).scalar_subquery().label("certified_title"))
        .join(Need, Need.id == Dossier.id)
        .outerjoin(Draft, is_uncertified())
        .where(Dossier.organisation_id == actor.organisation_id, Dossier.state != "discarded",
               had_a_hand(actor.person_id))
    )  # fmt: skip


def _versions(actor: Actor, ids: list[str]) -> Iterable[tuple[str, Step]]:
    rows = db.session.execute(
        db.select(Version.dossier_id, Version.number, Version.receipt, Version.certified_at,
                  Version.certified_name, Review.verdict, Review.decided_at)
        .outerjoin(Review, Review.version_id == Version.id)
        .where(Version.dossier_id.in_(ids), Version.organisation_id == actor.organisation_id)
    )  # fmt: skip
    for row in rows:
        place = {"need_id": row.dossier_id, "number": row.number}
        yield row.dossier_id, Step(
            row.certified_at,
            _("Certified by %(name)s, receipt %(receipt)s", name=row.certified_name,
              receipt=row.receipt),
            url_for("needs.receipt", **place),
        )  # fmt: skip
        if row.verdict == "accepted":
            yield row.dossier_id, Step(row.decided_at, _("Accepted by the Technical Secretariat"),
                                       url_for("needs.version", **place), "good")  # fmt: skip
        elif row.verdict == "returned":
            yield row.dossier_id, Step(row.decided_at, _("Returned for changes"),
                                       url_for("needs.show", need_id=row.dossier_id), "warn")  # fmt: skip


def _editions(actor: Actor, ids: list[str]) -> Iterable[tuple[str, Step]]:
    rows = db.session.execute(
        db.select(NeedFact.need_id, Edition.id, Edition.number, Edition.published_at)
        .join(Edition, and_(*is_counted_in(Edition), Edition.state == "published"))
        .where(NeedFact.need_id.in_(ids), NeedFact.organisation_id == actor.organisation_id)
    ).all()
    numbers = places.numbers_for_members({row.id for row in rows}, ids) if rows else {}
    for row in rows:
        place = numbers.get((row.id, row.need_id))
        if place is None:
            said = _("Counted in edition %(number)s of the needs report", number=row.number)
            url = url_for("reports.show", edition_id=row.id)
        else:
            said = _("Counted in edition %(number)s of the needs report, where it is need no. %(place)s",
                     number=row.number, place=place)  # fmt: skip
            url = places.address(row.id, place)
        yield row.need_id, Step(row.published_at, said, url)


def _routings(actor: Actor, ids: list[str]) -> Iterable[tuple[str, Step]]:
    """Sent, read, answered: how many sponsors and since when; a sponsor's name stands on the page of
    the summary alone, for as long as the delegation may see it there."""
    is_interested = Routing.state == "interested"
    rows = db.session.execute(
        db.select(
            Summary.need_id, Summary.id, func.count().label("sent"),
            func.min(Routing.sent_at).label("sent_at"),
            func.count(Routing.opened_at).label("read"),
            func.max(Routing.opened_at).label("read_at"),
            func.count(Routing.answered_at).label("answered"),
            func.max(Routing.answered_at).label("answered_at"),
            func.count(db.case((is_interested, 1))).label("interested"),
        )
        .join(SummaryRelease, SummaryRelease.released_id == Routing.released_id)
        .join(Summary, Summary.id == SummaryRelease.summary_id)
        .where(Summary.need_id.in_(ids), Summary.organisation_id == actor.organisation_id)
        .group_by(Summary.need_id, Summary.id)
    )  # fmt: skip
    for row in rows:
        yield from ((row.need_id, step) for step in _steps_of(row))


def _courses(actor: Actor, ids: list[str]) -> Iterable[tuple[str, Step]]:
    """Funds confirmed, a date fixed, held: of the courses in which a need has seats."""
    confirmed = (
        db.select(Pledge.course_id, literal("confirm").label("verb"),
                  func.min(PledgeMove.at).label("at"))
        .join(PledgeMove, PledgeMove.pledge_id == Pledge.id)
        .where(PledgeMove.verb == "confirm")
        .group_by(Pledge.course_id)
    )  # fmt: skip
    taken = db.select(CourseStep.course_id, CourseStep.verb, CourseStep.at)
    steps = union_all(
        confirmed, taken.where(CourseStep.verb.in_(("schedule", "deliver")))
    ).subquery()
    rows = db.session.execute(
        db.select(CourseSeat.need_id, Course.id, Course.reference, steps.c.verb, steps.c.at)
        .join(Course, Course.id == CourseSeat.course_id)
        .join(steps, steps.c.course_id == Course.id)
        .where(CourseSeat.need_id.in_(ids), CourseSeat.organisation_id == actor.organisation_id)
    )
    said = {
        "confirm": _("Funds were confirmed for a course with seats for it"),
        "schedule": _("A course with seats for it has a date"),
        "deliver": _("A course with seats for it was held"),
    }
    for row in rows:
        endpoint = "courses.show" if row.verb == "confirm" else "delivery.show"
        yield row.need_id, Step(row.at, said[row.verb], url_for(endpoint, course_id=row.id), "good")


def _steps_of(row: Any) -> Iterable[Step]:
    url = url_for("summaries.show", summary_id=row.id)
    yield Step(row.sent_at, ngettext("A summary was sent to %(num)s sponsor",
                                     "A summary was sent to %(num)s sponsors", row.sent), url)  # fmt: skip
    if row.read:
        yield Step(row.read_at, ngettext("Read by %(num)s sponsor", "Read by %(num)s sponsors",
                                         row.read), url)  # fmt: skip
    if row.answered:
        said = ngettext("Answered by %(num)s sponsor, interested: %(interested)s",
                        "Answered by %(num)s sponsors, interested: %(interested)s",
                        row.answered, interested=row.interested)  # fmt: skip
        yield Step(row.answered_at, said, url, "good" if row.interested else "")
