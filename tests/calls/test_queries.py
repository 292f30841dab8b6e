"""Does each organisation see its calls and no other, and does the clock alone open and close them?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from app import clock
from app.calls import actions, following, queries
from app.calls.models import Call, CallInvitation
from app.db.errors import Missing
from app.extensions import db
from app.web.errors import Refusal
from tests.calls.settled import MORNING, Settled, terms

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
moments = st.datetimes(datetime(2004, 1, 1), datetime(2005, 1, 1)).map(
    lambda naive: naive.replace(tzinfo=MORNING.tzinfo)
)


def made(settled: Settled, code: str, *, opens: int, closes: int, state: str = "open") -> Call:
    """A call that opens and closes so many days from this morning."""
    call = actions.create(
        settled["st"],
        terms(settled, code=code, opens_at=MORNING + opens * DAY, closes_at=MORNING + closes * DAY),
    )
    call.state = state
    db.session.flush()
    return call


@given(opens=moments, lasts=st.integers(1, 10**7), at=moments, state=st.sampled_from(
    ["draft", "scheduled", "open", "closed"]))  # fmt: skip
def test_the_clock_moves_a_call_forward_and_never_back(
    opens: datetime, lasts: int, at: datetime, state: str
) -> None:
    closes = opens + timedelta(seconds=lasts)
    if state == "open":
        at = max(at, opens)  # opening by hand moves the opening to that instant
    call = Call(state=state, opens_at=opens, closes_at=closes)
    expected = {
        "draft": "draft",
        "closed": "closed",
        "open": "closed" if at > closes else "open",
        "scheduled": "scheduled" if at < opens else "closed" if at > closes else "open",
    }
    assert queries.state_now(call, at) == expected[state]
    order = ["draft", "scheduled", "open", "closed"]
    later = queries.state_now(call, at + timedelta(days=1))
    assert order.index(later) >= order.index(queries.state_now(call, at))


@given(opens=moments, lasts=st.integers(1, 10**7), at=moments, late=st.none() | moments,
       state=st.sampled_from(["draft", "scheduled", "open", "closed"]))  # fmt: skip
def test_submitting_ends_with_the_close_or_with_late_permission_and_never_before_the_opening(
    opens: datetime, lasts: int, at: datetime, late: datetime | None, state: str
) -> None:
    closes = opens + timedelta(seconds=lasts)
    call = Call(state=state, opens_at=opens, closes_at=closes)
    invitation = CallInvitation(late_until=late)
    may = queries.may_submit(call, invitation, at)
    assert not queries.may_submit(call, None, at)
    if may:
        assert at <= queries.submission_closes_at(call, invitation)
        assert state != "draft"
    if state == "scheduled" and at < opens:
        assert not may
    if state in ("scheduled", "open") and opens <= at <= closes:
        assert may
    if state == "closed":
        assert may == (late is not None and at <= late)


def test_a_draft_exists_for_the_secretariat_alone(settled: Settled) -> None:
    call = made(settled, "2004", opens=1, closes=2, state="draft")
    assert queries.get(settled["st"], call.id) is call
    for key in ("hn", "ca", "ppt", "ar", "op", "ca-sponsor"):
        with pytest.raises(Missing):
            queries.get(settled[key], call.id)


def test_an_announced_call_exists_for_the_invited_and_a_foreign_one_is_like_none(
    settled: Settled,
) -> None:
    call = made(settled, "2004", opens=1, closes=2, state="scheduled")
    assert queries.get(settled["hn"], call.id) is call
    with pytest.raises(Missing) as foreign:
        queries.get(settled["ca"], call.id)
    with pytest.raises(Missing) as missing:
        queries.get(settled["ca"], "nothing")
    assert type(foreign.value) is type(missing.value)


def test_open_for_holds_what_may_be_answered_now_the_first_to_close_first(
    settled: Settled,
) -> None:
    later = made(settled, "A", opens=-2, closes=5)
    sooner = made(settled, "B", opens=-2, closes=3, state="scheduled")
    made(settled, "C", opens=1, closes=9, state="scheduled")
    made(settled, "D", opens=-9, closes=-1)
    made(settled, "E", opens=-9, closes=9, state="draft")
    late = made(settled, "F", opens=-9, closes=-2, state="closed")
    following.allow_late(settled["st"], late, organisation_id=settled.id("hn"),
                         until=MORNING + DAY, reason="x")  # fmt: skip
    assert queries.open_for(settled["hn"]) == [late, sooner, later]
    assert queries.open_for(settled["sv"]) == [sooner, later]
    assert queries.open_for(settled["ca"]) == []
    assert queries.open_for(settled["st"]) == [sooner, later]
    for call in queries.open_for(settled["hn"]):
        assert queries.get_open(settled["hn"], call.id) is call


def test_open_for_and_state_now_agree_at_the_very_edges(settled: Settled) -> None:
    call = made(settled, "A", opens=-1, closes=1, state="scheduled")
    edges = (call.opens_at, call.closes_at)
    for at in (edge + step for edge in edges for step in (-SECOND, timedelta(), SECOND)):
        with clock.stopped_at(at):
            is_open = queries.state_now(call, at) == "open"
            assert (queries.open_for(settled["hn"]) == [call]) is is_open


@pytest.mark.parametrize(
    ("opens", "closes", "state", "words"),
    [(1, 2, "scheduled", queries.NOT_YET), (-2, -1, "open", queries.CLOSED)],
)
def test_a_call_that_is_not_open_refuses_with_the_reason(
    settled: Settled, opens: int, closes: int, state: str, words: str
) -> None:
    call = made(settled, "A", opens=opens, closes=closes, state=state)
    with pytest.raises(Refusal) as refused:
        queries.get_open(settled["hn"], call.id)
    assert (refused.value.status, refused.value.message) == (409, words)


def test_late_permission_opens_a_closed_call_for_one_delegation_until_its_instant(
    settled: Settled,
) -> None:
    call = made(settled, "A", opens=-3, closes=-1)
    following.allow_late(settled["st"], call, organisation_id=settled.id("hn"),
                         until=MORNING + DAY, reason="x")  # fmt: skip
    assert queries.get_open(settled["hn"], call.id) is call
    with pytest.raises(Refusal):
        queries.get_open(settled["sv"], call.id)
    with clock.stopped_at(MORNING + DAY + SECOND), pytest.raises(Refusal):
        queries.get_open(settled["hn"], call.id)


def test_a_list_is_paged_without_gaps_or_repetitions_and_asks_as_often_on_every_page(
    settled: Settled,
) -> None:
    made_ones = [made(settled, f"C-{n}", opens=n // 3, closes=99) for n in range(60)]
    seen, mark, counts = [], "", []
    while True:
        with counting() as count:
            page = queries.list_calls(settled["hn"], mark)
        counts.append(len(count))
        seen += page.records
        if not (mark := page.behind):
            break
    assert sorted(call.id for call in seen) == sorted(call.id for call in made_ones)
    assert [call.opens_at for call in seen] == sorted((c.opens_at for c in seen), reverse=True)
    assert len(seen) == len(set(seen))
    assert counts == [1, 1, 1]
    assert queries.list_calls(settled["ca"]).records == []


def test_what_is_no_mark_of_the_list_begins_it_anew(settled: Settled) -> None:
    shown = made(settled, "A", opens=-1, closes=1)
    hidden = made(settled, "B", opens=-1, closes=1, state="draft")
    assert queries.list_calls(settled["hn"], hidden.id).records == [shown]


def test_the_latest_call_is_the_one_that_opened_last(settled: Settled) -> None:
    assert queries.latest(settled["hn"]) is None
    made(settled, "A", opens=-5, closes=-4)
    newest = made(settled, "B", opens=-3, closes=-2)
    made(settled, "C", opens=1, closes=2, state="scheduled")
    assert queries.latest(settled["hn"]) is newest
    assert queries.latest(settled["ca"]) is None


class counting:  # noqa: N801 - read as a word
    """The statements sent to the database within the block."""

    def __enter__(self) -> list[str]:
        self.seen: list[str] = []
        event.listen(db.engine, "before_cursor_execute", self._note)
        return self.seen

    def __exit__(self, *_: Any) -> None:
        event.remove(db.engine, "before_cursor_execute", self._note)

    def _note(self, _c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self.seen.append(statement)
