"""Can acts that hold the same needs, invitation and call wait for each other in a circle?

PostgreSQL would find the circle and end one of them in the middle of its act. So the first is stopped after
each thing that it holds, until the second has come as far as it can.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count, permutations
from typing import Any

import psycopg
import pytest
from sqlalchemy import event

from app import clock
from app.calls import following
from app.calls.models import Call
from app.db.base import new_id
from app.db.transactions import transaction
from app.extensions import db
from app.intake.models import Dossier
from app.intake.sheets import jobs, queries
from tests.access.matrix import Matrix
from tests.access.world import demonstration as demonstration
from tests.intake.sheets.filling import BASE, Form, Sender
from tests.intake.writing import Writer
from tests.support import postgres
from tests.support.patience import SECONDS, wait_until

Act = Callable[[], None]
FIRST, SECOND = "first", "second"
HOLDING = re.compile(r"FOR (NO KEY )?UPDATE|UPDATE (call|call_invitation|dossier|draft) ")
WAITING = (
    "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


class Ways:
    """What the delegation and the Secretariat do about two drafts of one call, each drawn beforehand."""

    def __init__(self, matrix: Matrix, watching: psycopg.Connection) -> None:
        self.matrix, self.watching, self.days = matrix, watching, count(1)
        self.sender, self.focal = Sender(matrix), Sender(matrix, "hn.focal")
        self.secretariat = Sender(matrix, "st.coordinator")
        self.writer = Writer(matrix, "hn.focal")
        self.call = self.sender.call
        with matrix.app.app_context(), transaction(writing=True) as session:
            self.low, self.high = self._two_drafts(session)
        self.writer.need = self.low.id

    def _two_drafts(self, session: Any) -> list[Dossier]:
        """Their references and their places in the table go against their ids.

        What was submitted is withdrawn, or the delegation would not be reminded.
        """
        own = (Dossier.call_id == self.call,
               Dossier.organisation_id == self.sender.who.organisation_id)  # fmt: skip
        session.execute(
            db.update(Dossier).where(*own, Dossier.is_submitted).values(state="withdrawn")
        )
        drafts = db.select(Dossier).where(*own, Dossier.state == "draft")
        low, high = session.scalars(drafts.order_by(Dossier.id).limit(2)).all()
        references = sorted([low.reference, high.reference])
        for dossier, reference in ((low, "A"), (high, references[0]), (low, references[1])):
            dossier.reference = reference
            session.flush()
        session.expunge_all()
        return [low, high]

    def begin(self) -> Act:
        return lambda: self._sent(self.sender, "/needs", call=self.call)

    def begin_again(self) -> Act:
        chosen = [self.high.id, self.low.id]
        return lambda: self._sent(
            self.sender, "/needs/beginning", **{"for_call": self.call, "from": chosen}
        )

    def bring_in(self) -> Act:
        """A workbook that changes both drafts and makes one."""
        form = Form(self.sender.form("drafts"))
        for row in range(1, 4):
            form.put("title", f"Del libro, {new_id()}", row=row)
        upload = self.sender.checked(form.body())
        assert self.sender.ask("POST", f"{BASE}/{upload.id}", leave_out="yes").status == 303

        def work() -> None:
            with self.matrix.app.app_context():
                jobs.work_on(upload.id)

        return work

    def save(self) -> Act:
        fields = self.writer.fields("essentials") | {"title": f"A mano, {new_id()}"}
        return lambda: self._sent(self.focal, self.writer.page("essentials"), **fields)

    def remind(self) -> Act:
        return lambda: self._sent(self.secretariat, f"/calls/{self.call}/reminders")

    def permit(self) -> Act:
        with self.matrix.app.app_context(), transaction(writing=False) as session:
            closes_at = session.get_one(Call, self.call).closes_at
        until = max(closes_at, clock.now()) + timedelta(days=next(self.days))
        return lambda: self._sent(
            self.secretariat, f"/calls/{self.call}/late-permission", reason="Se pidió.",
            country=self.sender.who.organisation_id, until_day=f"{until:%d/%m/%Y}", until_hour="18:00",
        )  # fmt: skip

    def _sent(self, sender: Sender, path: str, **fields: Any) -> None:
        assert sender.ask("POST", path, **fields).status < 500, path

    def at_once(self, one: Act, other: Act) -> list[str]:
        """What the database refused while one act was stopped after each thing that it holds."""
        came = {FIRST: threading.Event(), SECOND: threading.Event()}

        def run(name: str, act: Act) -> None:
            try:
                act()
            finally:
                came[name].set()

        acts = {FIRST: one, SECOND: other}
        threads = [threading.Thread(target=run, args=each, name=each[0]) for each in acts.items()]
        with self._stopping(came) as refused:
            for thread in threads:
                thread.start()
                came[FIRST].wait(SECONDS)  # holds something, or is done
            for thread in threads:
                thread.join(SECONDS)
        return refused

    def _somebody_waits(self) -> bool:
        with self.watching.cursor() as asking:
            return asking.execute(WAITING).fetchone() is not None

    @contextmanager
    def _stopping(self, came: dict[str, threading.Event]) -> Iterator[list[str]]:
        refused: list[str] = []

        def stop(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            if threading.current_thread().name == FIRST and HOLDING.search(statement):
                came[FIRST].set()
                wait_until(lambda: came[SECOND].is_set() or self._somebody_waits(),
                           "the second is done, or waits for the first")  # fmt: skip

        def note(context: Any) -> None:
            refused.append(f"{type(context.original_exception).__name__}: {context.statement}")

        with self.matrix.app.app_context():
            engine = db.engine
        event.listen(engine, "after_cursor_execute", stop)
        event.listen(engine, "handle_error", note)
        try:
            yield refused
        finally:
            event.remove(engine, "after_cursor_execute", stop)
            event.remove(engine, "handle_error", note)


@pytest.fixture
def ways(
    demonstration: Matrix, database: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Ways]:  # fmt: skip
    if database.is_a_file:
        pytest.skip("SQLite has one writer at a time")
    monkeypatch.setattr(following, "PAUSE", timedelta())  # or the second reminder would do nothing
    with postgres.server().connect(database.name) as watching:
        yield Ways(demonstration, watching)


def test_no_two_acts_wait_for_each_other_in_a_circle(ways: Ways) -> None:
    acts = [ways.begin, ways.begin_again, ways.bring_in, ways.save, ways.remind, ways.permit]
    for one, other in permutations(acts, 2):
        assert_no_circle(ways, one, other)


def test_nor_does_a_workbook_that_holds_its_drafts_in_several_turns(
    ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "AT_ONCE", 1)
    for other in (ways.begin_again, ways.save):
        assert_no_circle(ways, ways.bring_in, other)
        assert_no_circle(ways, other, ways.bring_in)


def assert_no_circle(ways: Ways, one: Callable[[], Act], other: Callable[[], Act]) -> None:
    refused = ways.at_once(one(), other())
    assert refused == [], f"{one.__name__}, then {other.__name__}: {refused}"
