"""How do tests reach the demonstration as anybody would: prepared, served, signed in with one click?

It is prepared once for a run and copied for each worker, so that nobody sees what others did.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support import run_home
from tests.support.patience import SECONDS, wait_until

ROOT = Path(__file__).resolve().parents[2]


def environment(instance: Path, port: int) -> dict[str, str]:
    """What the demonstration of a folder is told."""
    return {**os.environ, "ENLACE_ENV": "demonstration", "ENLACE_INSTANCE": str(instance),
            "PORT": str(port)}  # fmt: skip


def prepared() -> Path:
    """The folder of a demonstration that nobody has touched."""
    with run_home.once("demonstration-ready") as ready:
        folder = run_home.home() / "demonstration"
        if not ready.exists():
            subprocess.run(
                [sys.executable, "-m", "flask", "--app", "wsgi", "prepare"], cwd=ROOT, check=True,
                env=environment(folder, 8000), stdout=subprocess.DEVNULL,
            )  # fmt: skip
            ready.touch()
    return folder


class Demonstration:
    """A copy of the demonstration of a test's own, served as `make run` serves it."""

    def __init__(self, folder: Path) -> None:
        self.instance = folder / "instance"
        shutil.copytree(prepared(), self.instance)
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = environment(self.instance, self.port)
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve it, and return when it answers."""
        self._server = subprocess.Popen(
            [sys.executable, "-m", "app.cli.serve"], cwd=ROOT, env=self._environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _wait(self.port, self._server)

    def stop(self) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait(SECONDS)
            self._server = None

    def let_pass(self, days: int, *, job: str) -> None:
        """So many days later, by the product's own clock, with what this job does by then."""
        self.stop()
        script = Path(__file__).with_name("let_days_pass.py")
        subprocess.run(
            [sys.executable, str(script), str(days), job], cwd=ROOT, check=True,
            env={**self._environment, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        self.start()


@pytest.fixture(scope="session")
def demonstration_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demonstration that the tests of this worker share."""
    with _served(tmp_path_factory) as demonstration:
        yield demonstration.url


@pytest.fixture(scope="module")
def own_demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """A demonstration for the tests of one file alone, as nobody has touched it."""
    with _served(tmp_path_factory) as demonstration:
        yield demonstration


def sign_in(page: Page, base: str, person: str) -> None:
    """Sign a window in as a person of the demonstration, by key."""
    page.goto(f"{base}/demo/sign-in")
    page.locator(f'button[name="person"][value="{person}"]').first.click()
    page.wait_for_url(lambda url: "/demo/sign-in" not in url)


@contextmanager
def _served(folders: pytest.TempPathFactory) -> Iterator[Demonstration]:
    demonstration = Demonstration(folders.mktemp("demonstration"))
    try:
        demonstration.start()
        yield demonstration
    finally:
        demonstration.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    def answers() -> bool:
        assert server.poll() is None, "the demonstration did not start"
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    wait_until(answers, "the demonstration answers")
