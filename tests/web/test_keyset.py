"""Is a list read page by page, forth and back, without a gap, and by marks of its own only?"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

import pytest

from app.db.base import new_id
from app.extensions import db
from app.outbox.models import DeliveredMail, OutboxMessage
from app.web.keyset import Page, page_of
from tests.calls.settled import MORNING

IN_ORDERS = [
    (name, ascending) for name in ("instant", "text", "number") for ascending in (False, True)
]


@pytest.fixture
def letters(db_session: Any) -> Any:
    """Sixty letters, three of each instant and of each subject; as many messages with tries."""
    for number in range(60):
        sent = MORNING + timedelta(minutes=number // 3)
        db_session.add(DeliveredMail(id=new_id(), message_id="m", to="a", body="", sent_at=sent,
                                     subject=f"S{number // 3:02}"))  # fmt: skip
        db_session.add(OutboxMessage(id=new_id(), kind="k", recipient="r", params={}, state="sent",
                                     tries=number // 3, due_at=sent, created_at=sent))  # fmt: skip
    db_session.flush()
    return db_session


def read(name: str, mark: str = "", *, ascending: bool = False) -> Page:
    model = OutboxMessage if name == "number" else DeliveredMail
    value = {"instant": DeliveredMail.sent_at, "text": DeliveredMail.subject,
             "number": OutboxMessage.tries}[name]  # fmt: skip
    return page_of(db.select(model), value, model.id, mark, ascending=ascending)


@pytest.mark.parametrize(("name", "ascending"), IN_ORDERS)
def test_forth_and_back_every_row_stands_on_one_page(
    letters: Any, name: str, ascending: bool
) -> None:
    pages = [read(name, ascending=ascending)]
    while pages[-1].behind:
        pages.append(read(name, pages[-1].behind, ascending=ascending))
    places = [(row.sort_value, row.sort_key) for page in pages for row in page.rows]
    assert places == sorted(places, reverse=not ascending)
    assert len(set(places)) == 60
    assert [len(page.rows) for page in pages] == [25, 25, 10]
    back = read(name, pages[2].before, ascending=ascending)
    assert back.rows == pages[1].rows
    first = read(name, back.before, ascending=ascending)
    assert (first.rows, first.before) == (pages[0].rows, "")


def mark(*parts: Any) -> str:
    return urlsafe_b64encode(json.dumps(parts).encode()).decode()


@pytest.mark.parametrize("name", ["instant", "text", "number"])
@pytest.mark.parametrize(
    "nonsense",
    ["x", "é", mark(), mark("a"), mark(None, "a"), mark(True, "a"), mark([], "a"),
     mark("2004", 7), mark(2**31, "a"), mark("a\x00", "a"), mark("a", "'"), mark({}, "a"), mark(1.5, "a")],
)  # fmt: skip
def test_what_is_no_mark_of_the_list_begins_it_anew(letters: Any, name: str, nonsense: str) -> None:
    assert read(name, nonsense).rows == read(name).rows


@pytest.mark.parametrize("instant", ["2004-05-24T00:00:00", "9999-05-24T00:00:00Z", "Tuesday"])
def test_a_mark_of_another_time_begins_it_anew(letters: Any, instant: str) -> None:
    assert read("instant", mark(instant, "a")).rows == read("instant").rows
