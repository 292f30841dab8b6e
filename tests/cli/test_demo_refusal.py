"""Is a database in which somebody works left alone by the demonstration?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.accounts.models import Person
from app.cli.demo import seed as seeding
from app.cli.demo.seed import HoldsSomethingElse, seed
from app.db.base import new_id
from app.db.transactions import transaction


def test_a_database_that_holds_somebody_else_is_left_alone(app, monkeypatch):
    monkeypatch.setattr(seeding, "seed_people", lambda: pytest.fail("it began to write"))
    with app.app_context():
        with transaction(writing=True) as session:
            session.add(
                Person(
                    id=new_id(), name="Somebody real", email="somebody@example.org", password=None,
                    fs_uniquifier=new_id(), created_at=datetime.now(UTC),
                )
            )  # fmt: skip
        with pytest.raises(HoldsSomethingElse):
            seed()
        with transaction(writing=False) as session:
            assert session.scalars(select(Person.name)).all() == ["Somebody real"]
