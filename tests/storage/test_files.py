"""Do the bytes of a file reach the disk before anybody speaks of them, and stay until nobody does?"""

from __future__ import annotations

import hashlib
import io
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.storage import files
from app.storage.refusals import Unwelcome
from tests.storage import samples as made
from tests.support.world import settings


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """Only what files need to know."""
    app = Flask(__name__)
    app.config["ENLACE"] = settings(
        "sqlite://", tmp_path, upload_megabytes=1, free_space_megabytes=0
    )
    with app.app_context():
        yield app


@pytest.fixture
def folder(app: Flask) -> Path:
    return files.folder()


def keep(content: bytes = made.PDF, name: str = "oficio.pdf") -> files.Stored:
    return files.store(io.BytesIO(content), name=name)


def everything(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "lock")


def test_a_file_lies_under_its_content_and_is_given_back(folder: Path) -> None:
    stored = keep()
    digest = hashlib.sha256(made.PDF).hexdigest()
    assert stored == files.Stored(
        sha256=digest, size=len(made.PDF), media_type="application/pdf", name="oficio.pdf"
    )
    assert everything(folder) == [folder / digest[:2] / digest[2:]]
    with files.open_file(digest) as file:
        assert file.read() == made.PDF
    assert b"".join(files.pieces(digest)) == made.PDF


def test_the_same_content_is_kept_once(folder: Path) -> None:
    assert keep(name="a.pdf").sha256 == keep(name="b.pdf").sha256
    assert len(everything(folder)) == 1


def test_only_the_owner_may_read(folder: Path) -> None:
    keep()
    for path in (folder, *folder.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_bytes_and_names_are_on_the_disk_before_it_returns(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def note(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    stored = keep()
    final = files.path_of(stored.sha256)
    assert any("incoming" in path for path in synced)  # the bytes
    assert synced[-1] == str(final.parent)  # their name, last
    assert str(folder) in synced  # the name of the folder they lie in


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg/>", "a.svg"), (b"<html>", "a.html"), (b"MZ", "a.exe"), (b"x", "noending"),
        (b"<html>", "a.pdf"), (b"", "a.pdf"), (made.PDF, ""), (made.PDF, "a.pdf.html"),
        (b"x" * (1024 * 1024 + 1), "a.txt"), (made.docx({"word/vbaProject.bin": b"x"}), "a.docx"),
    ],
)  # fmt: skip
def test_what_is_refused_leaves_nothing(folder: Path, content: bytes, name: str) -> None:
    with pytest.raises(Unwelcome) as refused:
        keep(content, name)
    assert everything(folder) == []
    assert refused.value.message % refused.value.params


def test_an_endless_stream_is_cut(folder: Path) -> None:
    class Endless(io.RawIOBase):
        asked = 0

        def read(self, size: int = -1) -> bytes:
            self.asked += 1
            return b"x" * size

    endless = Endless()
    with pytest.raises(Unwelcome):
        files.store(endless, name="a.txt")  # type: ignore[arg-type]
    assert endless.asked < 4
    assert everything(folder) == []


def test_without_room_nothing_is_taken_and_one_may_come_again(app: Flask, folder: Path) -> None:
    app.config["ENLACE"] = replace(app.config["ENLACE"], free_space_megabytes=10**9)
    with pytest.raises(Unwelcome) as refused:
        keep()
    assert refused.value.will_pass
    assert everything(folder) == []


def test_a_fault_while_writing_leaves_nothing(folder: Path) -> None:
    class Broken(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        files.store(Broken(), name="a.pdf")  # type: ignore[arg-type]
    assert everything(folder) == []


def age(path: Path) -> None:
    long_ago = time.time() - 2 * files.ORPHAN_AGE
    os.utime(path, (long_ago, long_ago))


def test_the_sweeper_takes_what_is_old_and_of_nobody(folder: Path) -> None:
    spoken, orphan, fresh = keep(), keep(made.TEXT, "a.txt"), keep(made.png(), "a.png")
    left_behind = folder / "incoming" / "broken-off"
    left_behind.write_bytes(b"x")
    for path in (files.path_of(spoken.sha256), files.path_of(orphan.sha256), left_behind):
        age(path)
    assert files.sweep({spoken.sha256}) == 2
    assert set(files.hashes()) == {spoken.sha256, fresh.sha256}


def test_an_orphan_that_arrives_again_is_none_any_more(folder: Path) -> None:
    stored = keep()
    age(files.path_of(stored.sha256))
    keep()
    assert files.sweep(frozenset()) == 0


def test_arriving_and_sweeping_at_once_lose_nothing(app: Flask, folder: Path) -> None:
    stop = threading.Event()

    def sweep_on() -> None:
        with app.app_context():
            while not stop.is_set():
                files.sweep(frozenset())

    sweeper = threading.Thread(target=sweep_on)
    sweeper.start()
    for _ in range(60):
        stored = keep()
        assert files.path_of(stored.sha256).exists()
        age(files.path_of(stored.sha256))
    stop.set()
    sweeper.join()


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 62 + "/x"])
def test_only_a_hash_is_looked_for(app: Flask, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        files.path_of(name)


def test_a_file_that_is_gone_is_a_fault_of_ours(app: Flask) -> None:
    with pytest.raises(files.Lost):
        files.open_file("0" * 64)
    with pytest.raises(files.Lost):
        files.pieces("0" * 64)
