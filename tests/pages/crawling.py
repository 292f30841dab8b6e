"""Which pages does a person of the demonstration come to by following links, and what was each?"""

from __future__ import annotations

import re
import tempfile
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

FILES = (".pdf", ".xlsx", ".csv", ".docx")
ASKED_BY_PAGES = (
    "factors.to_give",
    "factors.to_make",
    "bundles.progress",
    "groups.progress",
    *(f"{documents}.{part}" for documents in ("needs", "cases")
      for part in ("answer", "cell", "changes", "live")),
    "needs.sheet_progress",
    "reports.file_progress",
)  # fmt: skip
"""What an open page asks by itself; nobody goes there."""
EXTRA = {
    "needs.certification": ("/preview", "members=named&sponsors=unnamed&released=title"),
}
"""Pages that are reached by sending a form with GET: endpoint -> what comes behind its path, and what
is sent beside what its address says."""


@cache
def addresses() -> MapAdapter:
    """Every address of the application, without serving it."""
    from app import create_app
    from config import Settings

    folder = tempfile.mkdtemp(prefix="enlace-addresses-")
    app = create_app(Settings(
        environment="demonstration", database_url=f"sqlite:///{folder}/none.db", instance=Path(folder), secret_key="x" * 40,
        password_salt="y" * 20, base_url="http://127.0.0.1",
    ))  # fmt: skip
    return app.url_map.bind("127.0.0.1")


def endpoint_of(path: str) -> str | None:
    """The endpoint behind a path, None for what is no page."""
    try:
        return addresses().match(path, method="GET")[0]
    except HTTPException:
        return None


def page_endpoints() -> set[str]:
    """Every endpoint that shows a page."""
    return {
        rule.endpoint
        for rule in addresses().map.iter_rules()
        if rule.methods and "GET" in rule.methods and not rule.rule.endswith((*FILES, "ending>"))
        and rule.endpoint not in ("static", "attachments.show", "sealed_files.show", *ASKED_BY_PAGES)
    }  # fmt: skip


@dataclass(frozen=True)
class Visited:
    """A page somebody came to."""

    endpoint: str
    path: str
    status: int
    html: str


class Ahead:
    """The addresses still to be seen, at most `most` of each endpoint, each once."""

    def __init__(self, most: int) -> None:
        self.seen: Counter[str] = Counter()
        self._most, self._waiting, self._known = most, deque(["/"]), {"/"}

    def __iter__(self) -> Iterator[tuple[str, str]]:
        while self._waiting:
            path = self._waiting.popleft()
            endpoint = endpoint_of(urlsplit(path).path)
            if endpoint is not None and self.seen[endpoint] < self._most:
                self.seen[endpoint] += 1
                yield path, endpoint

    def add(self, paths: Iterable[str]) -> None:
        for path in paths:
            if path not in self._known:
                self._known.add(path)
                self._waiting.append(path)


def crawl(page: Page, base: str, *, most: int = 2) -> Iterator[Visited]:
    """Follow the links from the first page, seeing at most `most` pages of each endpoint."""
    ahead = Ahead(most)
    for path, endpoint in ahead:
        response = page.goto(base + path)
        assert response is not None
        landed = urlsplit(page.url)
        came_to = endpoint_of(landed.path) or endpoint
        yield Visited(came_to, landed.path, response.status, response.text())
        ahead.add(_links(page, base) + _extra(came_to, landed))


def _links(page: Page, base: str) -> list[str]:
    hrefs = page.eval_on_selector_all("a[href]:not([download])", "links => links.map(l => l.href)")
    inside = [href.removeprefix(base).split("#")[0] for href in hrefs if href.startswith(base)]
    return [href for href in inside if href and not urlsplit(href).path.endswith(FILES)]


def _extra(endpoint: str, landed: SplitResult) -> list[str]:
    if endpoint not in EXTRA:
        return []
    further, sent = EXTRA[endpoint]
    return [f"{landed.path}{further}?{landed.query}&{sent}"]


def endpoints_within_reach(page: Page, base: str, *, most: int = 3) -> set[str]:
    """The endpoints to which links lead a signed-in person, fetched without being drawn."""
    ahead = Ahead(most)
    for path, _endpoint in ahead:
        html = page.request.get(base + path).text()
        links = map(unescape, re.findall(r'<a [^>]*href="(/[^"#]*)', html))
        ahead.add(link for link in links if not urlsplit(link).path.endswith(FILES))
    return set(ahead.seen)
