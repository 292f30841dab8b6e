"""How does an empty database come to hold the world of May 2004?

Everything is done by the product's own actions, by the people of the demonstration, behind their walls
and at the hours of the story: its audit trail, receipts, history and mail are real.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.audit import trail
from app.audit.models import AuditEvent
from app.cli.demo import (
    calls,
    cases,
    comments,
    courses,
    days,
    groups,
    mail,
    needs,
    offers,
    reports,
    reservations,
    story,
    summaries,
)
from app.cli.demo.hurry import hurried
from app.cli.demo.people import seed_people
from app.cli.demo.stage import World, acting, scope_of
from app.cli.demo.story import Act, BadStory
from app.cli.records import publish_formats
from app.db.scoping import SYSTEM
from app.db.transactions import transaction
from app.organisations.models import Organisation
from app.policy.actor import Actor

FOUNDED_AT = story.instant("2004-04-05 09:00")
"""When the organisations were admitted and the people seated; invented."""
PLAYED = "demonstration-prepared"
"""The event after the last act."""

VERBS: dict[str, Callable[[World, Actor, Act], None]] = {
    "create-call": calls.create,
    "announce-call": calls.announce,
    "note-contact": calls.note_contact,
    "write-days": days.write_down,
    "start": needs.start,
    "file": needs.file,
    "write": needs.write,
    "certify": needs.certify,
    "accept": needs.accept,
    "return": needs.send_back,
    "reopen": needs.reopen,
    "withdraw": needs.withdraw,
    "discard": needs.discard,
    "comment": comments.say,
    "reply": comments.reply,
    "take-group": groups.take,
    "begin-edition": reports.begin,
    "write-edition": reports.write,
    "publish-edition": reports.publish,
    "offer": offers.offer,
    "enter-rate": courses.enter_rate,
    "plan-course": courses.plan,
    "send-course": courses.send,
    "open-course": courses.open_it,
    "show-interest": courses.show_interest,
    "ask-who-takes-part": courses.ask_countries,
    "tell-it-takes-part": courses.tell_country,
    "pledge": courses.pledge,
    "prepare-summary": summaries.prepare,
    "change-summary": summaries.change,
    "decide-summary": summaries.decide,
    "send-summary": summaries.send,
    "open-summary": summaries.open_it,
    "ask": summaries.ask,
    "answer-question": summaries.answer,
    "pass-question": summaries.pass_on,
    "ask-country": summaries.ask_country,
    "respond": summaries.respond,
    "begin-case": cases.begin,
    "release-case": cases.release,
    "answer-case": cases.answer,
    "propose-erasure": cases.propose_erasure,
    "state-reservation": reservations.state,
    "follow-child": cases.follow,
}
"""What people do in the story, and how it is done."""
BY_ITSELF: dict[str, Callable[[], None]] = {
    "let-time-pass": calls.let_time_pass,
    "look-for-similar-needs": groups.look,
    "deliver-cases": cases.deliver,
}
"""What Enlace does by itself in the story."""


class HoldsSomethingElse(RuntimeError):
    """The database holds people or organisations that are not the demonstration's."""


def seed() -> None:
    """Play the story on an empty database; one that holds it already is left as it is.

    Raises HoldsSomethingElse, also where an earlier playing was broken off.
    """
    with transaction(writing=False) as session:
        if _was_played(session):
            return
        if _is_used(session):
            raise HoldsSomethingElse("the demonstration is only prepared in an empty database")
    acts = story.acts()
    with hurried():
        with clock.stopped_at(FOUNDED_AT):
            publish_formats()
        with acting(FOUNDED_AT, SYSTEM):
            seed_people()
        world = World()
        for act in acts:
            _play(world, act)
    with acting(acts[-1].at, SYSTEM) as session:
        mail.hand_out(session)
        trail.record(None, PLAYED, subject=("installation", "1"), detail={"acts": len(acts)})


def _play(world: World, act: Act) -> None:
    try:
        if act.do in BY_ITSELF:
            with clock.stopped_at(act.at):
                BY_ITSELF[act.do]()
            return
        if act.do not in VERBS:
            raise BadStory(f"nobody knows how to {act.do!r}")
        actor = world.actor(act.by, act.given.get("for"))
        with acting(act.at, scope_of(actor)):
            VERBS[act.do](world, actor, act)
    except Exception as fault:
        fault.add_note(f"in {act}")
        raise


def _was_played(session: Session) -> bool:
    return session.execute(select(exists().where(AuditEvent.kind == PLAYED))).scalar_one()


def _is_used(session: Session) -> bool:
    return any(
        session.execute(select(exists().select_from(model))).scalar_one()
        for model in (Person, Organisation)
    )
