"""How do legal advisers state reservations in the story: a text, its rule, and their confirmation?"""

from __future__ import annotations

from app.cases.reservations import actions, queries
from app.cases.reservations.terms import Terms
from app.cli.demo.stage import World
from app.cli.demo.story import Act
from app.policy.actor import Actor


def state(world: World, actor: Actor, act: Act) -> None:
    """A country's legal adviser writes a text, answers the five questions about it and confirms the rule."""
    text, rule = act.given["text"], act.given["rule"]
    written = actions.write_text(
        actor, instrument=text["instrument"], article=text["article"], url="",
        words=text["words"].strip(), is_restricted=text["is_restricted"], is_demonstration=True,
    )  # fmt: skip
    made = actions.write_rule(
        actor, queries.get_stated(actor, written.series_id),
        Terms(data=tuple(rule["data"]), direction=rule["direction"], effect=rule["effect"],
              mask=rule.get("mask"), discloses=rule["discloses"]),
    )  # fmt: skip
    actions.confirm(actor, queries.get_rule(actor, made.id))
    world.name("reservation", act.of, made.id)
