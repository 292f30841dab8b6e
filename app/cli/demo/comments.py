"""What do people of the story say to each other beside their needs?"""

from __future__ import annotations

from app.cli.demo.stage import World
from app.cli.demo.story import Act, BadStory
from app.intake.comments import actions
from app.intake.comments import queries as comments
from app.intake.comments.actions import Said
from app.needs import queries as needs
from app.policy.actor import Actor
from app.policy.permissions import Permission


def say(world: World, actor: Actor, act: Act) -> None:
    """Somebody begins a conversation about a place of a need; `as` is its name in the story."""
    need = needs.get(actor, world.id("need", act.of))
    given = act.given
    said = Said(section=given["section"], field=given.get("field", ""), circle=given["circle"],
                text=given["text"], mentioned=_colleagues(world, given.get("to", ())))  # fmt: skip
    comment = actions.write(actor, need, said, Permission.NEED_COMMENT)
    world.name("comment", given["as"], comment.id)


def reply(world: World, actor: Actor, act: Act) -> None:
    """Somebody answers in a conversation that was begun `to` a name of the story."""
    found = comments.get(actor, world.id("comment", act.given["to"]), needs.get)
    said = Said(section=found.comment.section, field=found.comment.field, text=act.given["text"])
    actions.reply(actor, found.opened, found.comment, said, Permission.NEED_COMMENT)


def _colleagues(world: World, keys: tuple[str, ...] | str) -> list[str]:
    if isinstance(keys, str):
        raise BadStory("`to` is a list of people")
    return [world.actor(key).person_id for key in keys]
