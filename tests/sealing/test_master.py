"""Are master keys read as they must be, is a wrong one refused, and does a running process learn a new one?"""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

import config
from app import create_app
from app.db.scoping import SYSTEM
from app.extensions import db
from app.sealing import key_file, keys
from app.sealing.envelope import SealingUnavailable, is_available, key_for, seal
from app.sealing.master import Keyring, Malformed, parse
from app.sealing.models import OrganisationKey, StoredRecordKey
from tests.sealing.places import line, of, opened, place_of, read, sealed, two_delegations, written
from tests.support.world import MASTER_KEY, let_go, settings


def test_keys_stand_in_their_order() -> None:
    assert [key.id for key in parse(f"{line('b')}\n{line('a')}\n\n")] == ["b", "a"]
    assert parse("") == ()


@pytest.mark.parametrize(
    "wrong",
    [
        "name", "name:", ":" + "A" * 43, "na me:" + line("x")[2:], line("Capital"), "x:" + "A" * 43,
        line("x")[:-1], line("x") + "AA", line("x").replace(":", "="), line("x") + "+", "x:" + "é" * 43,
        f"{MASTER_KEY}\n{MASTER_KEY}",
    ],
    ids=lambda wrong: f"{len(wrong)} characters",
)  # fmt: skip
def test_what_is_malformed_is_refused_by_its_number_and_not_repeated(wrong: str) -> None:
    with pytest.raises(Malformed) as refusal:
        parse(wrong)
    assert not any(
        len(part) > 3 and part in str(refusal.value) for part in re.split(r"[:=\s]", wrong)
    )


@given(st.text())
def test_whatever_stands_there_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(Malformed):
        assert all(key.fingerprint for key in parse(text))


