"""What does a document say about when a question, or a section, counts?

A field has one condition, `{field, any_of}`. A section may have a list of them, which must all be met; each may
name others beside it, `either: [...]`, of which one is enough.
"""

from __future__ import annotations

import yaml

from app.formats.nodes import CODE, Reader
from app.formats.spec import Condition


def read_condition(node: yaml.Node, at: str, reader: Reader) -> Condition | None:
    """The condition of a field or cell."""
    found = reader.mapping(node, at, required=("field", "any_of"))
    return _condition(found, at, reader)


def read_conditions(node: yaml.Node, at: str, reader: Reader) -> tuple[Condition, ...]:
    """The conditions of a section or screen: one, or a list."""
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return tuple(filter(None, (_with_others(each, at, reader) for each in nodes)))


def _with_others(node: yaml.Node, at: str, reader: Reader) -> Condition | None:
    found = reader.mapping(node, at, required=("field", "any_of"), optional=("either",))
    others = reader.items(found["either"], at) if "either" in found else []
    either = tuple(filter(None, (read_condition(each, at, reader) for each in others)))
    return _condition(found, at, reader, either)


def _condition(
    found: dict[str, yaml.Node], at: str, reader: Reader, either: tuple[Condition, ...] = ()
) -> Condition | None:
    if not {"field", "any_of"} <= found.keys():
        return None
    codes = [reader.key(each, at, CODE) for each in reader.items(found["any_of"], at)]
    return Condition(reader.text(found["field"], at), tuple(codes), either)
