"""How do units exchange cases in the story? With invented cases, which every page says."""

from __future__ import annotations

from datetime import date
from typing import Any

from app import clock
from app.cases.exchanges import actions, delivering, queries, receiving, releasing
from app.cases.exchanges.actions import Beginning
from app.cases.exchanges.erasing import actions as erasing
from app.cases.exchanges.erasing import queries as erasures
from app.cases.exchanges.models import Addressee, Exchange
from app.cases.follow_ups import actions as follow_ups
from app.cases.follow_ups import queries as follow_up_queries
from app.cases.follow_ups import sources
from app.cli.demo.stage import World, acting
from app.cli.demo.story import Act
from app.db.scoping import SYSTEM
from app.extensions import db
from app.organisations.models import Organisation, Unit
from app.outbox import deeds
from app.outbox.models import OutboxMessage
from app.outbox.states import SENT, WAITING
from app.policy.actor import Actor


def begin(world: World, actor: Actor, act: Act) -> None:
    """A unit begins a communication, with answers."""
    given = act.given
    unit = db.session.get_one(Unit, next(iter(actor.case_unit_ids)))
    begins = Beginning(unit=unit, kind=given["kind"], is_exercise=True)
    made = actions.start(
        actor, begins, given={**given["answers"], "recipient_units": _units(given["to"])}
    )
    world.name("case", act.of, made.id)


def release(world: World, actor: Actor, act: Act) -> None:
    """It is certified and released; what follows by itself follows with `deliver-cases`."""
    case = queries.get(actor, world.id("case", act.of))
    releasing.certify_and_release(actor, case, lang=actor.lang, sendings={}, hides=False)


def deliver() -> None:
    """What was released reaches its units."""
    with acting(clock.now(), SYSTEM) as session:
        waiting = db.select(OutboxMessage).where(
            OutboxMessage.state == WAITING, OutboxMessage.kind == delivering.DELIVER
        )
        for message in session.scalars(waiting.order_by(OutboxMessage.id)).all():
            deeds.look(message.kind, message.params)()
            message.state, message.sent_at, message.tries = SENT, clock.now(), 1


def answer(world: World, actor: Actor, act: Act) -> None:
    """A unit opens what reached it, and says what it does with it."""
    id = _arrived(world, actor, act)
    receiving.open_first(actor, queries.get_readable(actor, id))
    if verb := act.given.get("verb"):
        receiving.answer(actor, queries.get_readable(actor, id), verb=verb)


def follow(world: World, actor: Actor, act: Act) -> None:
    """A unit begins to follow a child of whom it was told, and writes down what was verified first."""
    source = sources.received(actor, _arrived(world, actor, act))
    due = date.fromisoformat(act.given["due"])
    child, _companion = follow_ups.begin(actor, source, row_id=act.given["child"], due_on=due)
    follow_ups.verified(
        actor, follow_up_queries.get(actor, child.id), day=None, **act.given["verified"]
    )


def propose_erasure(world: World, actor: Actor, act: Act) -> None:
    """Somebody of the unit proposes to erase what was begun by mistake; a second person decides."""
    to_erase = erasures.get(actor, world.id("case", act.of))
    erasing.propose(actor, to_erase, ground=act.given["ground"], reason=act.given["reason"])


def _arrived(world: World, actor: Actor, act: Act) -> str:
    """How a communication of the story arrived at the actor's unit."""
    return db.session.scalars(
        db.select(Addressee.id).join(Exchange, Exchange.id == Addressee.exchange_id)
        .where(Exchange.id == world.id("case", act.of), queries.of_own_units(actor, Addressee))
    ).one()  # fmt: skip


def _units(named: list[str]) -> list[str]:
    """The ids of units that the story calls "sv.prosecution"."""
    return sorted(_unit(*each.split(".")) for each in named)


def _unit(organisation: str, kind: str) -> Any:
    return db.session.scalars(
        db.select(Unit.id).join(Organisation, Organisation.id == Unit.organisation_id)
        .where(Organisation.key == organisation, Unit.kind == kind)
    ).one()  # fmt: skip
