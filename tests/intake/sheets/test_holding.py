"""Are drafts that a workbook changes held in the order in which every page holds them?"""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import event

from app.audit.commit import committed
from app.extensions import db
from app.intake.models import Dossier
from app.intake.sheets import queries
from tests.accounts.house import House
from tests.accounts.standing import cheap_hashes as cheap_hashes
from tests.accounts.standing import house as house
from tests.intake.placing import Stage


def test_records_are_held_in_the_order_of_their_ids(app: Flask, house: House) -> None:
    """As whoever begins drafts from several records holds them: else each could wait for the other."""
    stage = Stage(app, house)
    placed = stage.place("draft")
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "FROM dossier" in statement:
            said.append(" ".join(statement.split()))

    with app.app_context(), committed():
        reference = db.session.get_one(Dossier, placed.need).reference
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            queries.hold_drafts(stage.hn, placed.call, {reference, ""})
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
    assert "ORDER BY dossier.id" in said[-1]
