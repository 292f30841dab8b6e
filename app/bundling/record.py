"""How are a world and the plan made from it kept, so that both are read again as they were?"""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from app.bundling.plan import Plan
from app.bundling.world import World
from app.formats.canonical import canonical_json

_DAY = "day"


def written(value: Any) -> Any:
    """A world or plan as JSON has it: objects by name, sets in order, days as they are written."""
    if is_dataclass(value):
        return {each.name: written(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [written(each) for each in value]
    return {_DAY: value.isoformat()} if isinstance(value, date) else value


def world_of(document: Any) -> World:
    """The world that was written so."""
    world: World = _read(World, document)
    return world


def plan_of(document: Any) -> Plan:
    """The plan that was written so."""
    plan: Plan = _read(Plan, document)
    return plan


def digest(world: World) -> str:
    """sha256 hex of all that a plan is made from, the weights among it, in whatever order it was told."""
    return hashlib.sha256(canonical_json(written(world.in_order()))).hexdigest()


def _read(kind: Any, value: Any) -> Any:
    if kind is Any:
        return _free(value)
    if isinstance(kind, type) and is_dataclass(kind):
        types = _types(kind)
        return kind(**{name: _read(types[name], each) for name, each in value.items()})
    if isinstance(kind, UnionType):
        [kind] = [each for each in get_args(kind) if each is not type(None)]
        return None if value is None else _read(kind, value)
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        if inner[1:] == (...,):
            return tuple(_read(inner[0], each) for each in value)
        return tuple(_read(each, one) for each, one in zip(inner, value, strict=True))
    if get_origin(kind) is frozenset:
        return frozenset(value)
    return date.fromisoformat(value[_DAY]) if kind is date else value


def _free(value: Any) -> Any:
    """A fact of a reason: a day, several words, or what JSON has anyway."""
    if isinstance(value, dict):
        return date.fromisoformat(value[_DAY])
    return tuple(map(_free, value)) if isinstance(value, list) else value


@cache
def _types(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
