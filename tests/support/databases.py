"""How does a worker get a migrated database, and how is it made as new after each test?

Each kind is migrated once a run into a template; a worker works on its own copy of it. Making it as
new takes milliseconds: an SQLite file is copied again, on PostgreSQL all rows are deleted and the
ones that migrations ship are put back. In the same way a worker brings back what took it seconds.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar

import psycopg
from psycopg import sql

from tests.support import postgres, run_home

Migrate = Callable[[str], None]
"""Brings the database of a URL, given as its owner's, to the newest migration."""
VERSIONS = Path(__file__).resolve().parents[2] / "migrations" / "versions"
SHIPPED = "shipped"
"""What is remembered of each database: the rows which migrations put in."""


def migrations_name() -> str:
    """Changes with every migration."""
    digest = hashlib.sha256()
    for path in sorted(VERSIONS.glob("*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@dataclass(frozen=True)
class SQLite:
    """A file of this worker's own."""

    path: Path
    template: Path
    kind: ClassVar[str] = "sqlite"
    is_a_file: ClassVar[bool] = True

    @classmethod
    def made(cls, worker: str, migrate: Migrate) -> SQLite:
        with run_home.once("template.db") as template:
            if not template.exists():
                unfinished = template.with_name("unfinished.db")
                migrate(f"sqlite:///{unfinished}")
                unfinished.rename(template)
        database = cls(run_home.home() / f"{worker}.db", template)
        database.renew()
        return database

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    @property
    def owner_url(self) -> str:
        return self.url

    def renew(self) -> None:
        """Every connection to the file must have been closed."""
        self._become(self.template)

    def remember(self, name: str) -> None:
        """Keep what is stored now, to be brought back; as with renew for the connections."""
        shutil.copyfile(self.path, self._remembered(name))

    def bring_back(self, name: str) -> bool:
        """Hold again what is remembered by that name, if anything is."""
        if is_there := self._remembered(name).exists():
            self._become(self._remembered(name))
        return is_there

    def _remembered(self, name: str) -> Path:
        return self.path.with_name(f"{self.path.name}.{name}")

    def _become(self, other: Path) -> None:
        for suffix in ("-journal", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(other, self.path)

    def remove(self) -> None:
        """The run's folder goes with everything in it."""


@dataclass(frozen=True)
class PostgreSQL:
    """A database of this worker's own."""

    name: str
    kind: ClassVar[str] = "postgresql"
    is_a_file: ClassVar[bool] = False

    @classmethod
    def made(cls, worker: str, migrate: Migrate) -> PostgreSQL:
        template = postgres.template(
            f"enlace_template_{migrations_name()}", lambda url: _migrate_and_remember(url, migrate)
        )
        run = run_home.home().name.removeprefix("enlace-tests-")
        name = f"enlace_{worker}_{run}_{os.getpid()}"
        return cls(postgres.create(name, template=template))

    @property
    def url(self) -> str:
        return postgres.server().web_url(self.name)

    @property
    def owner_url(self) -> str:
        return postgres.server().admin_url(self.name)

    def renew(self) -> None:
        """A test that leaves a transaction open makes this fail after a minute."""
        self._admin.execute(self._renewal)

    def remember(self, name: str) -> None:
        """Keep what is stored now, to be brought back."""
        _remember(self._admin, name)

    def bring_back(self, name: str) -> bool:
        """Hold again what is remembered by that name, if anything is."""
        if is_there := bool(_tables(self._admin, name)):
            self._admin.execute(self._holding(name))
        return is_there

    @cached_property
    def _admin(self) -> psycopg.Connection:
        return postgres.server().connect(self.name)

    @cached_property
    def _renewal(self) -> sql.Composed:
        return self._holding(SHIPPED)

    def _holding(self, schema: str) -> sql.Composed:
        """Makes the tables hold the rows of a schema and no others."""
        emptying = [
            sql.SQL("DELETE FROM {}").format(sql.Identifier("public", table))
            for table in _tables(self._admin, "public")
        ]
        refilling = [
            sql.SQL("INSERT INTO {} SELECT * FROM {}").format(
                sql.Identifier("public", table), sql.Identifier(schema, table)
            )
            for table in _tables(self._admin, schema)
        ]
        # As a replica nothing fires: neither references nor what keeps the audit trail whole.
        as_replica = sql.SQL("SET lock_timeout = 60000; SET session_replication_role = replica")
        return sql.SQL("; ").join([as_replica, *emptying, *refilling])

    def remove(self) -> None:
        self._admin.close()
        postgres.drop(self.name)


def _migrate_and_remember(url: str, migrate: Migrate) -> None:
    migrate(url)
    name = postgres.make_url(url).database or ""
    with postgres.server().connect(name) as admin:
        _remember(admin, SHIPPED)


def _remember(admin: psycopg.Connection, name: str) -> None:
    """Copy each table that holds something into a schema of that name; only the tests have such."""
    admin.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
    for table in _tables(admin, "public"):
        of_public = sql.Identifier("public", table)
        if admin.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(of_public)).fetchone():
            admin.execute(
                sql.SQL("CREATE TABLE {} AS TABLE {}").format(
                    sql.Identifier(name, table), of_public
                )
            )


def _tables(admin: psycopg.Connection, schema: str) -> list[str]:
    rows = admin.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", (schema,)
    )
    return [name for (name,) in rows]


KINDS = {"sqlite": SQLite, "postgresql": PostgreSQL}
