"""How do these tests open a page of the bench in a browser?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.assets.bench_state import Bench
from tests.assets.workbench import create_app
from tests.support.live_server import serving


@pytest.fixture
def bench_app() -> Any:
    return create_app()


@pytest.fixture
def bench(bench_app: Any) -> Bench:
    return bench_app.bench


@pytest.fixture
def address(bench_app: Any) -> Iterator[str]:
    with serving(bench_app) as address:
        yield address


@pytest.fixture
def visit(open_page: Callable[..., Page], address: str) -> Callable[..., Page]:
    """Opens a page of the bench: `visit("/draft/people", width=360, lang="en", javascript=False)`."""

    def open_at(path: str = "/", *, lang: str = "es", **options: Any) -> Page:
        page = open_page(lang=lang, **options)
        page.context.add_cookies([{"name": "lang", "value": lang, "url": address}])
        page.goto(address + path)
        return page

    return open_at
