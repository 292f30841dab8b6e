"""How is a course made, planned, opened to sponsors and cancelled?

Each act names the revision that its page was drawn from; another one means that somebody was faster.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from app import clock
from app.audit import trail
from app.db.base import new_id
from app.db.changing import changed
from app.db.errors import Missing
from app.extensions import db
from app.formats.words import N_
from app.funding.courses import history, progress, queries, standing
from app.funding.courses.figures import line_cost
from app.funding.courses.models import (
    Course,
    CourseComponent,
    CourseCost,
    CourseRole,
    CourseSeat,
    CourseSplit,
)
from app.funding.courses.split import COMPONENTS_2004, ROLES_2004
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.refusal import Refusal
from app.workflow import tables
from app.workflow.machine import NotNow

NO_TITLE = N_("Write the title in both languages: sponsors of either read it.")
TOO_MANY_SEATS = N_("This need still asks for %(most)s seats; more cannot be given.")
USED_SEATS = N_(
    "People of this delegation who are nominated or came: %(people)s. It cannot have fewer seats."
)
ENDS_BEFORE = N_("The last day cannot lie before the first.")
MOST_BEFORE_LEAST = N_("The most cannot be fewer than the fewest.")
DECIDED_LATE = N_("The last day for pledges cannot lie after the course begins.")


People = Callable[[str], Mapping[str, int]]
_people: list[People] = []


class Stale(NotNow):
    """Somebody changed the course after the page was drawn; nothing was changed now."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A component as it was written."""

    title_es: str
    title_en: str
    provider_id: str | None = None
    provider: str = ""
    hours: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a course is, apart from its seats and its cost."""

    title_es: str
    title_en: str
    lang: str | None = None
    days: int | None = None
    hours_per_day: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    place: str = ""
    host_id: str | None = None
    seats_min: int | None = None
    seats_max: int | None = None
    vetting: str = ""
    decide_by: date | None = None
    components: tuple[Part, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    """(role, organisation)"""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """One line of the grid as it was written, and from whom it is expected."""

    amount: Decimal
    per_participant: bool = False
    note: str = ""
    payers: tuple[str, ...] = ()


def create(
    actor: Actor, *, title_es: str, title_en: str, need_ids: Sequence[str] = (),
    as_in_2004: bool = True, is_demonstration: bool = False, bundle_id: str | None = None,
    replicates_id: str | None = None,
) -> Course:  # fmt: skip
    """A plan that only the Secretariat sees, with seats for what each chosen need still asks."""
    require(actor, Permission.COURSE_EDIT)
    _refuse_untitled(title_es, title_en)
    course = Course(
        id=new_id(), reference=new_id()[:8].upper(), state=tables.COURSE.initial, title_es=title_es,
        title_en=title_en, bundle_id=bundle_id, replicates_id=replicates_id,
        is_demonstration=is_demonstration, seats=0, countries=0, created_by=actor.person_id,
        created_at=clock.now(), revision=1,
    )  # fmt: skip
    db.session.add(course)
    db.session.flush()
    if as_in_2004:
        _begin_as_in_2004(course)
    _give_seats(course, _what_is_left(course, need_ids))
    trail.record(actor, "course-made", subject=("course", course.id),
                 detail={"needs": sorted(need_ids), "as_in_2004": as_in_2004,
                         "replicates": replicates_id})  # fmt: skip
    return course


def _begin_as_in_2004(course: Course) -> None:
    known = queries.by_key()
    for position, (title_es, title_en, key) in enumerate(COMPONENTS_2004, start=1):
        db.session.add(CourseComponent(course_id=course.id, position=position, title_es=title_es,
                                       title_en=title_en, provider_id=known.get(key)))  # fmt: skip
    for role, key in ROLES_2004.items():
        if key in known:
            db.session.add(CourseRole(course_id=course.id, role=role, organisation_id=known[key]))
    db.session.flush()


def _what_is_left(course: Course, need_ids: Sequence[str]) -> dict[str, int]:
    """What each need still asks, beyond what other courses give it."""
    asked = queries.asked_of(list(need_ids))
    elsewhere = queries.given_elsewhere(list(need_ids), course.id)
    left = {need: asked[need][1] - elsewhere.get(need, 0) for need in need_ids if need in asked}
    return {need: seats for need, seats in left.items() if seats > 0}


def edit(actor: Actor, course: Course, *, terms: Terms, revision: int) -> None:
    """Rewrite what a course is. Raises Refusal, Stale or NotNow."""
    require(actor, Permission.COURSE_EDIT)
    _refuse_unfit(terms)
    plain = {
        name: value for name, value in vars(terms).items() if name not in ("components", "roles")
    }
    move(course, "edit", revision, **plain)
    _replace(CourseComponent, course.id, [
        {"position": position, **vars(part)}
        for position, part in enumerate(terms.components, start=1)])  # fmt: skip
    _replace(CourseRole, course.id, [
        {"role": role, "organisation_id": organisation}
        for role, organisation in sorted(set(terms.roles))])  # fmt: skip
    trail.record(actor, "course-edited", subject=("course", course.id))


def people(count: People) -> People:
    """Register who knows how many of each delegation a course holds seats for: delivery comes later."""
    _people.append(count)
    return count


def set_seats(actor: Actor, course: Course, *, seats: Mapping[str, int], revision: int) -> None:
    """Give needs their seats, never more than each still asks, nor fewer than are used.

    Raises Refusal, Stale or NotNow.
    """
    require(actor, Permission.COURSE_EDIT)
    hold(course, "edit")
    wanted = {need: count for need, count in seats.items() if count > 0}
    _refuse_used(course, wanted)
    left = _what_is_left(course, sorted(wanted))
    for need, count in sorted(wanted.items()):
        if count > left.get(need, 0):
            raise Refusal(TOO_MANY_SEATS, field=f"seats-{need}", most=left.get(need, 0))
    move(course, "edit", revision)
    _give_seats(course, wanted)
    trail.record(actor, "course-seats", subject=("course", course.id),
                 detail={"seats": course.seats, "countries": course.countries})  # fmt: skip


def _refuse_used(course: Course, wanted: Mapping[str, int]) -> None:
    """A delegation keeps the seats of those whom it sends; those of a withdrawn need go all the same."""
    held = {each.need_id: each for each in queries.seats_held(course.id)}
    asked = queries.asked_of(sorted({*held, *wanted}))
    used = {of: count for find in _people for of, count in find(course.id).items()}
    for organisation_id, count in sorted(used.items()):
        own = [need for need in sorted(asked) if asked[need][0] == organisation_id]
        had = {need: held[need].seats if need in held else 0 for need in own}
        if sum(wanted.get(need, 0) for need in own) < min(count, sum(had.values())):
            fewer = next(need for need in own if wanted.get(need, 0) < had[need])
            raise Refusal(USED_SEATS, field=f"seats-{fewer}", people=count)


def _give_seats(course: Course, seats: Mapping[str, int]) -> None:
    asked = queries.asked_of(sorted(seats))
    _replace(CourseSeat, course.id, [
        {"need_id": need, "organisation_id": asked[need][0], "seats": count}
        for need, count in sorted(seats.items())])  # fmt: skip
    course.seats = sum(seats.values())
    course.countries = len({asked[need][0] for need in seats})
    db.session.flush()
    history.serve(course)
    _stand_by(course)


def set_costs(actor: Actor, course: Course, *, costs: Mapping[str, Cost], revision: int) -> None:
    """Write the cost grid and from whom each line is expected. Raises Refusal, Stale or NotNow."""
    require(actor, Permission.COURSE_EDIT)
    move(course, "edit", revision)
    _replace(CourseCost, course.id, [
        {"line": line, "amount": cost.amount, "per_participant": cost.per_participant,
         "note": cost.note} for line, cost in sorted(costs.items())])  # fmt: skip
    _replace(CourseSplit, course.id, [
        {"line": line, "payer": payer}
        for line, cost in sorted(costs.items()) for payer in sorted(set(cost.payers))])  # fmt: skip
    _stand_by(course)
    trail.record(actor, "course-costs", subject=("course", course.id),
                 detail={"lines": sorted(costs)})  # fmt: skip


def _stand_by(course: Course) -> None:
    """Let the lines' cover follow what they cost now."""
    standing.set_costs(course.id, {
        line: line_cost(cost.amount, per_participant=cost.per_participant, seats=course.seats)
        for line, cost in queries.costs(course.id).items()
    })  # fmt: skip


