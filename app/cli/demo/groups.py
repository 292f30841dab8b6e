"""How are similar needs found and grouped in the story?"""

from __future__ import annotations

from app.cli.demo.stage import World
from app.cli.demo.story import Act, BadStory
from app.formats.spec import Text
from app.groups import actions, queries, searching
from app.policy.actor import Actor


def look() -> None:
    """Enlace looks for similar needs by itself, as it does every few minutes."""
    searching.continue_all()


def take(world: World, actor: Actor, act: Act) -> None:
    """The Secretariat makes a group of the proposal that holds a need."""
    proposal_id = queries.proposal_with(world.id("need", act.given["need"]))
    if proposal_id is None:
        raise BadStory(f"nothing is proposed with {act.given['need']!r}")
    proposal = queries.get_proposal(actor, proposal_id)
    name = Text(act.given["name_es"], act.given["name_en"])
    world.name("group", act.of, actions.take(actor, proposal, name).id)
