"""Does the doctor say what is right, and find what is wrong?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import create_engine, delete, text, update

from app import clock
from app.audit.models import AuditHead
from app.cli.doctor import background, content
from app.db.models import Installation
from app.db.transactions import transaction
from app.intake.models import FormatVersion
from app.jobs.binding import jobs_of_app
from app.outbox.models import OutboxMessage
from tests.outbox.people import add
from tests.support.world import let_go, settings

Run = Callable[..., Result]


@pytest.fixture
def healthy(app: Any, run: Run, instance: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A prepared installation with which nothing is wrong."""
    instance.chmod(0o700)
    assert run("prepare").exit_code == 0
    monkeypatch.setattr(content, "ROOT", made_catalogue(instance))
    monkeypatch.setattr(content, "manifest", lambda: {"enlace.css": "enlace.css"})
    return app


def made_catalogue(folder: Path) -> Path:
    path = folder / "translations" / "es" / "LC_MESSAGES" / "messages.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return folder


def wrong(result: Result) -> str:
    return "\n".join(line for line in result.output.splitlines() if line.startswith("✗"))


def test_nothing_is_wrong_with_a_prepared_installation(
    healthy: Any, run: Run, database: Any
) -> None:
    result = run("doctor")
    assert (wrong(result), result.exit_code) == ("", 0)
    kind = "postgresql: row-level security" if "postgresql" in database.url else "sqlite: the file"
    assert f"✓ {kind}" in result.output


def as_owner(database: Any, statement: str) -> None:
    engine = create_engine(database.owner_url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def expect(run: Run, *words: str) -> None:
    result = run("doctor")
    assert result.exit_code == 1
    for word in words:
        assert word in wrong(result), result.output


class TestFindsWhatIsWrong:
    def test_a_folder_that_others_may_read(self, healthy: Any, run: Run, instance: Path) -> None:
        instance.chmod(0o755)
        expect(run, "chmod 700")
        instance.chmod(0o700)

    def test_a_full_disk(self, healthy: Any, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        full = replace(healthy.config["ENLACE"], free_space_megabytes=10**9)
        monkeypatch.setitem(healthy.config, "ENLACE", full)
        expect(run, "MB are free")

    def test_a_clock_behind_the_trail(self, healthy: Any, run: Run) -> None:
        with healthy.app_context(), transaction(writing=True) as session:
            session.execute(update(AuditHead).values(at=clock.now() + timedelta(hours=1)))
        expect(run, "clock: earlier than the last event")

    def test_a_trail_without_its_head(self, healthy: Any, run: Run, database: Any) -> None:
        as_owner(database, "DELETE FROM audit_head")
        expect(run, "lost its head")

    def test_a_format_that_was_published_with_another_content(
        self, healthy: Any, run: Run, database: Any
    ) -> None:
        trigger = "TRIGGER keep_format_version_update"
        if "postgresql" in database.url:
            as_owner(database, "ALTER TABLE format_version DISABLE TRIGGER keep_format_version")
        else:
            as_owner(database, f"DROP {trigger}")
        with healthy.app_context(), transaction(writing=True) as session:
            session.execute(update(FormatVersion).values(hash="0" * 64))
        expect(run, "says another thing than when it was published")
        if "postgresql" in database.url:
            as_owner(database, "ALTER TABLE format_version ENABLE TRIGGER keep_format_version")

    def test_a_database_that_was_not_prepared(self, healthy: Any, run: Run) -> None:
        with healthy.app_context(), transaction(writing=True) as session:
            session.execute(delete(Installation))
        expect(run, "not prepared yet")

    def test_an_older_migration(self, healthy: Any, run: Run, database: Any) -> None:
        as_owner(database, "UPDATE alembic_version SET version_num = '0001'")
        expect(run, "the program wants")
        as_owner(database, "UPDATE alembic_version SET version_num = '0003'")

    def test_mail_that_is_late_or_was_given_up(self, healthy: Any, run: Run) -> None:
        about = {"kind": "x", "recipient": "person:x", "params": {}, "created_at": clock.now()}
        with healthy.app_context():
            add(OutboxMessage(state="waiting", due_at=clock.now() - timedelta(hours=1), **about),
                OutboxMessage(state="parked", due_at=clock.now(), **about))  # fmt: skip
        expect(run, "messages wait since", "1 were given up")

    def test_a_queue_that_is_away(
        self, healthy: Any, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail() -> int:
            raise OSError

        with healthy.app_context():
            monkeypatch.setattr(jobs_of_app().huey, "pending_count", fail)
        expect(run, "the queue cannot be reached (OSError)")

    def test_jobs_that_nobody_does(
        self, healthy: Any, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(background, "MANY_JOBS", 0)
        expect(run, "is the program for jobs running?")

    def test_a_mail_server_that_is_away(
        self, healthy: Any, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        away = replace(healthy.config["ENLACE"], mail_server="127.0.0.1", mail_port=1)
        monkeypatch.setitem(healthy.config, "ENLACE", away)
        expect(run, "mail: the server cannot be used")

    def test_what_a_server_in_production_would_not_start_with(self, healthy: Any, run: Run) -> None:
        result = run("doctor", "--production")
        assert result.exit_code == 1
        for word in ("ENLACE_BASE_URL", "ENLACE_MAIL_SERVER", "ENLACE_TRUSTED_PROXIES"):
            assert word in wrong(result)

    def test_one_thing_that_cannot_be_looked_at_does_not_hide_the_others(
        self, healthy: Any, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(content, "spoken_of", lambda: 1 / 0)
        result = run("doctor")
        assert "✗ content: could not be looked at (ZeroDivisionError)" in result.output
        assert "✓ mail" in result.output

    def test_a_journal_that_could_lose_commits(
        self, healthy: Any, run: Run, database: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if "postgresql" in database.url:
            pytest.skip("about SQLite")
        from app.db import sqlite

        monkeypatch.setattr(sqlite, "journal_mode", lambda: "WAL")
        let_go(healthy)
        if not sqlite.has_wal_fix():
            expect(run, "can lose commits with the journal WAL")
        monkeypatch.undo()
        let_go(healthy)

    def test_a_wall_that_was_taken_down(self, healthy: Any, run: Run, database: Any) -> None:
        if "sqlite" in database.url:
            pytest.skip("about PostgreSQL")
        as_owner(database, "ALTER TABLE need DISABLE ROW LEVEL SECURITY")
        expect(run, "no forced row-level security on need")
        as_owner(database, "ALTER TABLE need ENABLE ROW LEVEL SECURITY")

    def test_a_program_that_logs_in_past_the_walls(
        self, healthy: Any, database: Any, instance: Path
    ) -> None:
        if "sqlite" in database.url:
            pytest.skip("about PostgreSQL")
        from app import create_app

        app = create_app(settings(database.owner_url, instance))
        result = app.test_cli_runner().invoke(args=["doctor", "--production"])
        assert "logs in as a superuser" in wrong(result)
        let_go(app)
