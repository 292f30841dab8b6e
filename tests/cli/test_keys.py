"""Can whoever runs the server look after the keys, and does no command show one?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import select

from app.accounts.factors import kept_keys
from app.accounts.factors.models import Factor
from app.audit.models import AuditEvent
from app.extensions import db
from app.sealing import key_file, keys
from app.sealing.envelope import Erased
from app.sealing.master import Keyring, parse
from tests.accounts.giving import add_program
from tests.accounts.house import Browser, House
from tests.cli.conftest import rows
from tests.sealing.places import line, opened, sealed
from tests.support.world import MASTER_KEY

Run = Callable[..., Result]


@pytest.fixture
def path(app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of keys, which the settings name."""
    path = tmp_path / "master"
    key_file.put_first(path, MASTER_KEY)
    set_file(app, path, monkeypatch)
    return path


def set_file(app: Any, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    named = replace(app.config["ENLACE"], master_keys="", master_keys_file=path)
    monkeypatch.setitem(app.config, "ENLACE", named)
    monkeypatch.setitem(app.extensions, keys.EXTENSION, Keyring("", path))


@pytest.fixture
def values(app: Any, path: Path, house: House) -> Iterator[dict[str, bytes]]:
    """Sealed values, by the id of their record."""
    with app.app_context():
        yield {record: sealed(house.organisations["hn"], record) for record in ("one", "two")}
        db.session.remove()


def test_a_new_key_takes_over_in_two_commands(
    app: Any, run: Run, path: Path, values: Any, house: House
) -> None:
    assert "tests            first, wraps 1 keys" in run("keys", "status").output
    made = run("keys", "new")
    assert made.exit_code == 0
    name = parse(path.read_text())[0].id
    assert f"{name} stands first" in made.output
    assert "`keys rotate` lets it take over" in run("keys", "status").output
    assert run("keys", "rotate").exit_code == 0
    status = run("keys", "status")
    assert f"{name:16} first, wraps 1 keys" in status.output
    assert f"{'tests':16} wraps 0 keys" in status.output
    path.write_text(path.read_text().splitlines()[0])
    assert opened(house.organisations["hn"], "one", values["one"]) == "Nadie"
    event = rows(app, select(AuditEvent.kind, AuditEvent.subject_id))[-1]
    assert tuple(event) == ("keys-rotated", name)


def test_a_program_for_codes_opens_after_it(app: Any, run: Run, path: Path, house: House) -> None:
    key = add_program(Browser(app).be(house, "hn.focal"))
    run("keys", "new")
    assert run("keys", "rotate").exit_code == 0
    path.write_text(path.read_text().splitlines()[0])
    with app.app_context():
        (factor,) = db.session.scalars(select(Factor)).all()
        assert kept_keys.open_key(factor) == key
        db.session.remove()


def test_no_command_and_no_event_shows_a_key(
    app: Any, run: Run, path: Path, values: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [run("keys", *each).output for each in (["status"], ["new"], ["rotate"], ["status"])]
    said += [run("doctor").output]
    said += [json.dumps(list(map(str, row))) for row in rows(app, select(AuditEvent))]
    secrets = [one.partition(":")[2] for one in path.read_text().split()]
    assert len(secrets) == 2
    assert not [one for one in said for secret in secrets if secret[:8] in one]


def test_without_a_file_a_new_key_is_for_whoever_reads_the_screen(
    app: Any, run: Run, path: Path
) -> None:
    before = path.read_text()
    printed = run("keys", "new", "--print")
    assert len(parse(printed.output)) == 1
    assert path.read_text() == before


def test_without_a_key_it_says_what_to_do(
    app: Any, run: Run, tmp_path: Path, values: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_file(app, tmp_path / "elsewhere", monkeypatch)
    status, rotated, doctor = run("keys", "status"), run("keys", "rotate"), run("doctor")
    assert "✗ 1 keys of organisations are closed" in status.output
    assert (status.exit_code, rotated.exit_code, doctor.exit_code) == (1, 1, 1)
    assert "ENLACE_MASTER_KEYS_FILE" in rotated.output
    assert "✗ sealing: there is no master key" in doctor.output


class TestDoctor:
    def test_all_is_well(self, run: Run, path: Path, values: Any) -> None:
        said = run("doctor").output
        assert "✓ sealing: tests wraps 1 keys of organisations; 2 records have a key" in said

    def test_others_may_read_the_keys(self, run: Run, path: Path) -> None:
        path.chmod(0o640)
        assert f"✗ sealing: others may read {path}; chmod 600 it" in run("doctor").output

    def test_the_keys_lie_beside_the_data(
        self, app: Any, run: Run, instance: Path, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        set_file(app, instance / "master", monkeypatch)
        assert "lies beside the data that it opens" in run("doctor", "--production").output
        assert "lies beside the data" not in run("doctor").output

    def test_a_rotation_that_did_not_end(self, run: Run, path: Path, values: Any) -> None:
        key_file.put_first(path, line("new"))
        assert "run `keys rotate`" in run("doctor").output

    def test_a_key_that_is_another(self, run: Run, path: Path, values: Any) -> None:
        path.write_text(line("tests"))
        said = run("doctor").output
        assert "tests is not the key that bore this id before" in said
        assert "1 keys of organisations are wrapped by a master key that is not there" in said


class TestErasing:
    def erase(self, run: Run, record: str = "one", again: str = "one", **more: str) -> Result:
        said = {"organisation": "hn", "reason": "retention_over", **more}
        options = [word for name, value in said.items() for word in (f"--{name}", value)]
        return run("keys", "destroy-record", record, "--again", again, *options)

    def test_a_record_is_erased_and_that_is_on_record(
        self, app: Any, run: Run, values: Any, house: House, tmp_path: Path
    ) -> None:
        hn = house.organisations["hn"]
        assert self.erase(run).exit_code == 0
        with pytest.raises(Erased):
            opened(hn, "one", values["one"])
        assert opened(hn, "two", values["two"]) == "Nadie"
        [event] = rows(
            app,
            select(AuditEvent.subject_id, AuditEvent.detail)
            .where(AuditEvent.kind == "record-erased"),
        )  # fmt: skip
        assert tuple(event) == ("one", '{"reason":"retention_over"}')
        ledger = tmp_path / "ledger"
        assert "1 erasures, 1 of them new" in run("keys", "ledger", str(ledger)).output
        assert "1 erasures, 0 of them new" in run("keys", "ledger", str(ledger)).output
        entry = json.loads(ledger.read_text())
        assert (entry["organisation_id"], entry["record_id"]) == (hn, "one")

    @pytest.mark.parametrize(
        "wrong", [{"again": "two"}, {"organisation": "xx"}, {"reason": "Lo pidió X"}]
    )
    def test_what_was_not_meant_is_not_erased(
        self, run: Run, values: Any, house: House, wrong: dict[str, str]
    ) -> None:
        assert self.erase(run, **wrong).exit_code == 1
        assert opened(house.organisations["hn"], "one", values["one"]) == "Nadie"

    @pytest.mark.parametrize("text", ["x", "{}", '{"record_id": 1}', '["x"]'])
    def test_what_is_no_ledger_is_said_by_its_line(
        self, run: Run, path: Path, tmp_path: Path, text: str
    ) -> None:
        (tmp_path / "ledger").write_text(text)
        result = run("keys", "ledger", str(tmp_path / "ledger"))
        assert (result.exit_code, "line 1: not an erasure" in result.output) == (1, True)
        assert (tmp_path / "ledger").read_text() == text
