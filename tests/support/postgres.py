"""Which PostgreSQL do the tests use, and how does one get a database of one's own in it?

ENLACE_TEST_POSTGRES names a server (the URL of a superuser). Without it the first test that needs
one starts a server from the wheel, reachable through a socket file only, that ends with the run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from tests.support import run_home

WEB_ROLE = "enlace_web"
"""The login role of the tests: no superuser, inherits nothing, may only take the roles below."""
TAKEN_ROLES = ("enlace_owner", "enlace_app", "enlace_sponsor")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Server:
    """A running server; its URL logs in as a superuser."""

    url: URL

    def admin_url(self, database: str) -> str:
        """A superuser's URL, for migrations and for cleaning."""
        return self.url.set(database=database).render_as_string(hide_password=False)

    def web_url(self, database: str) -> str:
        """The URL the application under test connects with, behind every wall."""
        url = self.url.set(database=database, username=WEB_ROLE, password=WEB_ROLE)
        return url.render_as_string(hide_password=False)

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        url = self.url.set(database=database, drivername="postgresql")
        return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)


@cache
def server() -> Server:
    """The server of this run, started if nobody has yet."""
    if named := os.environ.get("ENLACE_TEST_POSTGRES"):
        return Server(make_url(named).set(drivername="postgresql+psycopg"))
    with run_home.once("postgres") as ready:
        if not ready.exists():
            _start_keeper(ready)
    return Server(make_url(ready.read_text()))


def _start_keeper(ready: Path) -> None:
    log = run_home.home() / "keeper.log"
    with log.open("w") as output:
        keeper = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.support.postgres_keeper",
                str(run_home.home()),
                str(ready),
            ],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl+C is for the tests; the keeper cleans up after them
        )
    while not ready.exists():
        if keeper.poll() is not None:
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
        time.sleep(0.02)
    keeper.returncode = 0  # it outlives us on purpose; nobody waits for it here


def template(name: str, migrate: Callable[[str], None]) -> str:
    """A database to copy, migrated once and kept for as long as its name stands.

    The name should change with the migrations. `migrate` gets a superuser's URL.
    """
    with server().connect() as admin:
        # Other runs may share the server: whoever comes first makes it.
        admin.execute("SELECT pg_advisory_lock(hashtext(%s))", (name,))
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            unfinished = f"{name}_unfinished"
            create(unfinished)
            migrate(server().admin_url(unfinished))
            _make_web_role(admin)
            admin.execute(_names("ALTER DATABASE {} RENAME TO {}", unfinished, name))
    return name


def create(name: str, *, template: str = "template0") -> str:
    """A new database, replacing one of that name; returns the name."""
    with server().connect() as admin:
        admin.execute(_names("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))
        admin.execute(_names("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template))
    return name


def drop(name: str) -> None:
    with server().connect() as admin:
        admin.execute(_names("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))


def _make_web_role(admin: psycopg.Connection) -> None:
    if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (WEB_ROLE,)).fetchone():
        admin.execute(_names("CREATE ROLE {}", WEB_ROLE))
    admin.execute(
        _names(
            "ALTER ROLE {} LOGIN NOSUPERUSER NOINHERIT NOBYPASSRLS NOCREATEDB NOCREATEROLE",
            WEB_ROLE,
        )
        + sql.SQL(" PASSWORD {}").format(sql.Literal(WEB_ROLE))
    )
    for role in TAKEN_ROLES:
        admin.execute(_names("GRANT {} TO {}", role, WEB_ROLE))


def _names(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))
