"""Does a job run beside the pages, and can it neither be lost nor do harm?"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from huey import PostgresHuey, SqliteHuey
from huey.registry import Message
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app import create_app
from app.audit.commit import committed
from app.db import installation
from app.db.transactions import transaction
from app.jobs import registry, running
from app.jobs.binding import EXTENSION, Jobs, jobs_of_app
from app.jobs.messages import JsonSerializer
from app.jobs.queue import NoQueue, make_ready, open_queue
from app.jobs.registry import Job, Times
from app.jobs.wake import DELIVERY, wake_outbox
from app.outbox import post
from app.outbox.models import OutboxMessage
from tests.outbox.people import add, person
from tests.support.patience import SECONDS, wait_until
from tests.support.world import let_go, settings

ROOT = Path(__file__).resolve().parents[2]


class TestQueue:
    def test_without_an_address_it_is_a_private_file_beside_the_data(self, tmp_path: Path) -> None:
        huey = open_queue("", tmp_path / "instance")
        assert isinstance(huey, SqliteHuey)
        path = tmp_path / "instance" / "queue.db"
        assert path.stat().st_mode & 0o077 == 0

    def test_it_uses_a_journal_that_the_library_can_be_trusted_with(self, tmp_path: Path) -> None:
        from app.db import sqlite

        huey = open_queue("", tmp_path)
        ((mode,),) = huey.storage.sql("pragma journal_mode", results=True)
        assert mode.upper() == sqlite.journal_mode()

    def test_postgresql_is_not_asked_before_the_first_job(self, tmp_path: Path) -> None:
        huey = open_queue("postgresql://nobody@127.0.0.1:1/none", tmp_path)
        assert isinstance(huey, PostgresHuey)

    @pytest.mark.parametrize("url", ["redis://localhost", "amqp://localhost", "mysql://x"])
    def test_another_queue_is_refused_with_its_reason(self, url: str, tmp_path: Path) -> None:
        with pytest.raises(NoQueue, match="ENLACE_QUEUE_URL"):
            open_queue(url, tmp_path)

    def test_a_job_goes_through_it_and_back(self, database: Any, tmp_path: Path) -> None:
        url = database.owner_url if database.url.startswith("postgresql") else ""
        huey = open_queue(url, tmp_path)
        make_ready(huey)
        task = huey.task(name="something")(lambda **_: None)
        task(number=3)
        assert huey.pending_count() == 1
        taken = huey.dequeue()
        assert (taken.kwargs, huey.pending_count()) == ({"number": 3}, 0)
        huey.storage.close()


class TestMessages:
    def test_a_message_is_json(self) -> None:
        message = Message("id", "name", None, 0, 0, None, (), {"message": "m1"})
        written = JsonSerializer().serialize(message)
        assert written.startswith(b"{")
        assert JsonSerializer().deserialize(written).kwargs == {"message": "m1"}

    def test_what_would_run_when_it_is_read_is_not_read(self) -> None:
        with pytest.raises(ValueError, match=r".*"):
            JsonSerializer().deserialize(pickle.dumps(print))

    def test_only_plain_things_are_written(self) -> None:
        with pytest.raises(TypeError):
            JsonSerializer().serialize(Message("id", "name", kwargs={"x": object()}))


class TestRunning:
    def run(self, app: Any, act: Any) -> None:
        running.run(app, Job("probe", act, None), {})

    def test_a_job_is_tried_again_while_the_database_is_busy(
        self, app: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(running, "PAUSE", 0)
        tries: list[int] = []

        def act() -> None:
            tries.append(1)
            if len(tries) < running.TRIES:
                raise OperationalError("", None, Exception("database is locked"))

        self.run(app, act)
        assert len(tries) == running.TRIES

    def test_a_database_that_stays_away_ends_the_job_and_not_the_program(
        self, app: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(running, "PAUSE", 0)
        tries: list[int] = []

        def act() -> None:
            tries.append(1)
            raise OperationalError("", None, Exception("database is locked"))

        self.run(app, act)
        assert len(tries) == running.TRIES

    def test_any_other_fault_ends_the_job_at_once_and_is_logged_without_its_words(
        self, app: Any
    ) -> None:
        from structlog.testing import capture_logs

        def act() -> None:
            raise ValueError("canary-9921")

        with capture_logs() as lines:
            self.run(app, act)
        (line,) = [line for line in lines if line["event"] == "job_failed"]
        assert line["fault"] == "ValueError"
        assert "canary" not in str(lines)

    def test_a_job_does_not_run_on_a_database_meant_for_something_else(self, app: Any) -> None:
        with app.app_context(), transaction(writing=True) as session:
            installation.describe(session, installation.DEMONSTRATION)
        app.extensions.pop(installation._KNOWN, None)
        ran: list[int] = []
        self.run(app, lambda: ran.append(1))
        assert ran == []
        app.extensions.pop(installation._KNOWN, None)


class TestWaking:
    def test_a_commit_that_promised_mail_asks_for_delivery(self, app: Any) -> None:
        with app.app_context():
            huey = jobs_of_app().huey
            huey.flush()
            with committed():
                post.to_person("nobody", "x")
            names = [task.name for task in huey.pending()]
            with committed():
                pass
            assert (names, huey.pending_count()) == ([DELIVERY], 1)
            huey.flush()

    def test_a_queue_that_is_away_does_not_undo_what_was_committed(
        self, app: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: Any, **__: Any) -> None:
            raise OSError

        with app.app_context():
            monkeypatch.setattr(jobs_of_app(), "ask_for", fail)
            with committed():
                post.to_person("nobody", "x")
            wake_outbox()
            with transaction(writing=False) as session:
                assert session.execute(select(OutboxMessage.id)).all()


def test_every_job_of_the_source_is_known_to_the_application(tmp_path: Path) -> None:
    import ast

    create_app(settings(f"sqlite:///{tmp_path / 'x.db'}", tmp_path))
    named = set()
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            for decorator in getattr(node, "decorator_list", ()):
                if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "job":
                    named.add(node.name)
    assert named == {job.act.__name__ for job in registry.jobs()}


def test_jobs_that_come_round_do_so_when_they_say(app: Any, tmp_path: Path) -> None:
    from datetime import datetime

    huey = open_queue("", tmp_path)
    seldom = Job("seldom", lambda: None, Times(minute="10", hour="9"))
    before = registry._jobs.copy()
    registry._jobs["seldom"] = seldom
    kept = app.extensions[EXTENSION]
    try:
        Jobs(app, huey)
    finally:
        registry._jobs.clear()
        registry._jobs.update(before)
        app.extensions[EXTENSION] = kept
    due = {task.name for task in huey.read_periodic(datetime(2026, 5, 1, 9, 10))}
    later = {task.name for task in huey.read_periodic(datetime(2026, 5, 1, 9, 11))}
    assert "seldom" in due - later
    assert DELIVERY in later


def test_the_program_for_jobs_delivers_what_a_page_promised(
    app: Any, database: Any, tmp_path: Path
) -> None:
    """For real: another process, told through the queue, and stopped as the supervisor stops it."""
    environment = {
        **os.environ, "ENLACE_ENV": "test", "ENLACE_INSTANCE": str(tmp_path),
        "ENLACE_DATABASE_URL": database.url, "ENLACE_BASE_URL": "http://localhost",
    }  # fmt: skip
    page = create_app(settings(database.url, tmp_path))
    with page.app_context():
        add(person("ana"))
        with committed():
            post.to_person("ana", "password-changed")
    consumer = subprocess.Popen(
        [sys.executable, "-m", "huey.bin.huey_consumer", "--quiet", "--no-periodic",
         "--max-delay", "0.2", "app.cli.worker.huey"],
        cwd=ROOT, env=environment,
    )  # fmt: skip
    try:
        wait_until(lambda: states_in(page) == ["sent"], "the letter is sent")
    finally:
        consumer.send_signal(signal.SIGINT)
        assert consumer.wait(SECONDS) == 0
        let_go(page)


def states_in(app: Any) -> list[str]:
    with app.app_context(), transaction(writing=False) as session:
        return list(session.execute(select(OutboxMessage.state)).scalars())
