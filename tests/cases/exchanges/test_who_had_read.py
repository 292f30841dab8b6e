"""Does a legal adviser learn of every unit that had read what a rule concerns, whatever else was read since?"""

from __future__ import annotations

from typing import Any

import pytest

from app.cases.exchanges import reserved
from app.cases.exchanges.models import Exchange
from app.cases.reservations.models import ReservationRule
from app.cli.demo.people import first_seat_of
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from app.extensions import db
from tests.cases.exchanges.desk import Desk

SV, GT = ("sv", "prosecution"), ("gt", "prosecution")


def readers(desk: Desk, **says: Any) -> list[str]:
    """The references that are named for a rule of Honduras."""
    rule = ReservationRule(**{
        "direction": "send", "data": ["key:summary"], "counterparts": [], "purposes": [],
        "effect": "deny", "mask": None, "discloses": True, **says,
    })  # fmt: skip
    with desk.app.test_request_context(), scoped(SYSTEM), transaction(writing=False):
        return [each.reference for each in reserved.readers(first_seat_of("hn.legal"), rule)]


def reference(desk: Desk, case_id: str) -> str:
    with desk.app.app_context(), scoped(SYSTEM), transaction(writing=False) as session:
        return session.scalars(db.select(Exchange.reference).where(Exchange.id == case_id)).one()


def test_what_a_rule_does_not_concern_takes_no_place(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(to: tuple[str, str], **more: Any) -> str:
        case_id = desk.begin("hn.prosecutor", [to], **more)
        desk.release("hn.prosecutor", case_id)
        who = f"{to[0]}.prosecutor"
        desk.be(who).get(desk.received(who))
        return reference(desk, case_id)

    first = read(SV, purpose="INVESTIGATION", tlp="AMBER")
    later = read(GT)
    monkeypatch.setattr(reserved, "MOST", 1)
    assert readers(desk) == [later]
    assert readers(desk, purposes=["INVESTIGATION"]) == [first]
    assert readers(desk, counterparts=["SV"]) == [first]
    assert readers(desk, data=["tlp:AMBER"]) == [first]
    assert readers(desk, purposes=["CONSULAR"]) == []
    for way in ("receive", "onward", "aggregate"):
        assert readers(desk, direction=way) == [], way
    passed = desk.be("gt.prosecutor")
    at = desk.received("gt.prosecutor")
    assert passed.send(f"{at}/forwarding", unit=desk.unit("sv", "child_protection")).status == 303
    desk.follow()
    desk.be("sv.child").get(desk.received("sv.child"))
    assert readers(desk, direction="onward") == [later]
