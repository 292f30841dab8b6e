"""Who is asking, and which wall follows from it?"""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app, g, request
from sqlalchemy.exc import DBAPIError

from app.db import engine
from app.db.scoping import IDENTITY, Scope, Wall, set_scope
from app.extensions import db
from app.policy.actor import Actor
from app.policy.permissions import Permission
from app.web.guard import rule_of

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
IDENTITY_PERMISSIONS = frozenset(
    {
        Permission.OWN_ACCOUNT,
        Permission.ORGANISATION_LIST,
        Permission.ORGANISATION_MANAGE,
        Permission.PEOPLE_INVITE,
        Permission.FACTOR_RESET,
        Permission.COLLEAGUES_READ,
        Permission.COLLEAGUES_INVITE,
        Permission.MAIL_READ,
        Permission.OWN_NOTICES,
    }
)
"""Permissions whose pages show people, organisations, the demonstration's mail and what oneself was
told, and no content: of a record at most its reference, to whoever may read it."""

_loaders: list[Callable[[], Actor | None]] = []


def loads_actor(loader: Callable[[], Actor | None]) -> Callable[[], Actor | None]:
    """Register how the actor of a request is found; the accounts feature does."""
    _loaders[:] = [loader]
    return loader


def identify() -> None:
    """Before each request: find out who asks, then put up the wall for the rest of the request."""
    g.actor = None
    if request.endpoint == "static":
        return
    rule = rule_of(current_app, request.endpoint)
    unsafe = request.method not in SAFE
    # PostgreSQL lets one transaction read first and write later; SQLite's must begin to write anew.
    set_scope(IDENTITY, writing=unsafe and db.engine.dialect.name == "postgresql")
    g.actor = _ask_who()
    writes = unsafe and not (rule and rule.delays_writing)
    engine.enter(db.session(), scope_of_request(), writing=writes)


def _ask_who() -> Actor | None:
    """The actor, asked for once more where the connection turned out to be dead.

    This is a request's first question, so nothing is lost by asking again: a server that came back
    costs nobody a failed request, and living ones need not be asked whether they live.
    """
    if not _loaders:
        return None
    try:
        return _loaders[0]()
    except DBAPIError as fault:
        if not fault.connection_invalidated:
            raise
        db.session.rollback()
        return _loaders[0]()


def begin_writing() -> None:
    """Start to write, after slow work that a view did first."""
    db.session.rollback()
    engine.enter(db.session(), scope_of_request(), writing=True)


def read_again() -> None:
    """Go on reading after a short transaction that wrote."""
    engine.enter(db.session(), scope_of_request(), writing=False)


def act_as(actor: Actor, *, writing: bool) -> None:
    """Go on behind the wall of the person for whom a link was meant, whoever is signed in here."""
    db.session.rollback()
    engine.enter(db.session(), scope_for(actor, None), writing=writing)


def scope_of_request() -> Scope:
    """The wall behind which this request runs.

    A page for everybody shows no content, and is the same whoever is signed in: a sponsor's browser
    too must be able to sign somebody in, or to set a new password.
    """
    rule = rule_of(current_app, request.endpoint)
    if rule is not None and rule.permission is None:
        return IDENTITY
    return scope_for(g.actor, rule.permission if rule else None)


def scope_for(actor: Actor | None, permission: Permission | None) -> Scope:
    """The wall behind which an actor's request runs."""
    if actor is None:
        return IDENTITY
    wall = Wall.SPONSOR if actor.is_sponsor else Wall.ORGANISATION
    if permission in IDENTITY_PERMISSIONS:
        wall = Wall.IDENTITY
    return Scope(wall, actor.organisation_id, actor.organisation_kind.value, actor.person_id)
