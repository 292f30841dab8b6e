"""Does a page that refuses a form show what was typed, and never a password?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from app.web.carrying import carried
from app.web.typed_text import kept_text

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
CALLED = re.compile(r"ui\.password_input\(\s*[\"']([^\"']+)")
WRITTEN = re.compile(r"<input\b[^>]*\btype=[\"']password[\"'][^>]*>")
NAME = re.compile(r"\bname=[\"']([^\"']+)")
SECRET, TYPED = "cuatro palabras que nadie adivina", "Un texto que no debe perderse"


def password_inputs() -> list[str]:
    """The names of all inputs of passwords that any template draws."""
    sources = {path: path.read_text() for path in TEMPLATES.rglob("*.html")}
    by_macro = [name for source in sources.values() for name in CALLED.findall(source)]
    by_hand = [
        NAME.findall(tag)[0]
        for path, source in sources.items()
        if path.name != "password_input.html"
        for tag in WRITTEN.findall(source)
    ]
    return sorted({*by_macro, *by_hand})


def test_the_templates_are_read() -> None:
    assert {"password", "present_password"} <= set(password_inputs())


@pytest.mark.parametrize("name", password_inputs())
def test_no_password_is_shown_again_or_carried_along(app: Flask, name: str) -> None:
    form = {name: SECRET, "name": TYPED}
    with app.test_request_context("/sign-in", method="POST", data=form):
        shown, along = kept_text(), carried()
    assert TYPED in str(shown)
    assert SECRET not in str(shown)
    assert along is not None
    assert dict(along.fields) == {"name": TYPED}
