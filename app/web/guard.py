"""Who may pass through this endpoint, and to which record?

A view is `@guarded(Permission.X, load=queries.get)` or `@public`. The guard asks the table what the
actor's roles might allow, loads the record through its scoped query, asks the table again with the
record, and hands the record on. Nothing behind it fetches the record again.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, g

from app.policy.actor import Actor
from app.policy.engine import Forbidden, allowed, might
from app.policy.permissions import Permission

View = Callable[..., Any]
Load = Callable[..., Any]


class SignInNeeded(Exception):
    """Nobody is signed in, or the session has ended."""


class Unguarded(RuntimeError):
    """Endpoints without a guard: the application does not start."""


@dataclass(frozen=True)
class Rule:
    """What stands before an endpoint; `permission` is None where everybody may pass."""

    permission: Permission | None
    load: Load | None = None
    delays_writing: bool = False
    """The view does slow work (hashing a password) before it writes, and begins to write itself."""
    is_recorded: bool = False
    """Opening the page is itself on record: it writes in a short transaction of its own."""
    is_repeatable: bool = False
    """Asked again it has the same effect, so that it carries no key."""
    is_unattended: bool = False
    """Asked by an open page and not by a person: it does not count as somebody being there."""


LIBRARY_RULES: dict[str, Rule] = {"static": Rule(None)}
"""Rules of endpoints that libraries register; features add theirs."""


def guarded(
    permission: Permission, load: Load | None = None, **options: bool
) -> Callable[[View], View]:
    """Guard a view. `load(actor, **ids)` takes the URL's parts it names; the rest go to the view."""
    names = tuple(inspect.signature(load).parameters)[1:] if load else ()

    def decorate(view: View) -> View:
        @wraps(view)
        def pass_guard(**parts: Any) -> Any:
            actor = _actor()
            if not might(actor, permission):
                raise Forbidden(permission)
            if load is None:
                return view(**parts)
            record = load(actor, **{name: parts.pop(name) for name in names})
            if not allowed(actor, permission, record):
                raise Forbidden(permission)
            return view(record, **parts)

        pass_guard.rule = Rule(permission, load, **options)  # type: ignore[attr-defined]
        return pass_guard

    return decorate


def public(view: View | None = None, *, delays_writing: bool = False) -> Any:
    """Let everybody pass, signed in or not."""

    def decorate(view: View) -> View:
        view.rule = Rule(None, delays_writing=delays_writing)  # type: ignore[attr-defined]
        return view

    return decorate(view) if view else decorate


def rule_of(app: Flask, endpoint: str | None) -> Rule | None:
    """What stands before an endpoint, None if nothing does."""
    if endpoint is None:
        return None
    return getattr(app.view_functions.get(endpoint), "rule", None) or LIBRARY_RULES.get(endpoint)


def refuse_unguarded(app: Flask) -> None:
    """Stop the start if an endpoint has neither a guard nor an explicit `public`."""
    bare = sorted(name for name in app.view_functions if rule_of(app, name) is None)
    if bare:
        raise Unguarded("these endpoints have no guard: " + ", ".join(bare))


def _actor() -> Actor:
    if g.get("actor") is None:
        raise SignInNeeded
    return g.actor


def current_actor() -> Actor:
    """The actor of this request. Raises SignInNeeded where nobody is signed in."""
    return _actor()