def _replace(model: Any, course_id: str, rows: list[dict[str, Any]]) -> None:
    db.session.flush()
    db.session.execute(
        delete(model).where(model.course_id == course_id)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    if rows:
        db.session.execute(
            insert(model.__table__), [{"course_id": course_id, **row} for row in rows]
        )
    for known in [each for each in db.session.identity_map.values() if isinstance(each, model)]:
        db.session.expire(known)


def hold(course: Course, verb: str) -> None:
    """Keep a course where it stands until this transaction ends. Raises NotNow where it has moved on.

    Raises Missing where it is not the actor's to know any more.
    """
    held = select(Course).where(Course.id == course.id).with_for_update()
    now = db.session.scalar(held.execution_options(populate_existing=True))
    if now is None:
        raise Missing(course.id)
    tables.COURSE.after(now.state, verb)


def move(course: Course, verb: str, revision: int, **values: Any) -> None:
    """Move a course on from where its page saw it. Raises NotNow, or Stale where somebody was faster."""
    seen = course.state
    state = tables.COURSE.after(seen, verb)
    moved = changed(
        db.session(),
        update(Course)
        .where(Course.id == course.id, Course.state == seen, Course.revision == revision)
        .values(state=state, revision=revision + 1, **values)
        .execution_options(synchronize_session=False),
    )
    if not moved:
        raise Stale(tables.COURSE.name, seen, verb)
    db.session.refresh(course)
    if seen != tables.COURSE.initial:
        progress.tell(course)


def _refuse_untitled(title_es: str, title_en: str) -> None:
    for field, text in (("title_es", title_es), ("title_en", title_en)):
        if not text.strip():
            raise Refusal(NO_TITLE, field=field)


def _refuse_unfit(terms: Terms) -> None:
    _refuse_untitled(terms.title_es, terms.title_en)
    for later, earlier, field, why in (
        (terms.ends_on, terms.starts_on, "ends_on", ENDS_BEFORE),
        (terms.seats_max, terms.seats_min, "seats_max", MOST_BEFORE_LEAST),
        (terms.starts_on, terms.decide_by, "decide_by", DECIDED_LATE),
    ):
        if later is not None and earlier is not None and later < earlier:  # type: ignore[operator]
            raise Refusal(why, field=field)


def has_seats(course_id: str, organisation_id: str) -> bool:
    """Whether a delegation has seats in a course."""
    found = select(func.count()).where(
        CourseSeat.course_id == course_id, CourseSeat.organisation_id == organisation_id
    )
    return bool(db.session.scalar(found))