def test_production_does_not_start_with_a_malformed_key(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("half")
    for wrong in ({"master_keys": "half"}, {"master_keys": "", "master_keys_file": tmp_path / "keys"},
                  {"master_keys_file": tmp_path / "keys"}):  # fmt: skip
        with pytest.raises(config.UnsafeSettings) as refusal:
            create_app(settings(f"sqlite:///{tmp_path}/x.db", tmp_path, **wrong))
        assert "ENLACE_MASTER_KEYS" in str(refusal.value)
        assert "half" not in str(refusal.value)


def test_a_local_installation_makes_a_key_of_its_own_once(tmp_path: Path) -> None:
    environ = {"ENLACE_ENV": "demonstration", "ENLACE_INSTANCE": str(tmp_path)}
    made = config.from_environment(environ).master_keys_file
    assert made is not None
    text = made.read_text()
    assert (len(parse(text)), made.stat().st_mode & 0o777) == (1, 0o600)
    assert config.from_environment(environ).master_keys_file == made
    assert made.read_text() == text
    named = config.from_environment(environ | {"ENLACE_MASTER_KEYS": line("x")})
    assert named.master_keys_file is None


def test_a_server_makes_none(tmp_path: Path) -> None:
    environ = {
        "ENLACE_ENV": "production", "ENLACE_INSTANCE": str(tmp_path), "ENLACE_SECRET_KEY": "abcdefghijkl" * 3,
        "ENLACE_PASSWORD_SALT": "0123456789abcdefg", "ENLACE_BASE_URL": "https://x.example",
        "ENLACE_MAIL_SERVER": "x", "ENLACE_MAIL_FROM": "x@x.example",
    }  # fmt: skip
    assert config.from_environment(environ).master_keys_file is None
    assert not (tmp_path / "master-keys").exists()


class TestFile:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = tmp_path / "keys"
        key_file.put_first(path, line("old"))
        return path

    def test_a_new_key_is_learnt_without_a_restart(self, path: Path) -> None:
        ring = Keyring("", path)
        old = [key.fingerprint for key in ring]
        key_file.put_first(path, line("new"))
        assert [key.id for key in ring] == ["new", "old"]
        assert [key.fingerprint for key in ring][1:] == old
        assert ring.of("new") is not None

    def test_what_is_half_written_does_not_take_the_known_ones_away(self, path: Path) -> None:
        ring = Keyring("", path)
        whole = path.read_text()
        path.write_text("half")
        assert [key.id for key in ring] == ["old"]
        path.write_text(f"{line('new')}\n{whole}")
        assert [key.id for key in ring] == ["new", "old"]

    def test_where_the_file_is_gone_there_is_no_key(self, path: Path) -> None:
        ring = Keyring("", path)
        path.unlink()
        assert list(ring) == []
        assert list(Keyring("", path)) == []

    def test_a_new_key_bears_the_day_and_no_id_twice(self, path: Path) -> None:
        for name in ("2026-11-23", "2026-11-23-2"):
            new, text = key_file.new_key(path, date(2026, 11, 23))
            assert new == name
            key_file.put_first(path, text)
        assert (len(list(Keyring("", path))), path.stat().st_mode & 0o777) == (3, 0o600)
        assert [each.name for each in path.parent.iterdir()] == ["keys"]

    def test_who_owns_the_file_goes_on_owning_it(self, path: Path) -> None:
        if os.getuid() != 0:
            pytest.skip("nobody else can give a file away")
        os.chown(path, 65534, 65534)
        key_file.put_first(path, line("new"))
        assert (path.stat().st_uid, path.stat().st_gid) == (65534, 65534)


class TestWrongOrMissing:
    @pytest.fixture
    def house(self, app: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
        self.ring = lambda text: monkeypatch.setitem(app.extensions, keys.EXTENSION, Keyring(text))
        with app.app_context():
            yield two_delegations()
            db.session.remove()

    def stored(self) -> list[int]:
        counts = [
            select(func.count()).select_from(each) for each in (OrganisationKey, StoredRecordKey)
        ]
        return [
            read(SYSTEM, lambda one=one: db.session.execute(one).scalar_one()) for one in counts
        ]

    def test_without_a_key_nothing_is_opened_and_nothing_stored(self, house: Any) -> None:
        bytes_ = sealed(house["hn"])
        before = self.stored()
        self.ring("")
        assert not read(SYSTEM, is_available)
        for act in (lambda: opened(house["hn"], "dossier", bytes_),
                    lambda: sealed(house["hn"], "another"), lambda: sealed(house["sv"], "first")):  # fmt: skip
            with pytest.raises(SealingUnavailable):
                act()
        assert self.stored() == before
        self.ring(MASTER_KEY)
        assert opened(house["hn"], "dossier", bytes_) == "Nadie"

    @pytest.mark.parametrize(
        "wrong", [line("tests"), line("another")], ids=["same id", "another id"]
    )
    def test_a_wrong_key_opens_nothing_and_wraps_nothing(self, house: Any, wrong: str) -> None:
        bytes_ = sealed(house["hn"])
        before = self.stored()
        self.ring(wrong)
        assert not read(SYSTEM, is_available)
        for act in (lambda: opened(house["hn"], "dossier", bytes_),
                    lambda: sealed(house["hn"], "another"), lambda: sealed(house["sv"], "first")):  # fmt: skip
            with pytest.raises(SealingUnavailable):
                act()
        assert self.stored() == before

    def test_a_key_that_was_not_introduced_waits_behind_the_known_one(self, house: Any) -> None:
        sealed(house["hn"])
        self.ring(f"{line('new')} {MASTER_KEY}")
        assert read(SYSTEM, is_available)
        assert opened(house["sv"], "first", sealed(house["sv"], "first")) == "Nadie"
        wraps = read(SYSTEM, lambda: db.session.execute(select(OrganisationKey.master_id)).all())
        assert {row.master_id for row in wraps} == {"tests"}

    def test_what_was_undone_stores_no_key(self, house: Any) -> None:
        def act() -> None:
            seal(key_for("dossier", house["hn"]), place_of(house["hn"]), "x")
            raise RuntimeError

        with pytest.raises(RuntimeError):
            written(of(house["hn"]), act)
        assert self.stored() == [0, 0]


def test_the_rest_of_the_service_answers_without_a_key(database: Any, instance: Path) -> None:
    bare = create_app(replace(settings(database.url, instance), master_keys=""))
    assert bare.test_client().get("/sign-in").status_code == 200
    let_go(bare)
