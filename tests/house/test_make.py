"""Does `make` explain itself, and does nothing hide a step that failed?"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE)


def make(
    *arguments: str, folder: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_alone_it_explains_every_target() -> None:
    explained = re.findall(r"^  make ([a-z-]+) +\S", make().stdout, re.MULTILINE)
    assert explained == TARGETS


def test_the_targets_of_the_workshop_are_there() -> None:
    assert set(TARGETS) >= {
        "run", "demo-reset", "test", "proof", "check", "bench", "assets", "translations", "help",
        "lock", "clean",
    }  # fmt: skip


def test_no_target_is_mistaken_for_a_file() -> None:
    assert set(re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)) == set(TARGETS)


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """The Makefile with programs that only write down how they were called."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    for name in ("scripts/bootstrap", ".venv/bin/python", ".venv/bin/flask"):
        program = tmp_path / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(
            '#!/usr/bin/env bash\necho "${0##*/} $* ${ENLACE_ENV:-}" >> called\n'
            'case "$*" in *"${FAILING:-nothing fails}"*) exit 3 ;; esac\n'
        )
        program.chmod(0o755)
    return tmp_path


def called(workshop: Path) -> list[str]:
    return [line.strip() for line in (workshop / "called").read_text().splitlines()]


def test_run_prepares_and_serves_the_demonstration(workshop: Path) -> None:
    assert make("run", folder=workshop).returncode == 0
    assert called(workshop) == [
        "bootstrap run",
        "python -m app.cli.serve --only-look demonstration",
        "flask --app wsgi prepare demonstration",
        "python -m app.cli.serve --end-with-parent demonstration",
    ]


def test_run_serves_what_the_environment_names(workshop: Path) -> None:
    make("run", folder=workshop, ENLACE_ENV="production")
    assert all(line.endswith("production") for line in called(workshop))


@pytest.mark.parametrize(
    ("failing", "calls"),
    [("run", 1), ("--only-look", 2), ("prepare", 3), ("--end-with-parent", 4)],
)
def test_run_stops_at_the_step_that_fails(workshop: Path, failing: str, calls: int) -> None:
    assert make("run", folder=workshop, FAILING=failing).returncode != 0
    assert len(called(workshop)) == calls


@pytest.mark.parametrize("failing", ["test", "tests.support.tools", "pytest"])
def test_ci_fails_with_any_step_of_the_tests(workshop: Path, failing: str) -> None:
    command = ["bash", ".ci/run"]
    found = subprocess.run(
        command, cwd=workshop, env={**os.environ, "FAILING": failing}, check=False,
        capture_output=True,
    )  # fmt: skip
    assert found.returncode != 0


def test_ci_runs_every_test_in_several_processes(workshop: Path) -> None:
    assert subprocess.run(["bash", ".ci/run"], cwd=workshop, check=False).returncode == 0
    last = called(workshop)[-1]
    assert re.fullmatch(
        r"python -m pytest --numprocesses=([2-9]|\d\d+) --dist=loadscope tests", last
    )


def test_proofs_are_asked_under_their_own_profile(workshop: Path) -> None:
    make("proof", folder=workshop)
    assert called(workshop)[-1].endswith("--hypothesis-profile=proof tests/proofs")
