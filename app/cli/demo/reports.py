"""How do editions of the report come about in the story: begun, written, published?"""

from __future__ import annotations

from dataclasses import fields

from app.cli.demo.stage import World
from app.cli.demo.story import Act
from app.policy.actor import Actor
from app.reports import actions, queries, tallying
from app.reports.actions import Texts
from app.reports.models import Edition


def begin(world: World, actor: Actor, act: Act) -> None:
    """The Secretariat begins the next edition for a call."""
    call = queries.get_call(actor, world.id("call", act.given["call"]))
    world.name("edition", act.of, actions.create(actor, call).id)


def write(world: World, actor: Actor, act: Act) -> None:
    """The Secretariat writes texts; those the story does not name stay as they are."""
    edition = _edition(world, actor, act)
    texts = Texts(**{
        text.name: act.given.get(text.name, getattr(edition, text.name)).strip()
        for text in fields(Texts)
    })  # fmt: skip
    actions.write_texts(actor, edition, texts=texts, revision=edition.revision)


def publish(world: World, actor: Actor, act: Act) -> None:
    """The coordinator looks at the figures once more and publishes."""
    edition = _edition(world, actor, act)
    call = queries.get_call(actor, edition.call_id)
    counted = tallying.tally(edition, call)
    actions.publish(actor, edition, call, counted, revision=edition.revision,
                    digest=counted.digest, confirmed=counted.doubts)  # fmt: skip


def _edition(world: World, actor: Actor, act: Act) -> Edition:
    return queries.get(actor, world.id("edition", act.of))
