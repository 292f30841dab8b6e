"""What is this database for, and how far is its clock moved?

One row says whether it is a demonstration. A program configured otherwise does not serve it: people
of the demonstration sign in with one click, which must never open real data.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from math import ceil

import structlog
from flask import Flask, current_app
from sqlalchemy import delete, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from werkzeug.exceptions import ServiceUnavailable

import config
from app import clock
from app.db.models import Installation
from app.db.scoping import IDENTITY, scoped
from app.extensions import db

DEMONSTRATION, PREPARING = "demonstration", "preparing"
LOOK_AGAIN = 60.0
"""Seconds after which a demonstration looks whether it was begun again."""
_KNOWN = "enlace_installation_known"
log = structlog.get_logger()


class WrongInstallation(RuntimeError):
    """The program is configured for another kind of database than this one."""


def is_demonstration() -> bool:
    """Whether what is written here is invented."""
    settings: config.Settings = current_app.config["ENLACE"]
    return settings.is_demonstration


def know() -> None:
    """Learn from the database what time it is in it, once a process.

    Raises WrongInstallation. A database without tables tells nothing, and is asked again.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    settings: config.Settings = app.config["ENLACE"]
    known_at = app.extensions.get(_KNOWN)
    if known_at is not None and not (
        settings.is_demonstration and time.monotonic() - known_at > LOOK_AGAIN
    ):
        return
    try:
        with scoped(IDENTITY), db.engine.connect() as connection:
            row = connection.execute(select(Installation.__table__)).one_or_none()
            is_real = settings.is_demonstration and row is None and _has_real_people(connection)
    except DBAPIError:
        return
    if is_real or (row is not None and not _fits(row.mode, settings)):
        log.error("wrong_installation", environment=settings.environment)
        raise WrongInstallation("this database and ENLACE_ENV do not belong together")
    clock.set_offset(timedelta(seconds=row.clock_offset_seconds if row else 0))
    app.extensions[_KNOWN] = time.monotonic()


def _fits(mode: str, settings: config.Settings) -> bool:
    return (mode in (DEMONSTRATION, PREPARING)) == settings.is_demonstration


def _has_real_people(connection: db.engine.Connection) -> bool:  # type: ignore[name-defined]
    # People of the demonstration have a key to be chosen by, and no password.
    return bool(
        connection.execute(
            text("SELECT 1 FROM person WHERE key IS NULL AND password IS NOT NULL LIMIT 1")
        ).first()
    )


def describe(session: Session, mode: str, begins_at: datetime | None = None) -> None:
    """Write what this database is for. With `begins_at` its clock shows that instant now."""
    offset = (begins_at - clock.real_now()) if begins_at else timedelta()
    seconds = ceil(offset.total_seconds())  # never before what was asked for
    session.execute(delete(Installation))
    session.execute(
        insert(Installation).values(
            id=1, mode=mode, clock_offset_seconds=seconds, prepared_at=clock.real_now()
        )
    )
    clock.set_offset(timedelta(seconds=seconds))


def mode_of(session: Session) -> str | None:
    """What the database says it is for; None where nothing was prepared yet."""
    return session.execute(select(Installation.mode)).scalar_one_or_none()


def prepare(app: Flask) -> None:
    """Serve no page before the program knows which database it stands on."""

    @app.before_request
    def know_before_serving() -> None:
        try:
            know()
        except WrongInstallation:
            raise ServiceUnavailable from None
