"""What can be done with proposals of courses: have one computed, adopt a course of it, put it aside?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import update

from app import clock
from app.audit import trail
from app.bundling import record
from app.bundling.checking import check
from app.bundling.faults import in_words
from app.bundling.plan import Course as Proposed
from app.bundling.plan import Plan
from app.bundling.revising import revised
from app.bundling.world import Group, World
from app.calls.models import Call
from app.db.base import new_id
from app.db.changing import changed
from app.extensions import db
from app.formats.spec import Text
from app.formats.words import N_
from app.funding.bundles import inputs, offered, queries
from app.funding.bundles.inputs import Asked
from app.funding.bundles.models import Bundle, BundleAdoption
from app.funding.courses import actions as courses
from app.funding.courses.lists import THEMES
from app.funding.courses.models import Course
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.refusal import Refusal
from app.workflow import tables
from app.workflow.machine import NotNow

GONE = N_(
    "%(party)s no longer offers what this course rests on, or other courses use it by now. Have the "
    "courses computed anew."
)
ANEW = Text(
    "Lo ofrecido cambió desde que se calculó esta propuesta, o ya lo usan otros cursos. Pida que se calcule "
    "de nuevo.",
    "What is offered has changed since this was proposed, or other courses use it by now. Have the "
    "courses computed anew.",
)
OF_SUMS = ("unserved", "covered", "gap", "money")
"""Kinds of faults that are about all courses of a plan together."""
NOTHING = N_("No need of this call waits for a course: none is accepted, or all have their places.")


class Unfit(Exception):
    """What somebody wants to adopt breaks conditions; nothing was made."""

    def __init__(self, faults: tuple[tuple[str, Text], ...]) -> None:
        super().__init__(f"{len(faults)} conditions broken")
        self.faults = faults
        """Each with the need that it is about, "" where it is about the course."""


def make(actor: Actor, call: Call, said: Asked) -> Bundle:
    """Keep what is asked and offered now, so that a job proposes courses from it. Raises Refusal."""
    require(actor, Permission.BUNDLE_MAKE)
    found = inputs.gather(actor, call, said)
    if not found.world.groups:
        raise Refusal(NOTHING, field="call")
    bundle = Bundle(
        id=new_id(), call_id=call.id, state=tables.BUNDLE.initial, made_by=actor.person_id,
        made_at=clock.now(), inputs=found.kept, digest=found.digest, done=0, total=0, tries=0, revision=1,
    )  # fmt: skip
    db.session.add(bundle)
    db.session.flush()
    trail.record(actor, "bundle-asked", subject=("bundle", bundle.id),
                 detail={"call": call.id, "digest": bundle.digest})  # fmt: skip
    return bundle


def discard(actor: Actor, bundle: Bundle) -> None:
    """Put a proposal aside; courses that were adopted from it stay. Raises NotNow."""
    require(actor, Permission.BUNDLE_MAKE)
    _move(bundle, "discard")
    trail.record(actor, "bundle-discarded", subject=("bundle", bundle.id))


def adopt(
    actor: Actor, bundle: Bundle, place: int, seats: Mapping[str, int] | None = None
) -> Course:  # fmt: skip
    """Plan a proposed course, with its places or others. Binds nobody. Raises Unfit, Refusal or NotNow."""
    require(actor, Permission.BUNDLE_MAKE)
    _move(bundle, "adopt")
    taken = queries.adoptions(bundle.id)
    if place in taken:
        raise NotNow(tables.BUNDLE.name, bundle.state, "adopt")
    world, plan = record.world_of(bundle.inputs["world"]), record.plan_of(bundle.result)
    chosen = {
        plan.courses[number - 1].group: dict(adoption.seats)
        for number, (adoption, _course) in taken.items()
    }
    proposed = plan.courses[place - 1]
    if seats is not None:
        chosen[proposed.group] = {need: count for need, count in seats.items() if count > 0}
    checked = _checked(world, plan, chosen, bundle)
    final = checked.courses[place - 1]
    _refuse_gone(actor, bundle, world, replace(checked, courses=tuple(
        course for number, course in enumerate(checked.courses, start=1)
        if number == place or number in taken
    )))  # fmt: skip
    group = next(each for each in world.groups if each.key == final.group)
    course = _plan(actor, bundle, world, group, final)
    db.session.add(BundleAdoption(
        bundle_id=bundle.id, place=place, course_id=course.id, host_offer_id=final.host,
        seats=dict(final.seats), payments=_of_sponsors(final), adopted_by=actor.person_id, adopted_at=clock.now(),
    ))  # fmt: skip
    db.session.flush()
    trail.record(actor, "bundle-adopted", subject=("bundle", bundle.id),
                 detail={"place": place, "course": course.id,
                         "edited": final.seats != proposed.seats})  # fmt: skip
    return course


def _refuse_gone(actor: Actor, bundle: Bundle, world: World, plan: Plan) -> None:
    """Refusal or Unfit where what is offered today no longer bears these courses.

    Offers are held against the plan once more, as two proposals may rest on the same ones.
    """
    _hold(bundle)
    market = offered.offered(
        actor, clock.now(), bundle.inputs["courses_of_host"], world.settings.horizon, bundle.id
    )
    hosts = {each.key: each for each in market.hosts}
    sponsors = {each.key: each for each in market.sponsors}
    called = inputs.called(bundle.inputs)
    for course in plan.courses:
        payers = {each.payer for each in course.payments} - {course.host}
        gone = [course.host] if course.host not in hosts else sorted(payers - set(sponsors))
        if gone:
            raise Refusal(GONE, party=called.party(gone[0]).say(actor.lang))
    today = replace(world, hosts=tuple(hosts.values()), sponsors=tuple(sponsors.values()))
    faults = [fault for fault in check(today, plan) if fault.kind not in OF_SUMS]
    if faults:
        told = dict.fromkeys(in_words(fault, called) for fault in faults)
        raise Unfit((*(("", each) for each in told), ("", ANEW)))


def _hold(bundle: Bundle) -> None:
    """Let nobody adopt beside us until this transaction ends: others would count the same offers."""
    db.session.execute(
        db.select(Call.id).where(Call.id == bundle.call_id).with_for_update(key_share=True)
    )


def _of_sponsors(course: Proposed) -> list[dict[str, Any]]:
    """What a course takes of each offer to pay, as it is kept."""
    paid: Counter[tuple[str, str]] = Counter()
    for each in course.payments:
        if each.payer != course.host:
            paid[each.payer, each.line] += each.amount
    return [
        {"payer": payer, "line": line, "amount": cents}
        for (payer, line), cents in sorted(paid.items())
    ]


def _checked(
    world: World, plan: Plan, chosen: Mapping[str, Mapping[str, int]], bundle: Bundle
) -> Plan:
    """The plan with these places; raises Unfit where it breaks a condition."""
    proposed = {course.group: dict(course.seats) for course in plan.courses}
    if all(seats == proposed[group] for group, seats in chosen.items()):
        return plan
    found = revised(world, plan, chosen)
    if faults := check(world, found):
        called = inputs.called(bundle.inputs)
        # Sums that do not add up follow from what is told beside them.
        causes = [fault for fault in faults if fault.kind != "unserved"] or faults
        raise Unfit(tuple(dict.fromkeys(
            (str(dict(fault.facts).get("need", "")), in_words(fault, called)) for fault in causes
        )))  # fmt: skip
    return found


def _plan(actor: Actor, bundle: Bundle, world: World, group: Group, final: Proposed) -> Course:
    """A course of these very numbers, through what makes every course."""
    name, host = bundle.inputs["groups"][group.key], bundle.inputs["offers"][final.host]
    course = courses.create(actor, title_es=name["es"], title_en=name["en"], as_in_2004=False,
                            bundle_id=bundle.id)  # fmt: skip
    rooms = [each.seats_max for each in world.hosts if each.key == final.host]
    courses.edit(actor, course, revision=course.revision, terms=courses.Terms(
        title_es=name["es"], title_en=name["en"], lang=final.language or None, days=group.days,
        starts_on=final.first, ends_on=final.last, host_id=host["organisation_id"],
        seats_min=max(group.seats_min, world.settings.smallest), seats_max=min(filter(None, [group.seats_max, *rooms]), default=None),
        components=tuple(
            courses.Part(title_es=THEMES.label(theme, "es"), title_en=THEMES.label(theme, "en"))
            for theme in name["told"]
        ),
    ))  # fmt: skip
    courses.set_seats(actor, course, seats=dict(final.seats), revision=course.revision)
    courses.set_costs(actor, course, costs=_costs(group, final), revision=course.revision)
    return course


def _costs(group: Group, final: Proposed) -> dict[str, courses.Cost]:
    """The grid as it was planned, and from whom each line is expected: kinds of payers, nobody by name."""
    payers: dict[str, set[str]] = {}
    for payment in final.payments:
        payers.setdefault(payment.line, set()).add(
            "host" if payment.payer == final.host else "sponsor"
        )
    for line, _missing in final.gaps:
        payers.setdefault(line, set()).add("unfunded")
    return {
        cost.line: courses.Cost(
            amount=Decimal(cost.each or cost.fixed).scaleb(-2), per_participant=bool(cost.each),
            payers=tuple(sorted(payers.get(cost.line, ()))),
        )
        for cost in group.costs
    }  # fmt: skip


def _move(bundle: Bundle, verb: str) -> None:
    """Move a proposal on from where it stands. Raises NotNow where it stands elsewhere by now."""
    seen = bundle.state
    state = tables.BUNDLE.after(seen, verb)
    moved = changed(
        db.session(),
        update(Bundle).where(Bundle.id == bundle.id, Bundle.state == seen)
        .values(state=state, revision=Bundle.revision + 1)
        .execution_options(synchronize_session=False),
    )  # fmt: skip
    if not moved:
        raise NotNow(tables.BUNDLE.name, seen, verb)
    db.session.refresh(bundle, ["state", "revision"])
