"""Which course do the tests of funding plan, and how do they act on it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.db.base import new_id
from app.extensions import db
from app.funding.courses import actions, queries, sending, sheets
from app.funding.courses.actions import Cost, Terms
from app.funding.courses.models import Course, CourseInvitation
from app.funding.pledges import actions as pledging
from app.funding.pledges import queries as pledges
from app.funding.pledges.models import Pledge
from app.intake.models import Dossier
from app.needs.models import Consent, NeedFact
from app.organisations.models import Organisation
from app.policy.actor import Actor
from tests.calls.settled import MORNING, Settled
from tests.desk import lying

Stored = Callable[[Callable[[], Any]], Any]
COSTS = {"trainers_travel": "9000.00", "materials": "1500.00", "participants_travel": "12000.00"}
LAST_DAY = date(2004, 7, 30)


@dataclass
class Planned:
    """A course for El Salvador and Honduras that Canada and another sponsor were sent."""

    settled: Settled
    stored: Stored
    course_id: str
    other: Actor
    """A second sponsor's pledger."""

    @property
    def st(self) -> Actor:
        return self.settled["st"]

    @property
    def ca(self) -> Actor:
        return self.settled["ca-sponsor"]

    def course(self) -> Course:
        return queries.get(self.st, self.course_id)

    def offer(self, actor: Actor, **lines: str) -> str:
        return self.stored(lambda: pledging.offer(
            actor, self.course_id, lines=[pledging.Line(line=line, amount=Decimal(amount))
                                          for line, amount in lines.items()]).id)  # fmt: skip

    def interest(self, actor: Actor) -> str:
        return self.stored(lambda: pledging.declare_interest(
            actor, self.course_id, decide_by=LAST_DAY).id)  # fmt: skip

    def review(self, who: str, pledge_id: str, verdict: str = "accepted", reason: str = "") -> None:
        def act() -> None:
            opened = pledges.get(self.settled[who], pledge_id)
            pledging.review(self.settled[who], opened, verdict=verdict, reason=reason,
                            number=opened.pledge.round)  # fmt: skip

        self.stored(act)

    def accept(self, pledge_id: str) -> None:
        for who in ("hn", "sv"):
            self.review(who, pledge_id)

    def confirm(self, actor: Actor) -> None:
        self.stored(lambda: self._confirm(actor, self.newest(actor)))

    def withdraw(self, actor: Actor, reason: str = "The budget was cut", of: str = "") -> None:
        def act() -> None:
            pledge = db.session.get_one(Pledge, of) if of else self.newest(actor)
            pledging.withdraw(actor, pledge, reason=reason, number=pledge.round)

        self.stored(act)

    def _confirm(self, actor: Actor, pledge: Pledge) -> None:
        pledging.confirm(actor, pledge, number=pledge.round)

    def newest(self, actor: Actor) -> Pledge:
        """What an organisation has not confirmed yet, or else what it did."""
        waiting = pledges.undecided(actor, self.course_id)
        return waiting or pledges.standing(actor, self.course_id)[0]

    def state(self, pledge_id: str) -> str:
        return self.stored(lambda: pledges.get(self.st, pledge_id).pledge.state)

    def standing(self) -> Any:
        return self.stored(lambda: actions.standing.of_course(self.course_id))


def a_need(
    settled: Settled,
    who: str,
    participants: int,
    *,
    sponsors: str = "unnamed",
    members: str = "named",
) -> Dossier:
    """An accepted need with its facts in force and its country's word about sponsors."""
    call = db.session.scalar(db.select(lying.Call)) or lying.open_call(settled)
    made = lying.need(call, settled[who], "submitted", f"Interviews of {who}")
    made.state, made.accepted_version_id = "accepted", made.latest_version_id
    db.session.add(Consent(
        version_id=made.latest_version_id, organisation_id=made.organisation_id, need_id=made.id,
        members=members, sponsors=sponsors, withheld=[], released=[], preview_hash="0",
        decided_by=settled[who].person_id, decided_at=MORNING))  # fmt: skip
    db.session.add(NeedFact(
        version_id=made.accepted_version_id, organisation_id=made.organisation_id, need_id=made.id,
        call_id=call.id, country=settled[who].country or "", title="Interviews", themes="T2",
        duration_band="short", modality="in_person", participants=participants, women=0, men=0,
        not_stated=participants, course_hours=Decimal(24), participant_hours=Decimal(24),
        valid_from=MORNING))  # fmt: skip
    db.session.flush()
    return made


def planned(settled: Settled, stored: Stored, costs: Mapping[str, str] = COSTS) -> Planned:
    """Plan it and send it."""

    def act() -> tuple[str, Actor]:
        needs = [a_need(settled, "hn", 20).id, a_need(settled, "sv", 10, sponsors="named").id]
        other = another_sponsor(settled)
        course = actions.create(settled["st"], title_es="Curso regional", title_en="Regional course",
                                need_ids=needs)  # fmt: skip
        terms = Terms(title_es="Curso regional", title_en="Regional course", decide_by=LAST_DAY)
        actions.edit(settled["st"], course, terms=terms, revision=course.revision)
        actions.set_costs(settled["st"], course, revision=course.revision, costs={
            line: Cost(amount=Decimal(amount), payers=("sponsor",))
            for line, amount in costs.items()})  # fmt: skip
        content = sheets.build(settled["st"], course)
        sending.send(
            settled["st"], course, content, why="It fits", revision=course.revision,
            sponsor_ids=[settled.id("ca-sponsor"), other.organisation_id],
        )  # fmt: skip
        return course.id, other

    course_id, other = stored(act)
    return Planned(settled, stored, course_id, other)


def another_sponsor(settled: Settled) -> Actor:
    made = Organisation(id=new_id(), key=f"sponsor-{new_id()[:5]}", kind="sponsor", country="US",
                        name_es="Otro auspiciador", name_en="Another sponsor",
                        created_at=MORNING)  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return replace(settled["ca-sponsor"], organisation_id=made.id, organisation_name="Another",
                   country="US")  # fmt: skip


def invitation_of(planned: Planned, actor: Actor) -> str:
    return planned.stored(lambda: db.session.scalar(db.select(CourseInvitation.id).where(
        CourseInvitation.course_id == planned.course_id,
        CourseInvitation.sponsor_id == actor.organisation_id)))  # fmt: skip
