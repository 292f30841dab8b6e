"""Do the walls of PostgreSQL stand, and does the program log in behind them?"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

import config
from app.cli.speech import Finding, either, right, wrong
from app.db.postgresql import APP, OWNER, SPONSOR
from app.db.scoping import BARE, scoped
from app.extensions import db

ROLE = "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = session_user"
BARE_TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    " AND relname = ANY(:names) AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY relname"
)
MEMBERSHIP = "SELECT rolname FROM pg_roles WHERE rolname = ANY(:names) AND pg_has_role(session_user, oid, 'MEMBER')"


def look(settings: config.Settings) -> Iterator[Finding]:
    """Version, the role that logs in, row-level security; nothing on SQLite."""
    if db.engine.dialect.name != "postgresql":
        return
    with scoped(BARE), db.engine.connect() as connection:
        yield right(f"postgresql: version {connection.scalar(text('SHOW server_version'))}")
        yield from _role(connection, settings)
        yield from _walls(connection)
        commit = connection.scalar(text("SHOW synchronous_commit"))
        yield either(
            commit not in ("off", "local"),
            "postgresql: an acknowledged commit is on the disk",
            f"postgresql: synchronous_commit is {commit}; an acknowledged commit could be lost",
        )


def _role(connection: Connection, settings: config.Settings) -> Iterator[Finding]:
    is_super, bypasses, makes_roles = connection.execute(text(ROLE)).one()
    if is_super or bypasses or makes_roles:
        sentence = "postgresql: the program logs in as a superuser, or past row-level security"
        yield Finding(not settings.is_production, sentence + "; production refuses this")
    else:
        yield right("postgresql: the program logs in with a role that no wall lets past")
    names = [OWNER, APP, SPONSOR]
    held = set(connection.scalars(text(MEMBERSHIP), {"names": names}))
    for name in names:
        if name not in held:
            yield wrong(f"postgresql: the login role is no member of {name}")


def _walls(connection: Connection) -> Iterator[Finding]:
    names = sorted(db.metadata.tables)
    bare = list(connection.scalars(text(BARE_TABLES), {"names": names}))
    yield either(
        not bare,
        f"postgresql: row-level security is forced on all {len(names)} tables",
        f"postgresql: no forced row-level security on {', '.join(bare)}",
    )
