"""Does a test stand on a migrated database of its own, behind the walls, and leave it as it was?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, insert, inspect, select, text

from app.db.models import LimitCounter
from app.db.scoping import SYSTEM, scoped
from app.extensions import db

ROW = {"key": "house", "count": 1, "expires_at": datetime(2004, 5, 24, 14, tzinfo=UTC)}


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_another_test_committed_is_gone(db_session: Any, turn: str) -> None:
    count = select(func.count()).select_from(LimitCounter)
    assert db_session.scalar(count) == 0, turn
    db_session.execute(insert(LimitCounter).values(ROW))
    db_session.commit()
    assert db_session.scalar(count) == 1


def test_the_database_holds_every_table_and_no_others(app: Flask) -> None:
    # Whatever the test before did as somebody: what there is at all is asked as nobody.
    with app.app_context(), scoped(SYSTEM):
        there = set(inspect(db.engine).get_table_names())
    assert there == set(db.metadata.tables) | {"alembic_version"}


def test_the_application_is_told_that_it_is_tested(app: Flask, database_url: str) -> None:
    settings = app.config["ENLACE"]
    assert (settings.environment, settings.database_url) == ("test", database_url)


def test_on_postgresql_it_is_no_superuser(db_session: Any, database_url: str) -> None:
    if not database_url.startswith("postgresql"):
        pytest.skip("SQLite has no roles")
    assert db_session.execute(text("SELECT session_user, current_user")).one() == (
        "enlace_web",
        "enlace_owner",
    )
    assert db_session.scalar(text("SELECT current_setting('is_superuser')")) == "off"


def test_rows_that_the_migrations_ship_come_back(database: Any, app: Flask) -> None:
    """The name of the newest migration is such a row."""
    with app.app_context():
        db.engine.dispose()
    database.renew()
    engine = create_engine(database.owner_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1
    engine.dispose()
