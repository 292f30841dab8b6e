"""How do offers come about in the story: sponsors write what they bring, a country that it would host?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.cli.demo.stage import World
from app.cli.demo.story import Act
from app.funding.offers import actions
from app.funding.offers.terms import DAYS, LISTS, Line, Terms
from app.policy.actor import Actor


def offer(world: World, actor: Actor, act: Act) -> None:
    """Somebody writes an offer and opens it at once."""
    said = {name: value for name, value in act.given.items() if name not in ("for", "covers")}
    made = actions.create(
        actor,
        Terms(**{name: _read(name, value) for name, value in said.items()},
              lines=_lines(act.given.get("covers", {}))),
        opens=True, is_demonstration=True,
    )  # fmt: skip
    world.name("offer", act.of, made.id)


def _read(name: str, value: Any) -> Any:
    if name in DAYS:
        return date.fromisoformat(value)
    if name in LISTS:
        return tuple(value)
    return value.strip() if isinstance(value, str) else value


def _lines(covers: Mapping[str, str]) -> tuple[Line, ...]:
    """As much as is needed of each line: the sources name no amount."""
    return tuple(Line(line, form) for line, form in covers.items())
