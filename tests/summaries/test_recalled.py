"""Does what was taken back from a sponsor stay taken back, whatever its connection tries?"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.db.scoping import Scope, Wall, scoped
from app.extensions import db
from app.summaries.groups import sending
from tests.calls.settled import Settled
from tests.summaries.grouped import Grouped, grouped


@pytest.fixture
def case(settled: Settled, stored: Any) -> Grouped:
    return grouped(settled, stored).agreed().send()


@pytest.mark.parametrize("values", ["state = 'sent'", "state = 'interested', reason = 'Yes'"])
def test_its_sending_cannot_be_brought_back(case: Grouped, app: Flask, values: str) -> None:
    routing_id = case.routing_id()
    case.stored(lambda: sending.end(case.st, case.opened(), reason="Mistake"))
    stood = case.stored(lambda: db.session.scalar(
        text("SELECT state || reason FROM routing WHERE id = :id"), {"id": routing_id}))  # fmt: skip
    assert stood.startswith("recalled")
    sponsor = case.sponsor
    wall = Scope(Wall.SPONSOR, sponsor.organisation_id, "sponsor", sponsor.person_id)
    with app.app_context(), scoped(wall, writing=True):
        if db.engine.dialect.name == "postgresql":
            assert db.session.scalar(text("SELECT count(*) FROM released_summary")) == 0
        with suppress(DatabaseError):
            db.session.execute(
                text(f"UPDATE routing SET {values} WHERE id = :id"), {"id": routing_id}
            )
            db.session.commit()
        db.session.remove()
    assert case.stored(lambda: db.session.scalar(
        text("SELECT state || reason FROM routing WHERE id = :id"), {"id": routing_id})) == stood  # fmt: skip
