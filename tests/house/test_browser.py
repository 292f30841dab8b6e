"""Is there a browser, does it stay on this machine, and does the judge of accessibility see?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.support import browser as browsers
from tests.support.accessible import accessibility_findings, assert_accessible
from tests.support.browser import watch
from tests.support.live_server import serving

GOOD = """<!doctype html><html lang="es"><head><title>Título – Enlace</title></head><body><main>
<h1>Título</h1><label for="a">Nombre</label><input id="a"></main></body></html>"""


SCRIPT = "document.title = 'A script ran'"


@pytest.fixture
def site() -> Iterator[Site]:
    """Shows a page of the words given, under the content policy of the product."""
    site = Site()
    with serving(site) as site.url:
        yield site


class Site:
    text, script, url = GOOD, SCRIPT, ""

    def __call__(self, environ: dict, start_response: Callable) -> list[bytes]:
        is_script = environ["PATH_INFO"] == "/script.js"
        kind = "text/javascript" if is_script else "text/html; charset=utf-8"
        policy = "default-src 'none'; script-src 'self'; img-src *"
        start_response("200 OK", [("Content-Type", kind), ("Content-Security-Policy", policy)])
        return [(self.script if is_script else self.text).encode()]


def test_a_good_page_is_accessible(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(site.url)
    assert_accessible(page)


def test_an_input_without_a_label_is_found(site: Site, open_page: Callable[..., Page]) -> None:
    site.text = GOOD.replace('for="a"', "")
    page = open_page()
    page.goto(site.url)
    findings = accessibility_findings(page)
    assert any(finding.startswith("label (critical)") and "#a" in finding for finding in findings)


@pytest.mark.parametrize(
    ("javascript", "title"), [(True, "A script ran"), (False, "Título – Enlace")]
)
def test_scripts_run_only_where_they_are_wanted(
    site: Site, open_page: Callable[..., Page], javascript: bool, title: str
) -> None:
    site.text = GOOD.replace("</main>", "</main><script src='/script.js'></script>")
    page = open_page(javascript=javascript)
    page.goto(site.url)
    assert page.title() == title


def test_a_script_that_fails_is_a_fault(site: Site, browser: Browser) -> None:
    site.text = GOOD.replace("</main>", "</main><script src='/script.js'></script>")
    site.script = "throw new Error('broken on purpose')"
    assert "broken on purpose" in "".join(faults_of(browser, site))


def test_a_request_to_elsewhere_is_a_fault_and_reaches_nobody(site: Site, browser: Browser) -> None:
    site.text = GOOD.replace("</main>", "</main><img src='http://example.org/a.png' alt=''>")
    assert faults_of(browser, site) == ["the page asked for http://example.org"]
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        browser.new_page().goto("http://example.org/")


def faults_of(browser: Browser, site: Site) -> list[str]:
    faults: list[str] = []
    context = browser.new_context()
    watch(context, faults)
    page = context.new_page()
    page.goto(site.url, wait_until="networkidle")
    context.close()
    return faults


def test_the_one_that_is_named_is_driven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/bin/sh")
    assert browsers.chromium_path() == Path("/bin/sh")
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(browsers.NoBrowser, match="/nowhere/chromium"):
        browsers.chromium_path()


def test_without_one_and_without_rights_it_says_what_to_ask_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browsers.os, "geteuid", lambda: 1000)
    with pytest.raises(browsers.NoBrowser, match="apt-get install chromium"):
        browsers.chromium_path()
