"""How do needs reach sponsors in the story, and what do the sponsors answer?"""

from __future__ import annotations

from app.cli.demo.stage import World
from app.cli.demo.story import Act, BadStory
from app.extensions import db
from app.policy.actor import Actor
from app.summaries import (
    actions,
    opening,
    queries,
    received,
    relaying,
    responding,
    revealing,
    sending,
)
from app.summaries.queries import OpenedSummary
from app.summaries.received import Received


def prepare(world: World, actor: Actor, act: Act) -> None:
    """The Secretariat makes the summary of an accepted need."""
    candidate = queries.candidate(actor, world.id("need", act.of))
    world.name("summary", act.of, actions.prepare(actor, candidate).id)


def change(world: World, actor: Actor, act: Act) -> None:
    """The Secretariat translates or generalises it, and the country is asked."""
    given = act.given
    actions.change(
        actor, _summary(world, actor, act), kind=given["kind"], note=given["note"],
        words={key: {lang: text.strip() for lang, text in words.items()}
               for key, words in given["words"].items()},
        left_out=frozenset(given.get("left_out", ())),
    )  # fmt: skip


def decide(world: World, actor: Actor, act: Act) -> None:
    """The country says its word on the change."""
    opened = _summary(world, actor, act)
    waiting = queries.open_change(opened.summary)
    if waiting is None:
        raise BadStory(f"no change of {act.of!r} waits for a word")
    actions.decide(actor, opened, waiting, decision=act.given["decision"],
                   reason=act.given.get("reason", ""))  # fmt: skip


def send(world: World, actor: Actor, act: Act) -> None:
    """The Secretariat sends it to sponsors."""
    sponsors = {sponsor.key: sponsor.id for sponsor in queries.sponsors()}
    chosen = [sponsors[key] for key in act.given["sponsors"]]
    summary = _summary(world, actor, act)
    sending.route(actor, summary, sponsor_ids=chosen, why=act.given["why"].strip())
    db.session.flush()
    for sent in queries.log(summary.summary):
        world.name(f"routing to {sent.Routing.sponsor_id}", act.of, sent.Routing.id)


def open_it(world: World, actor: Actor, act: Act) -> None:
    """Somebody of a sponsor opens it."""
    opening.note_opening(actor, _received(world, actor, act).routing.id)


def respond(world: World, actor: Actor, act: Act) -> None:
    """A sponsor answers."""
    responding.respond(actor, _received(world, actor, act), state=act.given["state"],
                       reason=act.given["reason"])  # fmt: skip


def ask(world: World, actor: Actor, act: Act) -> None:
    """A sponsor asks through the Secretariat."""
    responding.ask(actor, _received(world, actor, act), text=act.given["text"])


def pass_on(world: World, actor: Actor, act: Act) -> None:
    """The Secretariat passes the question that was asked last on to the country."""
    opened = _summary(world, actor, act)
    newest, *_ = queries.questions(opened.summary)
    relaying.pass_on(actor, opened, newest.SummaryQuestion, note=act.given["note"].strip())


def ask_country(world: World, actor: Actor, act: Act) -> None:
    """A sponsor asks to know the country."""
    revealing.ask(actor, _received(world, actor, act))


def answer(world: World, actor: Actor, act: Act) -> None:
    """The Secretariat answers the question that was asked last."""
    newest, *_ = queries.questions(_summary(world, actor, act).summary)
    sending.answer_question(actor, newest.SummaryQuestion, text=act.given["text"].strip())


def _summary(world: World, actor: Actor, act: Act) -> OpenedSummary:
    return queries.get(actor, world.id("summary", act.of))


def _received(world: World, actor: Actor, act: Act) -> Received:
    return received.get(actor, world.id(f"routing to {actor.organisation_id}", act.of))
