"""Which course do the tests of delivery run, from its days to the question of a year later?

Honduras has twenty seats and El Salvador, which hosts, ten; Canada pays the materials.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from app import clock
from app.db.scoping import Scope, Wall, scoped
from app.db.transactions import transaction
from app.extensions import db
from app.funding.courses import actions as courses
from app.funding.courses.actions import Terms
from app.funding.delivery import (
    actions,
    assessing,
    attending,
    by_the_clock,
    following_up,
    nominating,
    queries,
    replicating,
    steps,
    timetable,
)
from app.funding.delivery.models import FollowUp
from app.funding.delivery.numbers import People, add_up
from app.policy.actor import Actor
from tests.calls.settled import Settled
from tests.funding.planned import LAST_DAY, Planned, planned

FIRST, LAST = date(2004, 8, 16), date(2004, 8, 20)
AFTERWARDS = datetime(2004, 8, 23, 15, tzinfo=UTC)
A_YEAR_LATER = datetime(2005, 8, 20, 15, tzinfo=UTC)
Stored = Callable[[Callable[[], Any]], Any]


@dataclass
class Running:
    """The course and what people write down of it, each in a transaction of its own."""

    plan: Planned
    settled: Settled
    stored: Stored

    @property
    def course_id(self) -> str:
        return self.plan.course_id

    def held(self, who: str = "st") -> queries.Held:
        return queries.get(self.settled[who], self.course_id)

    def state(self) -> str:
        return self.stored(lambda: self.held().course.state)

    def take(self, verb: str, **values: Any) -> None:
        def act() -> None:
            held, actor = self.held(), self.settled["st"]
            turnouts = queries.turnouts(actor, held, "en")
            required = steps.required(verb, held.course, add_up(turnouts),
                                      queries.evaluations(held.id), clock.now().date())  # fmt: skip
            actions.take(actor, held.course, verb, required=required,
                         revision=held.course.revision, is_known_unpaid=True, **values)  # fmt: skip

        self.stored(act)

    def session(self, who: str = "st", **changes: Any) -> None:
        terms = {"day": FIRST, "starts": time(9), "ends": time(12), "topic_es": "Conceptos",
                 "topic_en": "Basics", **changes}  # fmt: skip
        self.stored(
            lambda: timetable.write(self.settled[who], self.held(who), timetable.Terms(**terms))
        )

    def nominate(
        self, who: str, *people: People, host_told: bool = False, revision: int = 0
    ) -> None:
        rows = [nominating.Row("consular", "", each) for each in people]
        self.stored(lambda: nominating.nominate(
            self.settled[who], self.held(who), rows, host_told=host_told, revision=revision))  # fmt: skip

    def turnout(self, who: str, of: str) -> Any:
        found = queries.turnouts(self.settled[who], self.held(who), "en")
        return next((each for each in found if each.organisation_id == self.settled.id(of)), None)

    def attend(self, of: str, came: People, finished: People | None = None, *, who: str = "st",
               reason: str = "", revision: int | None = None) -> None:  # fmt: skip
        def act() -> None:
            turnout = self.turnout(who, of)
            told = attending.Came(
                came=came, finished=came if finished is None else finished, reason=reason
            )
            attending.attend(self.settled[who], self.held(who), turnout, told,
                             revision=turnout.revision if revision is None else revision)  # fmt: skip

        self.stored(act)

    def assess(self, who: str = "st", **changes: Any) -> None:
        terms = {"kind": "confidence", "question_es": "¿Puede entrevistar?", "question_en": "",
                 "before": assessing.Measured(answers=20, average=Decimal("2.10")),
                 "after": assessing.Measured(counts=(0, 0, 2, 8, 10)), **changes}  # fmt: skip
        self.stored(
            lambda: assessing.write(self.settled[who], self.held(who), assessing.Terms(**terms))
        )

    def replicate(self, who: str, of: str, held_on: date) -> None:
        terms = replicating.Terms(organisation_id=self.settled.id(of), held_on=held_on,
                                  institution="Dirección de Migración", participants=15)  # fmt: skip
        self.stored(lambda: replicating.add(self.settled[who], self.held(who), terms))

    def deliver(self) -> None:
        """From seeking funds to held, with everybody's attendance."""
        self.take("schedule")
        with clock.stopped_at(AFTERWARDS):
            self.attend("hn", People(8, 6, 4), People(8, 5, 4), reason="health")
            self.attend("sv", People(5, 5, 0))
            self.take("deliver")

    def keep_up(self, at: datetime) -> None:
        with clock.stopped_at(at):
            self.stored(by_the_clock.keep_up)

    def questions(self) -> dict[str, Any]:
        """Key of an organisation -> what it was asked."""
        keys = {actor.organisation_id: key for key, actor in self.settled.actors.items()}
        table = FollowUp.__table__
        found = self.stored(lambda: db.session.execute(
            db.select(table).where(table.c.course_id == self.course_id)).all())  # fmt: skip
        return {keys[each.organisation_id]: each for each in found}

    def answer(self, who: str, chosen: str, text: str = "") -> None:
        def act() -> None:
            asked = queries.own_follow_up(self.settled[who], self.course_id)
            following_up.answer(self.settled[who], asked, chosen=chosen, text=text, lang="es")

        self.stored(act)


def running(settled: Settled, stored: Stored) -> Running:
    """Send it, give it days, a place and a host, and let Canada pay a part."""
    plan = planned(settled, stored)
    made = Running(plan, settled, stored)

    def give_it_days() -> None:
        terms = Terms(title_es="Curso regional", title_en="Regional course", decide_by=LAST_DAY,
                      starts_on=FIRST, ends_on=LAST, place="San Salvador",
                      host_id=settled.id("sv"))  # fmt: skip
        course = plan.course()
        courses.edit(settled["st"], course, terms=terms, revision=course.revision)

    stored(give_it_days)
    pledge = plan.offer(plan.ca, materials="500.00")
    plan.accept(pledge)
    plan.confirm(plan.ca)
    return made


def behind_their_wall(actor: Actor, look: Callable[[], Any]) -> Any:
    """What somebody's own connection gives, with the walls of a request around it."""
    wall = Wall.SPONSOR if actor.is_sponsor else Wall.ORGANISATION
    scope = Scope(wall, actor.organisation_id, actor.organisation_kind.value, actor.person_id)
    with scoped(scope), transaction(writing=False, scope=scope):
        return look()
