"""Does a sealed value that was tampered with ever open, and does a reading fail while keys rotate?"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.db.transactions import transaction
from app.extensions import db
from app.sealing import key_file, keys, rotating
from app.sealing.envelope import Unopenable
from app.sealing.master import Keyring
from tests.sealing.life import Life
from tests.sealing.places import a_delegation, line, sealed, two_delegations
from tests.sealing.tampering import WAYS
from tests.support.patience import wait_until
from tests.support.proof import ROOT, is_proving, record

RECORDS = 12
ROTATION = "New master keys take over, one after the other, while processes open sealed values"


@pytest.fixture
def house(app: Any) -> Iterator[dict[str, str]]:
    with app.app_context():
        yield two_delegations()
        db.session.remove()


def test_what_was_tampered_with_never_opens(house: Any, database: Any, proof: Any) -> None:
    run = proof(
        f"sealing-tampering-{database.kind}",
        what="Somebody who can write to the database moves, cuts, changes, lengthens, splices or replays a"
        " sealed value, or a wrapped key: it does not open",
        full=20_000,
        sample=200,
    )
    for chance in run.cases():
        way = chance.choice(WAYS)
        with transaction(writing=True) as session:
            with pytest.raises(Unopenable):
                way(chance, house)
            session.rollback()
        run.count(way.__name__)


def test_whatever_comes_over_them_records_open_until_they_are_erased(
    app: Any, path: Path, database: Any, proof: Any, tmp_path: Path
) -> None:
    run = proof(
        f"sealing-lives-{database.kind}",
        what="Records are sealed, saved again, carried over, erased and brought back from backups while master"
        " keys come and go: what is not erased opens and says the same, what is erased never opens",
        full=1_000,
        sample=12,
    )
    with app.app_context():
        for number, chance in enumerate(run.cases()):
            life = Life(a_delegation(f"hn{number}"), path, tmp_path)
            for _ in range(chance.randrange(4, 16)):
                run.count(life.act(chance))
                life.hold()
        db.session.remove()


@pytest.fixture
def path(app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "keys"
    key_file.put_first(path, line("k0"))
    monkeypatch.setitem(app.extensions, keys.EXTENSION, Keyring("", path))
    return path


def test_no_reading_fails_while_keys_rotate(
    app: Any, path: Path, house: Any, database: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readers are processes of their own, as those that serve are: they learn each key from the file."""
    monkeypatch.setattr(rotating, "AT_ONCE", 7)
    made = [(house[mark], f"{mark}{n}") for mark in ("hn", "sv") for n in range(RECORDS)]
    values = [[owner, name, sealed(owner, name).hex()] for owner, name in made]
    (tmp_path / "values").write_text(json.dumps(values))
    db.session.remove()
    arguments = [database.url, str(tmp_path), str(path), str(tmp_path / "values")]
    processes, rotations = (8, 200) if is_proving() else (1, 2)
    readers = [begin(arguments) for _ in range(processes)]
    try:
        for number in range(1, rotations + 1):
            key_file.put_first(path, line(f"k{number}"))
            rotated = app.test_cli_runner().invoke(args=["keys", "rotate"])
            assert rotated.exit_code == 0, rotated.output
    finally:
        said = [json.loads(reader.communicate("")[0]) for reader in readers]
    assert [each["faults"] for each in said] == [[]] * processes
    assert all(each["reads"] > len(values) for each in said)
    if is_proving():
        counts = {"rotations": rotations, "processes that read": processes, "failed": 0,
                  "readings": sum(each["reads"] for each in said),
                  "keys of records wrapped anew": rotations * len(values)}  # fmt: skip
        record(f"key-rotation-{database.kind}", ROTATION, counts, None)


def begin(arguments: list[str]) -> subprocess.Popen[str]:
    reader = subprocess.Popen(
        [sys.executable, "-m", "tests.sealing.reader", *arguments], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    said = reader.stdout
    assert said
    wait_until(lambda: said.readline() == "ready\n", "the reader is ready")
    return reader
