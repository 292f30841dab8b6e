"""Does a folder with nothing in it but the project get an environment, or a sentence that helps?

Installing for real takes a network and a minute, so a Python that only pretends is first on the
PATH here; `make test` itself has already been through the real one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = (
    "bash",
    "cat",
    "chmod",
    "cp",
    "dirname",
    "env",
    "flock",
    "grep",
    "id",
    "mkdir",
    "rm",
    "sha256sum",
)

PYTHON = """#!/usr/bin/env bash
# Answers as Python does to the few questions of scripts/bootstrap, and writes down the others.
here="${0%/*}"
case "$*" in
    "-c "*version_info*) echo "$here/python3" ;;
    "-c import ensurepip, venv") [ -e "$FOLDER/has-venv" ] ;;
    "-m venv .venv")
        mkdir -p .venv/bin
        cp "$here/python3" .venv/bin/python
        echo "#!$PWD/.venv/bin/python" > .venv/bin/pip ;;
    "-m pip install"*) echo "$*" >> "$FOLDER/installed"; [ ! -e "$FOLDER/no-network" ] ;;
    *) true ;;
esac
"""
APT_GET = """#!/usr/bin/env bash
echo "$*" >> "$FOLDER/apt-get"
case "$*" in *install*) echo > "$FOLDER/has-venv" ;; esac
"""


class Clone:
    """A folder with scripts/ and requirements/, and a PATH that holds only what we put there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "path"
        self.path.mkdir()
        for tool in TOOLS:
            (self.path / tool).symlink_to(shutil.which(tool))
        (folder / "scripts").mkdir()
        shutil.copy(ROOT / "scripts" / "bootstrap", folder / "scripts" / "bootstrap")
        (folder / "requirements").mkdir()
        for name in ("build", "run", "test"):
            (folder / "requirements" / f"{name}.txt").write_text(f"{name}==1\n")

    def has(self, name: str, program: str = PYTHON) -> None:
        (self.path / name).write_text(program)
        (self.path / name).chmod(0o755)

    def can_make_environments(self) -> None:
        (self.folder / "has-venv").touch()

    def bootstrap(self, what: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.path / "bash", self.folder / "scripts" / "bootstrap", what],
            env={"PATH": str(self.path), "FOLDER": str(self.folder), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def installed(self) -> list[str]:
        """The files of packages that were installed, in order; forgets them."""
        log = self.folder / "installed"
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        assert all("--require-hashes" in line and "--no-deps" in line for line in lines)
        return [Path(line.split()[-1]).stem for line in lines]


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


@pytest.fixture
def ready(clone: Clone) -> Clone:
    clone.has("python3")
    clone.can_make_environments()
    return clone


def test_what_runs_is_installed_once(ready: Clone) -> None:
    first = ready.bootstrap("run")
    assert first.returncode == 0, first.stderr
    assert ready.installed() == ["build", "run"]
    assert ready.bootstrap("run").returncode == 0
    assert ready.installed() == []


def test_what_checks_holds_what_runs(ready: Clone) -> None:
    ready.bootstrap("test")
    assert ready.installed() == ["build", "test"]
    ready.bootstrap("run")
    assert ready.installed() == []


@pytest.mark.parametrize(
    ("changed", "again"), [("run", ["build", "run"]), ("build", ["build", "run"]), ("test", [])]
)
def test_a_changed_lock_is_installed_again(ready: Clone, changed: str, again: list[str]) -> None:
    ready.bootstrap("run")
    ready.installed()
    (ready.folder / "requirements" / f"{changed}.txt").write_text("other==2\n")
    ready.bootstrap("run")
    assert ready.installed() == again


def test_a_lock_that_goes_back_is_not_mistaken_for_installed(ready: Clone) -> None:
    lock = ready.folder / "requirements" / "run.txt"
    ready.bootstrap("test")
    lock.write_text("other==2\n")
    ready.bootstrap("run")
    lock.write_text("run==1\n")
    ready.installed()
    ready.bootstrap("test")
    assert ready.installed() == ["build", "test"]


def test_an_environment_that_was_moved_is_made_again(ready: Clone) -> None:
    ready.bootstrap("run")
    ready.installed()
    (ready.folder / ".venv" / "bin" / "pip").write_text("#!/elsewhere/.venv/bin/python\n")
    assert ready.bootstrap("run").returncode == 0
    assert ready.installed() == ["build", "run"]


def test_a_failed_installation_is_said_and_tried_again(ready: Clone) -> None:
    (ready.folder / "no-network").touch()
    found = ready.bootstrap("run")
    assert found.returncode == 1
    assert "It takes a connection to a Python package index" in found.stderr
    (ready.folder / "no-network").unlink()
    ready.installed()
    assert ready.bootstrap("run").returncode == 0
    assert ready.installed() == ["build", "run"]


def test_the_environment_of_whoever_calls_is_left_alone(ready: Clone) -> None:
    theirs = ready.folder / "theirs"
    (theirs / "bin").mkdir(parents=True)
    ready.bootstrap("run", VIRTUAL_ENV=str(theirs), PIP_TARGET=str(theirs), PYTHONPATH=str(theirs))
    assert list(theirs.iterdir()) == [theirs / "bin"]
    assert (ready.folder / ".venv" / "bin" / "python").exists()


def test_without_python_it_says_what_to_install(clone: Clone) -> None:
    found = clone.bootstrap("run")
    assert found.returncode == 1
    assert "apt-get install python3 python3-venv" in found.stderr


def test_an_old_python_is_passed_over(ready: Clone) -> None:
    ready.has("python3.11", "#!/usr/bin/env bash\n")  # answers nothing: it is older than asked for
    assert ready.bootstrap("run").returncode == 0


@pytest.fixture
def user(clone: Clone) -> Callable[[str], None]:
    def become(number: str) -> None:
        (clone.path / "id").unlink()
        clone.has("id", f"#!/usr/bin/env bash\necho {number}\n")

    return become


def test_root_gets_what_is_missing_installed(clone: Clone, user: Callable[[str], None]) -> None:
    clone.has("python3")
    clone.has("apt-get", APT_GET)
    user("0")
    found = clone.bootstrap("run")
    assert found.returncode == 0, found.stderr
    assert "-y install python3-venv" in (clone.folder / "apt-get").read_text()


def test_others_are_told_what_is_missing(clone: Clone, user: Callable[[str], None]) -> None:
    clone.has("python3")
    clone.has("apt-get", APT_GET)
    user("1000")
    found = clone.bootstrap("run")
    assert found.returncode == 1
    assert "apt-get install python3-venv" in found.stderr
    assert not (clone.folder / "apt-get").exists()
    assert not (clone.folder / ".venv").exists()


def test_an_unknown_wish_is_refused(ready: Clone) -> None:
    found = ready.bootstrap("everything")
    assert (found.returncode, found.stdout) == (1, "")
    assert "'run' or 'test'" in found.stderr


def test_our_own_environment_holds_what_is_locked() -> None:
    """The one that runs this test, if scripts/bootstrap made it."""
    found = subprocess.run(
        [ROOT / "scripts" / "bootstrap", "test"],
        env={**os.environ, "PIP_NO_INDEX": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stdout) == (0, "")
