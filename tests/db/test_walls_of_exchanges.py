"""With guards gone, what may each of two countries write in the row that stands between them?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import insert, update

from app.db.scoping import SYSTEM, scoped
from app.extensions import db
from tests.db.rows import Filling
from tests.db.test_walls import is_refused, postgresql, scope_of, world

__all__ = ["postgresql", "world"]
pytestmark = pytest.mark.usefixtures("postgresql")
NOW = datetime(2004, 5, 24, 15, 0, tzinfo=UTC)
RECEIVED = ("opened", "accepted", "actioned", "rejected")
SENT = ("queued", "recalled", "expired", "undelivered")
NOBODY: list[dict[str, Any]] = [
    {"organisation_id": "hn"}, {"unit_id": "x"}, {"sender_id": "sv"}, {"exchange_id": "x"}, {"via": "GT"},
    {"forwarded_by_id": "between"}, {"delivered_at": NOW}, {"state": "delivered"},
]  # fmt: skip
SENDERS: list[dict[str, Any]] = [
    {"access_until": date(2999, 1, 1)}, {"released": "investigation_notes"}, {"queued_at": NOW},
    {"ended_at": NOW}, {"forwarded_by_id": None, "via": ""}, *({"state": state} for state in SENT),
]  # fmt: skip
RECEIVERS: list[dict[str, Any]] = [
    {"reason": "No es nuestro."}, {"opened_at": NOW}, {"answered_at": NOW},
    *({"state": state} for state in RECEIVED),
]  # fmt: skip


@pytest.fixture
def between(world: dict[str, Filling]) -> dict[str, Filling]:
    """Honduras sent something to El Salvador, where it was opened."""
    row = world["hn"].rows["addressee"] | {
        "id": "between", "organisation_id": world["sv"].organisation_id,
        "unit_id": world["sv"].rows["unit"]["id"], "forwarded_by_id": None, "via": "",
        "state": "opened", "revision": 3,
    }  # fmt: skip
    with scoped(SYSTEM, writing=True), db.engine.begin() as connection:
        connection.execute(insert(db.metadata.tables["addressee"]).values(row))
    return world


def is_kept(world: dict[str, Filling], who: str, values: dict[str, Any]) -> bool:
    """Whether this country cannot write so in the row between the two."""
    chosen = db.metadata.tables["addressee"]
    values = {
        name: world[value].organisation_id if value in ("hn", "sv") else value
        for name, value in values.items()
    }
    statement = update(chosen).where(chosen.c.id == "between").values(values)
    return is_refused(scope_of(world[who], "delegation"), statement)


def put(state: str) -> None:
    chosen = db.metadata.tables["addressee"]
    with scoped(SYSTEM, writing=True), db.engine.begin() as connection:
        connection.execute(update(chosen).where(chosen.c.id == "between").values(state=state))


def test_each_side_writes_its_own_part_and_nobody_the_frame(between: Any) -> None:
    for values in SENDERS:
        assert not is_kept(between, "hn", values), values
        assert is_kept(between, "sv", values), values
    for values in RECEIVERS:
        assert not is_kept(between, "sv", values), values
        assert is_kept(between, "hn", values), values
    for values in NOBODY:
        assert is_kept(between, "hn", values), values
        assert is_kept(between, "sv", values), values


@pytest.mark.parametrize("ended", SENT)
def test_the_receiver_takes_no_step_of_what_is_not_there(between: Any, ended: str) -> None:
    put(ended)
    for state in RECEIVED:
        assert is_kept(between, "sv", {"state": state}), state


def test_a_receipt_is_given_by_its_side_for_the_step_that_was_just_taken(between: Any) -> None:
    receipt = db.metadata.tables["receipt"]

    def is_receipt_refused(who: str, **values: Any) -> bool:
        row = {
            "id": "new", "addressee_id": "between", "number": 3, "state": "opened", "at": NOW,
            "by": between[who].rows["person"]["id"], "by_name": "", "reason": "", **values,
        }  # fmt: skip
        return is_refused(scope_of(between[who], "delegation"), insert(receipt).values(row))

    assert not is_receipt_refused("sv")
    assert is_receipt_refused("hn"), "the sender gives no receipt of the receiver's"
    assert is_receipt_refused("sv", number=4), "nor anybody one of a step that was not taken"
    assert is_receipt_refused("sv", state="accepted")
    assert is_receipt_refused("sv", by=between["hn"].rows["person"]["id"])
    put("recalled")
    assert not is_receipt_refused("hn", state="recalled")
    assert is_receipt_refused("sv", state="recalled")
    assert is_receipt_refused("sv")


def test_the_sender_sends_in_its_own_name_alone(between: Any) -> None:
    chosen, scope = db.metadata.tables["addressee"], scope_of(between["hn"], "delegation")
    row = between["hn"].rows["addressee"] | {
        "id": "more", "organisation_id": between["st"].organisation_id, "state": "queued",
        "unit_id": between["st"].rows["unit"]["id"], "delivered_at": None, "via": "",
        "forwarded_by_id": None,
    }  # fmt: skip
    assert not is_refused(scope, insert(chosen).values(row))
    for values in ({"via": "SV"}, {"forwarded_by_id": "between"}, {"state": "opened"}):
        assert is_refused(scope, insert(chosen).values(row | values)), values
