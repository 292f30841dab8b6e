"""Which kinds of mail are there, and what does each need to know to be written?

A kind is registered by the feature that promises it, and has a template in each language:
templates/mail/<kind>.es.txt and <kind>.en.txt, whose first line is the subject.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.outbox.recipients import Addressee

Describe = Callable[[Mapping[str, Any], Addressee], Mapping[str, Any]]
"""From the ids in the message and the person it goes to, to the template's variables."""

_kinds: dict[str, Describe] = {}


class UnknownKind(LookupError):
    """A message of a kind that no feature registered."""


def mail_kind(name: str) -> Callable[[Describe], Describe]:
    """Register what a kind of mail tells its template.

    The function reads what it needs (it reaches every organisation) and returns plain values. Mail
    travels in the open: never an answer, a country's words or another person's name.
    """

    def register(describe: Describe) -> Describe:
        _kinds[name] = describe
        return describe

    return register


def mail_with_link(name: str, path: str) -> None:
    """Register a kind that says only where to look: `path` is filled with the message's ids.

    For example `mail_with_link("need-receipt", "/needs/{need}")`; the template writes `{{ link }}`.
    """

    @mail_kind(name)
    def describe(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
        return {"path": path.format(**params)}


def mail_about(*names: str, path: str, reference: Callable[[Mapping[str, Any]], str]) -> None:
    """Register kinds that say of which record they are, and where to look.

    `reference` finds the record's own number by the ids in the message; `path` is filled with them.
    """

    def describe(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
        return {"reference": reference(params), "path": path.format(**params)}

    for name in names:
        mail_kind(name)(describe)


def variables(name: str, params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """What the template of this message is given. Raises UnknownKind."""
    if name not in _kinds:
        raise UnknownKind(name)
    return _kinds[name](params, recipient)


def names() -> tuple[str, ...]:
    """Every registered kind, in alphabetical order."""
    return tuple(sorted(_kinds))
