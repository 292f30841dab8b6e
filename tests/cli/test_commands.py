"""Do the commands say and do what whoever runs the server asks for?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import create_engine, select, text

from app import clock
from app.accounts.factors.models import Factor
from app.accounts.models import SignIn
from app.audit import trail
from app.audit.commit import committed
from app.db.models import IdempotencyKey, LimitCounter
from app.intake import published
from app.outbox.models import OutboxMessage
from tests.accounts.house import House
from tests.cli.conftest import rows
from tests.outbox.people import add, person

Run = Callable[..., Result]


def record(app: Any, *kinds: str) -> None:
    with app.app_context(), committed():
        for kind in kinds:
            trail.record(None, kind, subject=("thing", "t1"), value="canary-3317", keeps_value=True)


class TestAudit:
    def test_a_whole_trail_is_said_to_be_whole(self, app: Any, run: Run) -> None:
        record(app, "one", "two")
        result = run("audit", "verify")
        assert (result.exit_code, "✓ 2 events" in result.output) == (0, True)

    def test_a_removed_event_ends_with_an_error_that_names_it(
        self, app: Any, run: Run, database: Any
    ) -> None:
        record(app, "one", "two", "three")
        engine = create_engine(database.owner_url)
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SET session_replication_role = replica"))
            else:
                connection.execute(text("DROP TRIGGER keep_audit_event_delete"))
            connection.execute(text("DELETE FROM audit_event WHERE seq = 2"))
        engine.dispose()
        result = run("audit", "verify")
        assert result.exit_code == 1
        assert "✗ event 3: does not follow from the event before it" in result.output

    def test_an_anchor_is_written_and_remembered(self, app: Any, run: Run, tmp_path: Path) -> None:
        path = tmp_path / "anchors"
        record(app, "one")
        run("audit", "anchor", str(path))
        record(app, "two")
        result = run("audit", "anchor", str(path))
        assert path.read_text().splitlines()[-1] == result.output.strip()
        verified = run("audit", "verify", "--anchor", str(path))
        assert (verified.exit_code, "2 anchors" in verified.output) == (0, True)

    def test_what_is_no_anchor_is_said_by_its_line(
        self, app: Any, run: Run, tmp_path: Path
    ) -> None:
        path = tmp_path / "anchors"
        path.write_text("nothing\n")
        result = run("audit", "verify", "--anchor", str(path))
        assert (result.exit_code, "line 1" in result.output) == (1, True)

    def test_what_happened_to_a_record_is_shown_without_what_was_written(
        self, app: Any, run: Run
    ) -> None:
        record(app, "one", "two")
        result = run("audit", "show", "t1")
        assert [line.split()[3] for line in result.output.splitlines()] == ["one", "two"]
        assert "canary" not in result.output
        assert run("audit", "show", "t2").exit_code == 1


class TestOutbox:
    def test_it_is_shown_drained_and_taken_up_again(self, app: Any, run: Run) -> None:
        about = {"recipient": "person:ana", "created_at": clock.now(), "due_at": clock.now()}
        with app.app_context():
            add(person("ana"),
                OutboxMessage(kind="password-changed", params={}, state="waiting", **about),
                OutboxMessage(id="given-up", kind="password-changed", params={}, state="parked",
                              tries=8, fault="smtp-550", **about))  # fmt: skip
        status = run("outbox", "status").output
        assert "waiting  1" in status
        assert "given-up password-changed, 8 tries, last fault smtp-550" in status
        assert "1 delivered" in run("outbox", "drain").output
        assert run("outbox", "retry", "another").exit_code == 1
        assert run("outbox", "retry").exit_code == 2
        assert run("outbox", "retry", "given-up").exit_code == 0
        assert "1 delivered" in run("outbox", "drain").output
        assert rows(app, select(OutboxMessage.state)) == [("sent",), ("sent",)]


class TestPolicy:
    def test_every_permission_is_shown_with_its_sentence(self, run: Run) -> None:
        output = run("policy", "show").output
        assert "need-certify: certify, submit and decide on consent" in output
        assert "is_of_delegation and has_role_focal_point_or_alternate and is_own" in output

    def test_the_matrix_names_who_might(self, run: Run) -> None:
        lines = {
            line.split("`")[1]: line for line in run("policy", "matrix").output.splitlines()[2:]
        }
        assert lines["summary-answer"].endswith("| sponsor_pledger |")
        assert "focal_point*, alternate*" in lines["need-certify"]

    def test_why_somebody_may_or_may_not_is_explained(self, house: House, run: Run) -> None:
        may = run("policy", "explain", "hn.focal", "need-certify")
        assert may.output.endswith("→ allowed\n")
        foreign = run("policy", "explain", "hn.focal", "need-certify", "--record-of", "sv")
        assert "✗ is_own" in foreign.output
        assert foreign.output.endswith("→ refused\n")
        assert run(
            "policy", "explain", "hn.contributor@example.org", "need-certify"
        ).output.endswith("→ refused\n")

    def test_somebody_with_two_organisations_is_asked_for_which(
        self, house: House, run: Run
    ) -> None:
        unclear = run("policy", "explain", "us.focal", "summary-answer")
        assert (unclear.exit_code, "us, us.sponsor" in unclear.output) == (1, True)
        clear = run("policy", "explain", "us.focal", "summary-answer", "--as", "us.sponsor")
        assert clear.output.endswith("→ allowed\n")

    def test_nobody_is_nobody(self, house: House, run: Run) -> None:
        assert run("policy", "explain", "nobody", "need-edit").exit_code == 1
        assert run("policy", "explain", "hn.focal", "fly").exit_code == 2


class TestRecords:
    def test_formats_are_published_once_and_on_record(self, app: Any, run: Run) -> None:
        assert "Published: need 1" in run("formats", "publish").output
        assert "published already" in run("formats", "publish").output

    def test_a_format_that_changed_is_refused(
        self, app: Any, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run("formats", "publish")
        for format in published.repository():
            monkeypatch.setitem(vars(format), "hash", "0" * 64)
        result = run("formats", "publish")
        assert (result.exit_code, "raise its version" in result.output) == (1, True)

    def test_facts_are_counted_anew(self, app: Any, run: Run) -> None:
        assert "0 versions counted" in run("facts", "rebuild").output

    def test_what_outlived_its_use_is_removed_and_nothing_else(
        self, app: Any, house: House, run: Run
    ) -> None:
        now, who = clock.real_now(), house.people["hn.focal"]

        def key(name: str, age: timedelta) -> IdempotencyKey:
            return IdempotencyKey(person_id=who, key=name, request_hash="h", status=303,
                                  location="/", body=None, created_at=now - age)  # fmt: skip

        def sign_in(name: str, expired: timedelta) -> SignIn:
            return SignIn(token_hash=name, person_id=who, organisation_id=None, browser="x",
                          created_at=now - timedelta(days=90), seen_at=now,
                          expires_at=now - expired, ended_at=None)  # fmt: skip

        def program(name: str, age: timedelta) -> Factor:
            return Factor(id=name, person_id=who, kind="totp", name="", created_at=now - age)

        with app.app_context():
            add(key("old", timedelta(days=9)), key("new", timedelta(days=7)),
                sign_in("long-gone", timedelta(days=31)), sign_in("open", timedelta(hours=-1)),
                LimitCounter(key="gone", count=1, expires_at=now - timedelta(seconds=1)),
                program("begun", timedelta(hours=25)), program("begins", timedelta(hours=23)),
                LimitCounter(key="open", count=1, expires_at=now + timedelta(hours=1)))  # fmt: skip
        output = run("retention", "idempotency").output
        assert output == "removed: 1 keys, 1 sign-ins, 1 counters, 1 programs\n"
        assert rows(app, select(IdempotencyKey.key)) == [("new",)]
        assert rows(app, select(LimitCounter.key)) == [("open",)]
        assert ("open",) in rows(app, select(SignIn.token_hash))
        assert rows(app, select(Factor.id)) == [("begins",)]

    def test_files_of_nobody_are_removed(self, app: Any, run: Run) -> None:
        assert run("retention", "files").output.startswith("removed:")


def test_every_command_explains_itself(app: Any) -> None:
    from app.cli.commands import COMMANDS

    for command in COMMANDS:
        for one in (command, *getattr(command, "commands", {}).values()):
            assert one.help, one.name
