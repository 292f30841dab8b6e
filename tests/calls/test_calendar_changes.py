"""Does a calendar take what became of a deadline for the newer event, and show it to nobody else?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from flask_babel import force_locale

from app import clock
from app.calls import actions
from app.calls.feeds import Follower, closes
from app.calls.following import allow_late, revoke_late
from app.calls.icalendar import write
from app.calls.models import Call
from app.calls.views.calendar import event_of
from app.extensions import db
from tests.calls.settled import MORNING, Settled, terms

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Following:
    """Whose calendar is read after each act of the Secretariat, an hour apart."""

    settled: Settled
    hours: Iterator[int] = field(default_factory=lambda: count(1))

    def after(self, act: Callable[[], Any]) -> dict[str, dict[str, str]]:
        """The one event of each delegation's calendar, by its properties."""
        with clock.stopped_at(MORNING + next(self.hours) * HOUR):
            act()
            db.session.flush()
            db.session.expire_all()
            return {key: self._event(key) for key in ("hn", "sv", "st")}

    def _event(self, key: str) -> dict[str, str]:
        actor = self.settled[key]
        who = Follower(actor.person_id, actor.organisation_id, actor.organisation_kind, "en")
        with force_locale("en"):
            deadlines = [event_of(close) for close in closes(who, clock.now())]
        (event,) = events(write("Deadlines", "enlace.example", deadlines, clock.now()))
        return event


def events(calendar: bytes) -> list[dict[str, str]]:
    """The events of a calendar: unfolded, and read by the grammar of RFC 5545, 3.1."""
    assert all(len(line) <= 75 for line in calendar.split(b"\r\n"))
    lines = calendar.replace(b"\r\n ", b"").decode().split("\r\n")
    found: list[dict[str, str]] = []
    for line in lines[: lines.index("END:VCALENDAR")]:
        name, value = re.fullmatch(r"([A-Z-]+)(?:;[^:]*)?:(.*)", line).groups()  # type: ignore[union-attr]
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line != "END:VEVENT":
            assert name not in found[-1], "a property that may stand once"
            found[-1][name] = value
    return found


@pytest.fixture
def call(settled: Settled) -> Call:
    """Announced to Honduras and El Salvador."""
    call = actions.create(settled["st"], terms(settled))
    actions.schedule(settled["st"], call, revision=1)
    return call


def newer(before: dict[str, str], after: dict[str, str]) -> bool:
    """Whether a calendar takes the later event for the earlier one, and is sure that it is newer."""
    assert before["UID"] == after["UID"]
    rises = [int(after["SEQUENCE"]) > int(before["SEQUENCE"]),
             after["LAST-MODIFIED"] > before["LAST-MODIFIED"]]  # fmt: skip
    assert len(set(rises)) == 1, "both rise or neither"
    return rises[0]


def test_an_extension_is_a_newer_event_for_everybody(settled: Settled, call: Call) -> None:
    following, st = Following(settled), settled["st"]
    opened = following.after(lambda: actions.open_now(st, call, revision=call.revision))
    extended = following.after(
        lambda: actions.extend(st, call, closes_at=MORNING + 9 * DAY, reason="Se pidió.",
                               revision=call.revision)
    )  # fmt: skip
    for key in opened:
        assert newer(opened[key], extended[key])
        assert opened[key]["DTSTART"] == "20040529T140000Z"
        assert extended[key]["DTSTART"] == "20040602T140000Z"
        assert extended[key]["STATUS"] == "CONFIRMED"


def test_late_permission_is_a_newer_event_for_its_delegation_and_leaves_no_trace_for_others(
    settled: Settled, call: Call
) -> None:
    following, st = Following(settled), settled["st"]
    opened = following.after(lambda: actions.open_now(st, call, revision=call.revision))

    def permit(days: int) -> Callable[[], Any]:
        until = MORNING + days * DAY
        return lambda: allow_late(st, call, organisation_id=settled.id("hn"), until=until,
                                  reason="Se pidió.")  # fmt: skip

    permitted, longer = following.after(permit(7)), following.after(permit(8))
    assert newer(opened["hn"], permitted["hn"])
    assert newer(permitted["hn"], longer["hn"])
    assert "late permission" in permitted["hn"]["SUMMARY"]
    assert longer["hn"]["DTSTART"] == "20040601T140000Z"
    revoked = following.after(
        lambda: revoke_late(st, call, organisation_id=settled.id("hn"), reason="x", revision=2)
    )
    assert newer(longer["hn"], revoked["hn"])
    assert revoked["hn"]["DTSTART"] == opened["hn"]["DTSTART"]
    assert revoked["hn"]["SUMMARY"] == opened["hn"]["SUMMARY"]
    again = following.after(permit(8))
    assert newer(revoked["hn"], again["hn"])
    for key in ("sv", "st"):
        shown = [{**each[key], "DTSTAMP": ""} for each in (permitted, longer, revoked, again)]
        assert all(each == {**opened[key], "DTSTAMP": ""} for each in shown)
    extended = following.after(
        lambda: actions.extend(st, call, closes_at=MORNING + 20 * DAY, reason="Se pidió.",
                               revision=call.revision)
    )  # fmt: skip
    assert newer(again["hn"], extended["hn"])
    assert extended["hn"]["DTSTART"] == extended["sv"]["DTSTART"] == "20040613T140000Z"
    assert "late permission" not in extended["hn"]["SUMMARY"]


def test_late_permission_stays_in_the_calendar_long_after_the_call_has_closed(
    settled: Settled, call: Call
) -> None:
    following, st = Following(settled), settled["st"]
    following.after(lambda: actions.open_now(st, call, revision=call.revision))
    allow_late(st, call, organisation_id=settled.id("hn"), until=MORNING + 200 * DAY, reason="x")
    db.session.flush()
    with clock.stopped_at(MORNING + 150 * DAY):
        assert following._event("hn")["DTSTART"] == "20041210T140000Z"


def test_a_call_that_is_taken_back_is_cancelled_as_it_was_read_until_it_is_announced_again(
    settled: Settled, call: Call
) -> None:
    following, st = Following(settled), settled["st"]
    announced = following.after(lambda: None)
    taken_back = following.after(lambda: actions.unschedule(st, call, revision=call.revision))
    for key in announced:
        assert newer(announced[key], taken_back[key])
        assert taken_back[key]["STATUS"] == "CANCELLED"
        assert taken_back[key]["DTSTART"] == announced[key]["DTSTART"]
    changed = terms(settled, code="SECRET", closes_at=MORNING + 30 * DAY)
    in_preparation = following.after(
        lambda: actions.edit(st, call, terms=changed, revision=call.revision)
    )
    for key in announced:
        assert {**in_preparation[key], "DTSTAMP": ""} == {**taken_back[key], "DTSTAMP": ""}
    again = following.after(lambda: actions.schedule(st, call, revision=call.revision))
    for key in announced:
        assert newer(taken_back[key], again[key])
        assert again[key]["STATUS"] == "CONFIRMED"
        assert again[key]["DTSTART"] == "20040623T140000Z"
