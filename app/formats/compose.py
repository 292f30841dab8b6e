"""Is this text YAML that can be read without harm? Its nodes, or the line at which it cannot."""

from __future__ import annotations

from typing import Any

import yaml

from app.formats.words import N_

DEEPEST = 20
"""Levels of nesting; composing recurses in C, where too deep a text would end the program."""

NOT_YAML = N_("This is not YAML: %(problem)s.")
EMPTY = N_("The document is empty.")
TOO_DEEP = N_("The document is nested too deeply.")
ALIAS = N_("Anchors and aliases are not used in these documents; write it out.")


class Unreadable(ValueError):
    """The text cannot be used: where, and a message to translate."""

    def __init__(self, line: int, message_id: str, **params: Any) -> None:
        super().__init__(message_id)
        self.line, self.message_id, self.params = line, message_id, params


def compose(text: str) -> yaml.Node:
    """The root node, with the marks of its lines. Raises Unreadable."""
    try:
        _refuse_harm(text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise Unreadable(_line(error, text), NOT_YAML, problem=_problem(error)) from None
    if node is None:
        raise Unreadable(1, EMPTY)
    return node


def _refuse_harm(text: str) -> None:
    """No nesting without end, and no aliases, by which a short text can stand for a huge one."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise Unreadable(line, TOO_DEEP)
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable(line, ALIAS)


def _line(error: yaml.YAMLError, text: str) -> int:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    return text.count("\n", 0, getattr(error, "position", None) or 0) + 1


def _problem(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable")
