"""Is the database the one this program expects?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy.exc import DBAPIError

import config
from app import clock
from app.audit.models import AuditHead
from app.cli.speech import Finding, either, right, wrong
from app.db import installation
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from app.extensions import db


def look(settings: config.Settings) -> Iterator[Finding]:
    """Migrations, what the database is for, and the clock against the audit trail."""
    known, present = heads()
    yield either(
        known == present,
        f"database: migrated to {known}",
        f"database: stands at {present or 'nothing'}, the program wants {known};"
        " run `flask --app wsgi db upgrade`",
    )
    if known != present:
        return
    with transaction(writing=False) as session:
        mode = installation.mode_of(session)
        head = session.get(AuditHead, 1)
        last = head.at if head else None
    yield either(
        mode is not None,
        f"database: prepared for {mode}",
        "database: not prepared yet; run `flask --app wsgi prepare`",
    )
    yield from _trail(head is not None, last)


def _trail(has_head: bool, last: datetime | None) -> Iterator[Finding]:
    if not has_head:
        yield wrong("audit: the trail has lost its head")
    elif last is None:
        yield right("clock: the audit trail is empty")
    else:
        yield _clock(last)


def _clock(last: datetime) -> Finding:
    return either(
        clock.now() >= last,
        "clock: later than the last event of the audit trail",
        f"clock: earlier than the last event of the audit trail ({last:%Y-%m-%d %H:%M} UTC)",
    )


def heads() -> tuple[str | None, str | None]:
    """The newest migration of the program, and the one the database stands at."""
    script = ScriptDirectory(current_app.extensions["migrate"].directory)
    with scoped(SYSTEM), db.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    return script.get_current_head(), present


def is_newest() -> bool:
    """Whether there is nothing to migrate; False also where there are no tables, or no roles, yet."""
    try:
        known, present = heads()
    except DBAPIError:
        return False
    return known == present
