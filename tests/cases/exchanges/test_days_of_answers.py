"""Does a day that may not be told take the place of one that may, on the desk of a unit?"""

from __future__ import annotations

import pytest

from app.desk import cases
from tests.cases.exchanges.desk import Desk
from tests.cases.exchanges.stating import reserve

SV = ("sv", "prosecution")
TOLD = "31 de julio"


def test_hidden_days_push_no_told_one_off_the_desk(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "ASKED", 1)
    monkeypatch.setattr(cases, "AT_ONCE", 1)
    reserve(desk, "hn", ["key:reply_by"], discloses=False)
    for sender, day in (
        ("hn.prosecutor", "2004-06-10"),
        ("hn.prosecutor", "2004-06-11"),
        ("gt.prosecutor", "2004-07-31"),
    ):
        desk.release(sender, desk.begin(sender, [SV], reply_by=day))
        desk.be("sv.prosecutor").get(desk.received("sv.prosecutor"))
    seen = desk.be("sv.prosecutor").get("/").words
    assert TOLD in seen
    assert "10 de junio" not in seen
    reserve(desk, "gt", ["key:reply_by"])
    assert TOLD not in desk.be("sv.prosecutor").get("/").words
