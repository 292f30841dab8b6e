"""Which browser do the tests drive, and how is it kept on this machine?

Pages are opened through the fixtures `browser` (one for the run) and `open_page` (a function that
opens a fresh window with its own cookies and closes it with the test).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from tests.support import run_home
from tests.support.network import is_this_machine
from tests.support.patience import ACT_MILLISECONDS, EXPECT_MILLISECONDS

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",  # root has none
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)

expect.set_options(timeout=EXPECT_MILLISECONDS)


class NoBrowser(RuntimeError):
    """There is no Chromium and none could be installed; the message says what to do."""


def chromium_path() -> Path:
    """The Chromium to drive: CHROMIUM's, else the system's, else one installed now if we may."""
    if named := os.environ.get("CHROMIUM"):
        if found := shutil.which(named):
            return Path(found)
        raise NoBrowser(f"CHROMIUM names {named}, which is no program.")
    if found := _on_this_system():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(["apt-get", "-q", *command], check=True, env=environment)
        if found := _on_this_system():
            return found
    raise NoBrowser(
        "The browser tests need Chromium. Ask an administrator for 'apt-get install chromium',"
        " or name one: CHROMIUM=/path/to/chromium make test"
    )


def _on_this_system() -> Path | None:
    return next((Path(found) for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with run_home.once("chromium"):
        path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember for `open_page` whether the test failed."""
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or report.failed
    return report


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Opens windows: `open_page(javascript=True, width=1280, lang="es", base_url=None, **more)`.

    A request to anything but this machine fails the test, and so does a script's error.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_one(
        *, javascript: bool = True, width: int = 1280, lang: str = "es", **more: Any
    ) -> Page:
        more.setdefault("viewport", {"width": width, "height": 900})
        context = browser.new_context(java_script_enabled=javascript, locale=lang, **more)
        context.set_default_timeout(ACT_MILLISECONDS)
        watch(context, faults)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        if request.node.stash.get(_FAILED, False):
            _tell_what_is_shown(context)
        context.close()
    assert not faults, "\n".join(faults)


def _tell_what_is_shown(context: BrowserContext) -> None:
    """Print where the windows of a failed test stand, and what they say: without it nobody can tell."""
    for page in context.pages:
        print(page.url, "\n".join(page.inner_text("body").split("\n")[:60]), sep="\n")


def watch(context: BrowserContext, faults: list[str]) -> None:
    """Add to the faults what a page of the context asks elsewhere, and each script that fails."""

    def on_request(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and not is_this_machine(parts.hostname):
            faults.append(f"the page asked for {parts.scheme}://{parts.netloc}")

    context.on("request", on_request)
    context.on("weberror", lambda error: faults.append(f"a script failed: {error.error}"))
