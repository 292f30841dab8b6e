"""Is a form that comes back with a mistake still held against what a colleague wrote meanwhile?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from app.web.forms import revision_over

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


@pytest.mark.parametrize(
    ("method", "status", "drawn"),
    [("GET", 200, 7), ("POST", 422, 4), ("POST", 409, 7), ("POST", 200, 4)],
)
def test_a_form_keeps_the_revision_it_was_drawn_from_until_a_conflict_was_told(
    app: Flask, method: str, status: int, drawn: int
) -> None:
    data = {"revision": "4"} if method == "POST" else None
    with app.test_request_context("/", method=method, data=data):
        assert revision_over(7, status) == drawn


def test_every_form_that_is_sent_as_a_whole_draws_it_so() -> None:
    by_hand = re.compile(r'<input[^>]*name="revision"')
    assert [
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if by_hand.search(path.read_text()) and path.name not in ("revision.html", "history.html")
    ] == []
