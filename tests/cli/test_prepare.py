"""Does an empty folder become an installation, and is nothing but a demonstration ever begun again?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, make_url, select

from app import clock
from app.accounts.models import Person
from app.audit.verify import verify
from app.cli.demo import world
from app.db import installation
from app.db.models import Installation
from app.db.transactions import transaction
from app.intake.models import FormatVersion
from app.organisations.models import Organisation
from app.outbox.models import OutboxMessage
from tests.cli.conftest import rows

Make = Callable[..., Any]


def run(app: Any, *arguments: str) -> Any:
    return app.test_cli_runner().invoke(args=list(arguments))


@pytest.fixture
def small_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """A world quickly made; what the real one holds is asked where it is made."""
    from app.audit.commit import committed
    from app.cli.demo.people import seed_people

    def seed() -> None:
        with committed():
            seed_people()

    monkeypatch.setattr(world, "seed", seed)


def test_it_names_the_database_that_is_used_and_no_password(app: Any, database: Any) -> None:
    told = run(app, "prepare").output
    url = make_url(database.url)
    assert f"{url.database}" in told
    assert url.password is None or url.password not in told
    assert ("PostgreSQL" in told) == ("postgresql" in database.url)


@pytest.mark.usefixtures("small_world")
class TestDemonstration:
    def test_an_empty_folder_becomes_the_world_of_may_2004(
        self, installed: Make, folder: Path
    ) -> None:
        app = installed(environment="demonstration")
        done = run(app, "prepare")
        assert done.exit_code == 0, done.output
        assert "hn.contributor" in done.output
        assert "/demo/sign-in" in done.output
        assert folder.stat().st_mode & 0o077 == 0
        shown = clock.now().astimezone(ZoneInfo("America/Panama"))
        assert timedelta() <= shown - world.BEGINS_AT < timedelta(minutes=5)
        with app.app_context():
            assert verify().faults == []
        assert rows(app, select(FormatVersion.name))

    def test_preparing_again_changes_nothing(self, installed: Make) -> None:
        app = installed(environment="demonstration")
        run(app, "prepare")
        before = rows(app, select(Person.id).order_by(Person.id))
        prepared = rows(app, select(Installation.prepared_at))
        again = run(installed(environment="demonstration"), "prepare")
        assert again.exit_code == 0
        assert rows(app, select(Person.id).order_by(Person.id)) == before
        assert rows(app, select(Installation.prepared_at)) == prepared

    def test_another_process_shows_the_same_time(self, installed: Make) -> None:
        run(installed(environment="demonstration"), "prepare")
        clock.set_offset(timedelta())
        app = installed(environment="demonstration")
        app.test_client().get("/sign-in")
        assert clock.now().year == 2004

    def test_beginning_again_forgets_what_was_done_since(self, installed: Make) -> None:
        app = installed(environment="demonstration")
        run(app, "prepare")
        before = rows(app, select(func.count()).select_from(Person))
        with app.app_context(), transaction(writing=True) as session:
            session.add(Organisation(id="x", key="x", kind="observer", country=None, name_es="x",
                                     name_en="x", created_at=clock.now()))  # fmt: skip
        done = run(app, "demo-reset")
        assert done.exit_code == 0, done.output
        assert rows(app, select(Organisation.id).where(Organisation.id == "x")) == []
        assert rows(app, select(func.count()).select_from(Person)) == before
        assert timedelta() <= clock.now() - world.BEGINS_AT < timedelta(minutes=5)

    def test_a_preparation_that_was_broken_off_is_done_again(
        self, installed: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        app = installed(environment="demonstration")
        with monkeypatch.context() as broken:
            broken.setattr(world, "seed", lambda: 1 / 0)
            assert run(app, "prepare").exit_code != 0
        again = run(app, "prepare")
        assert again.exit_code == 0, again.output
        assert rows(app, select(Installation.mode)) == [("demonstration",)]

    def test_it_never_touches_a_database_that_holds_something_else(self, installed: Make) -> None:
        real = installed()
        run(real, "prepare")
        with real.app_context(), transaction(writing=True) as session:
            session.add(Organisation(id="x", key="x", kind="delegation", country="HN", name_es="x",
                                     name_en="x", created_at=clock.now()))  # fmt: skip
        shown = installed(environment="demonstration")
        for command in ("prepare", "demo-reset"):
            done = run(shown, command)
            assert done.exit_code == 1
            assert "left alone" in done.output
        assert rows(real, select(Organisation.id)) == [("x",)]

    def test_a_database_used_before_it_was_prepared_is_left_alone_too(
        self, installed: Make
    ) -> None:
        shown = installed(environment="demonstration")
        run(shown, "db", "upgrade")
        with shown.app_context(), transaction(writing=True) as session:
            session.add(Organisation(id="x", key="x", kind="delegation", country="HN", name_es="x",
                                     name_en="x", created_at=clock.now()))  # fmt: skip
        assert run(shown, "prepare").exit_code == 1
        assert run(shown, "demo-reset").exit_code == 1


class TestServing:
    """One click signs in where it is a demonstration: that must never open real data."""

    @pytest.mark.usefixtures("small_world")
    def test_a_real_program_does_not_serve_a_demonstration(self, installed: Make) -> None:
        run(installed(environment="demonstration"), "prepare")
        assert installed().test_client().get("/sign-in").status_code == 503
        done = run(installed(), "prepare")
        assert (done.exit_code, "is a demonstration" in done.output) == (1, True)

    def test_a_demonstration_does_not_serve_real_data(self, installed: Make) -> None:
        run(installed(), "prepare")
        answer = installed(environment="demonstration").test_client().get("/demo/sign-in")
        assert answer.status_code == 503

    def test_a_demonstration_does_not_serve_people_who_can_really_sign_in(
        self, installed: Make
    ) -> None:
        app = installed()
        run(app, "db", "upgrade")
        with app.app_context(), transaction(writing=True) as session:
            session.add(Person(id="p", key=None, name="p", email="p@example.org", password="hash",
                               fs_uniquifier="p", created_at=clock.now()))  # fmt: skip
        shown = installed(environment="demonstration").test_client()
        assert shown.get("/demo/sign-in").status_code == 503

    def test_a_database_without_tables_stops_no_page_that_needs_none(self, installed: Make) -> None:
        app = installed()
        app.test_client().get("/sign-in")
        assert installation._KNOWN not in app.extensions


class TestFounding:
    def test_the_first_coordinator_gets_a_link_and_there_is_no_second(
        self, installed: Make
    ) -> None:
        app = installed()
        run(app, "prepare")
        words = ("found", "--name", "Irene Solano", "--email", "irene@example.org")
        assert run(app, *words).exit_code == 0
        assert rows(app, select(OutboxMessage.kind)) == [("password-reset",)]
        assert run(app, *words).exit_code == 1
        assert len(rows(app, select(Person.id))) == 1

    @pytest.mark.usefixtures("small_world")
    def test_a_demonstration_brings_its_own_people(self, installed: Make) -> None:
        app = installed(environment="demonstration")
        run(app, "prepare")
        assert run(app, "found", "--name", "x", "--email", "x@example.org").exit_code == 1
