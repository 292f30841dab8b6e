"""Is everybody to be told found out before anything is held, whatever happened?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from app.db.transactions import transaction
from app.extensions import db
from app.outbox import deeds, post
from tests.access.matrix import Matrix
from tests.access.things import needs, rows_of
from tests.access.world import demonstration as demonstration
from tests.accounts.giving import make_fresh
from tests.intake.test_readiness import Finished

MOST_QUESTIONS = 7
"""However many needs it is about."""
OF_A_SHEET = {"course-unname": 12}
"""What builds anew what sponsors read of a course asks for more, and as often for every course."""


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of the database while the block runs, by its first words."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(" ".join(statement.split()[:2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def promise_of_courses() -> None:
    """What nobody of the story does yet: a date for a course, funds confirmed, a name taken back, and a
    country's word to a sponsor that asks about a group."""
    course, asked = rows_of("course")[0]["id"], rows_of("country_request")[0]["id"]
    with transaction(writing=True):
        post.to_do("course-funded", course=course)
        post.to_do("course-stepped", course=course, step="schedule")
        post.to_do("course-unname", course=course)
        post.to_do("country-said-step", request=asked)


CARRYING = (
    "case-deliver", "case-recall", "case-forward", "case-bars", "case-erase", "case-follow-up-begun",
)  # fmt: skip
"""Deeds that write in the name of two countries, and not only that somebody is told."""


def promise_of_cases(demonstration: Matrix, finished: Finished) -> None:
    """A case of the demonstration is passed on within El Salvador, recalled by Honduras, and taken over; what
    Guatemala began twice is erased."""
    with demonstration.app.app_context():
        exchange = next(row for row in rows_of("exchange") if row["state"] == "released")
        held = {row["unit_id"] for row in rows_of("membership") if row["role"] == "case_officer"}
        reached = next(row for row in rows_of("addressee")
                       if row["delivered_at"] and row["unit_id"] in held)  # fmt: skip
        gt = next(row for row in rows_of("organisation") if row["key"] == "gt")
        unit = next(row for row in rows_of("unit")
                    if row["organisation_id"] == gt["id"] and row["kind"] == "prosecution")  # fmt: skip
        with transaction(writing=True):
            post.to_do("case-follow-up-begun", addressee=reached["id"])
    forwarded = finished.send("sv.prosecutor", f"/received/cases/{reached['id']}/forwarding",
                              unit=unit["id"])  # fmt: skip
    assert forwarded.status == 303
    closed = finished.send("hn.prosecutor", f"/cases/{exchange['id']}/closing", outcome="ANSWERED",
                           reason="Se respondió todo.")  # fmt: skip
    assert closed.status == 303
    recalled = finished.send(
        "hn.prosecutor", f"/cases/{exchange['id']}/recall", reason="Por error."
    )
    assert recalled.status == 303
    with demonstration.app.app_context():
        proposed = rows_of("case_erasure")[0]["exchange_id"]
        revision = next(row["revision"] for row in rows_of("exchange") if row["id"] == proposed)
    make_fresh(demonstration.app, finished.who("gt.legal").person_id)
    erased = finished.send("gt.legal", f"/cases/{proposed}/erasure/confirmation", revision=revision)
    assert erased.status == 303


def test_looking_writes_nothing_and_writing_asks_nothing(demonstration: Matrix) -> None:
    finished = Finished(demonstration)
    finished.say()  # nobody of the story says so, nor refuses what was filed
    with demonstration.app.app_context():
        filed = next(row["id"] for row in needs() if row["filed_from"])
    refusal = finished.send("hn.focal", f"/needs/{filed}/filing/refusal", reason="No es nuestra.")
    assert refusal.status == 303
    promise_of_cases(demonstration, finished)
    with demonstration.app.app_context():
        promise_of_courses()
        promised = [row for row in rows_of("outbox_message") if row["kind"] in deeds.names()]
        assert {row["kind"] for row in promised} == set(deeds.names()), "each kind is promised here"
        for row in promised:
            with transaction(writing=False) as session:
                session.connection()
                with statements() as looked:
                    write = deeds.look(row["kind"], row["params"])
            with transaction(writing=True) as session:
                session.connection()
                with statements() as wrote:
                    write()
                session.rollback()
            assert {each.split()[0] for each in looked} == {"SELECT"}, row["kind"]
            # What carries a case to another country holds what it changes, and is alone with it.
            if row["kind"] not in CARRYING:
                assert set(wrote) <= {"INSERT INTO"}, row["kind"]
            assert len(looked) <= OF_A_SHEET.get(row["kind"], MOST_QUESTIONS), (row["kind"], looked)
