"""Does a copy stay without what was reserved after it was made, until the sender releases anew?"""

from __future__ import annotations

from datetime import datetime, timedelta

from app import clock
from app.cases.reservations import kept
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from tests.cases.exchanges.desk import Desk
from tests.cases.exchanges.stating import end, reserve

SV, GT = ("sv", "prosecution"), ("gt", "prosecution")
SUMMARY = "RESUMEN-RESTRINGIDO"


def sent(desk: Desk, **more: object) -> tuple[str, str]:
    """A case that reached a unit which reads all of it: its id, and its address there."""
    case_id = desk.begin("hn.prosecutor", [SV], **more)
    desk.release("hn.prosecutor", case_id)
    at = desk.received("sv.prosecutor")
    assert reads(desk, at)
    return case_id, at


def reads(desk: Desk, at: str, key: str = "sv.prosecutor") -> bool:
    return SUMMARY in desk.be(key).get(at).html


def test_what_is_withdrawn_shows_nothing_before_a_new_release(desk: Desk) -> None:
    case_id, at = sent(desk)
    rule = reserve(desk, "hn", ["key:summary"])
    assert not reads(desk, at)
    end(desk, rule)
    assert not reads(desk, at)
    desk.release_again("hn.prosecutor", case_id)
    assert reads(desk, at)


def test_a_milder_version_shows_nothing_before_a_new_release(desk: Desk) -> None:
    case_id, at = sent(desk)
    first = reserve(desk, "hn", ["key:summary"])
    end(desk, first, "replaced")
    reserve(desk, "hn", ["key:summary"], counterparts=["GT"])
    assert not reads(desk, at)
    desk.release_again("hn.prosecutor", case_id)
    assert reads(desk, at)


def test_the_end_of_its_days_shows_nothing_before_a_new_release(desk: Desk) -> None:
    case_id, at = sent(desk)
    reserve(desk, "sv", ["key:summary"], direction="receive", valid_to=desk.today())
    assert not reads(desk, at)
    desk.be_later(timedelta(days=3))
    assert not reads(desk, at)
    desk.release_again("hn.prosecutor", case_id)
    assert reads(desk, at)


def test_a_list_shows_no_more_than_the_page(desk: Desk) -> None:
    _case_id, _at = sent(desk, reply_by="2004-06-21")
    listed = desk.be("sv.prosecutor").get("/received/cases").html
    assert "21 jun" in listed
    end(desk, reserve(desk, "hn", ["key:reply_by"]))
    listed = desk.be("sv.prosecutor").get("/received/cases").html
    assert "21 jun" not in listed


def test_what_is_read_no_more_is_not_passed_on(desk: Desk) -> None:
    _case_id, at = sent(desk)
    end(desk, reserve(desk, "hn", ["key:summary"]))
    passed = desk.be("sv.prosecutor").send(f"{at}/forwarding", unit=desk.unit(*GT))
    assert passed.status == 303, passed.words
    desk.follow()
    assert not reads(desk, desk.received("gt.prosecutor"), "gt.prosecutor")


def test_what_never_held_since_the_copy_was_made_is_not_obeyed(desk: Desk) -> None:
    def obeyed(moment: datetime) -> set[str]:
        with desk.app.app_context(), scoped(SYSTEM), transaction(writing=False):
            return {rule.id for rule in kept.rules_since(["HN"], moment)}

    before, today = obeyed(clock.now()), desk.today()
    ended = reserve(desk, "hn", ["key:summary"])
    end(desk, ended)
    made = clock.now()
    later = reserve(desk, "hn", ["key:summary"], valid_from=today + timedelta(days=5))
    put_off = reserve(desk, "hn", ["key:summary"], valid_from=today + timedelta(days=5))
    end(desk, put_off)
    over = reserve(desk, "hn", ["key:summary"], valid_to=today - timedelta(days=1))
    assert obeyed(made) == before
    desk.be_later(timedelta(days=6))
    assert obeyed(made) == before | {later}
    assert not {ended, put_off, over} & obeyed(made)
