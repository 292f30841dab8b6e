"""How does a PostgreSQL transaction learn whose rows it may touch?

Each transaction takes a role and three settings that end with it. The roles are made by the
migrations; the login role need only be a member of them. Without a setting no row is visible.
"""

from __future__ import annotations

from typing import Any

from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from sqlalchemy import Connection, Engine, event

from app.db import scoping
from app.db.scoping import Scope, Wall

OWNER, APP, SPONSOR = "enlace_owner", "enlace_app", "enlace_sponsor"
_ROLES = {
    Wall.SYSTEM: OWNER,
    Wall.IDENTITY: APP,
    Wall.ORGANISATION: APP,
    Wall.SPONSOR: SPONSOR,
}
CONNECT_ARGS = {
    "connect_timeout": 5,
    "options": "-c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000"
    " -c timezone=UTC -c synchronous_commit=on",  # acknowledged means durable
}


def prepare(engine: Engine) -> None:
    """Attach the walls to every transaction of the engine."""
    event.listen(engine, "connect", _open)
    event.listen(engine, "begin", _begin)
    engine.dialect.do_rollback = _roll_back  # type: ignore[method-assign]


def _open(dbapi: Any, record: Any) -> None:
    dbapi.autocommit = True  # we say BEGIN ourselves, and the wall in the same breath


def _begin(connection: Connection) -> None:
    scope = scoping.current()
    if scope.wall is Wall.BARE:
        connection.exec_driver_sql("BEGIN")
        return
    access = "READ WRITE" if scoping.is_writing() else "READ ONLY"
    connection.exec_driver_sql(f"BEGIN {access}; {statements(scope)}")


def _roll_back(dbapi_connection: Any) -> None:
    """End a transaction without effect, as every page does that only reads.

    The driver's own way forgets all prepared statements, for the sake of tables that a transaction
    made and took back. Ours make none, and planning anew behind the walls was most of a page's wait.
    """
    server = dbapi_connection.pgconn
    if server.transaction_status == TransactionStatus.IDLE:
        return
    result = server.exec_(b"ROLLBACK")
    if result.status != ExecStatus.COMMAND_OK:
        raise error_from_result(result)


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
