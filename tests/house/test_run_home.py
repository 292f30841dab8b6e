"""Is a run's folder there for as long as the run, and no longer?"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from tests.support import run_home


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv(run_home.VARIABLE, "")  # and put it back afterwards


def folders(tmp_path: Path) -> list[Path]:
    return sorted(tmp_path.iterdir())


def make_old(folder: Path) -> None:
    os.utime(folder / run_home.ALIVE, (0, 0))


def left_by_a_killed_run(tmp_path: Path) -> Path:
    folder = tmp_path / f"{run_home.PREFIX}killed"
    folder.mkdir()
    (folder / run_home.ALIVE).touch()
    (folder / "one.db").touch()
    make_old(folder)
    return folder


def test_a_run_leaves_nothing(tmp_path: Path) -> None:
    alive = run_home.begin()
    assert folders(tmp_path) == [run_home.home()]
    run_home.end(alive)
    assert folders(tmp_path) == []


def test_what_a_killed_run_left_goes_with_the_next(tmp_path: Path) -> None:
    left_by_a_killed_run(tmp_path)
    alive = run_home.begin()
    assert folders(tmp_path) == [run_home.home()]
    run_home.end(alive)


def test_a_run_beside_it_is_left_alone(tmp_path: Path) -> None:
    beside = run_home.begin()
    its_home = run_home.home()
    make_old(its_home)
    alive = run_home.begin()
    assert its_home in folders(tmp_path)
    run_home.end(alive)
    beside.close()


def test_one_that_is_still_being_cleared_away_is_left_alone(tmp_path: Path) -> None:
    folder = left_by_a_killed_run(tmp_path)
    with run_home.keep(folder):
        run_home.end(run_home.begin())
        assert folders(tmp_path) == [folder]


def test_one_that_is_only_being_made_is_left_alone(tmp_path: Path) -> None:
    folder = left_by_a_killed_run(tmp_path)
    os.utime(folder / run_home.ALIVE)
    run_home.end(run_home.begin())
    assert folders(tmp_path) == [folder]


def test_something_is_made_once_however_many_ask(tmp_path: Path) -> None:
    alive = run_home.begin()
    made = 0
    for _ in range(3):
        with run_home.once("thing") as marker:
            if not marker.exists():
                marker.touch()
                made += 1
    assert made == 1
    run_home.end(alive)
