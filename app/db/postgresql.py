"""How does a PostgreSQL transaction learn whose rows it may touch?

Each transaction takes a role and three settings that end with it. The roles are made by the
migrations; the login role need only be a member of them. Without a setting no row is visible.
"""

from __future__ import annotations

import math
import time
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DisconnectionError

from app.db import scoping
from app.db.scoping import Scope, Wall

OWNER, APP, SPONSOR = "enlace_owner", "enlace_app", "enlace_sponsor"
_ROLES = {
    Wall.SYSTEM: OWNER,
    Wall.IDENTITY: APP,
    Wall.ORGANISATION: APP,
    Wall.SPONSOR: SPONSOR,
}
RESTS_AT_MOST = 2.0
"""Seconds for which an unused connection is believed to be alive."""
CONNECT_ARGS = {
    "connect_timeout": 5,
    "options": "-c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000"
    " -c timezone=UTC -c synchronous_commit=on",  # acknowledged means durable
}


def prepare(engine: Engine) -> None:
    """Attach the walls to every transaction of the engine, and a look at connections that rested."""
    event.listen(engine, "begin", _begin)
    event.listen(engine, "checkin", _note_rest)
    event.listen(engine, "checkout", partial(_refuse_dead, engine.dialect))


def _note_rest(dbapi: Any, record: Any) -> None:
    record.info["rests_since"] = time.monotonic()


def _refuse_dead(dialect: Any, dbapi: Any, record: Any, proxy: Any) -> None:
    """Ask whether the server is still there, unless it answered a moment ago.

    The library's own question, before every request, took as long as one of the page's queries.
    """
    if time.monotonic() - record.info.get("rests_since", -math.inf) < RESTS_AT_MOST:
        return
    try:
        dialect.do_ping(dbapi)
    except dialect.loaded_dbapi.Error as fault:
        raise DisconnectionError("the server left") from fault


def _begin(connection: Connection) -> None:
    scope = scoping.current()
    if scope.wall is Wall.BARE:
        return
    access = "READ WRITE" if scoping.is_writing() else "READ ONLY"
    connection.exec_driver_sql(f"SET TRANSACTION {access}; " + statements(scope))


def enter(connection: Connection) -> None:
    """Change the scope within a running transaction, once the actor is known."""
    connection.exec_driver_sql(statements(scoping.current()))


def statements(scope: Scope) -> str:
    """The SQL that puts a transaction behind its wall; ids are our own letters and digits."""
    values = {
        "app.organisation": scope.organisation_id,
        "app.kind": scope.kind,
        "app.person": scope.person_id,
    }
    for value in values.values():
        if value and not value.replace("_", "").isalnum():
            raise ValueError("an id holds letters and digits only")
    settings = "; ".join(f"SET LOCAL {name} = '{value}'" for name, value in values.items())
    return f"SET LOCAL ROLE {_ROLES[scope.wall]}; {settings}"
