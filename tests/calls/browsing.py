"""How does somebody use the pages of a test: look, fill the form that is there, send it?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from app.policy.actor import Actor
from app.web import identity
from tests.support.good_html import assert_good_html

Answers = dict[str, list[str]]


@dataclass
class Seen:
    """An answer of the application, read as a person would."""

    status: int
    html: str
    location: str | None

    @property
    def words(self) -> str:
        """All text of the page's main part, spaces folded."""
        main = next(self.tree().iter("main"), self.tree())
        return " ".join(" ".join(main.itertext()).split())

    @property
    def title(self) -> str:
        return " ".join("".join(next(self.tree().iter("h1")).itertext()).split())

    def fields(self, action: str) -> Answers:
        """What the form to this address would send as it stands."""
        form = next(one for one in self.tree().iter("form") if one.get("action") == action)
        return _answers(form)

    def links(self) -> set[str]:
        return {one.get("href", "") for one in self.tree().iter("a")}

    def actions(self) -> set[str]:
        return {one.get("action", "") for one in self.tree().iter("form")}

    def tree(self) -> Element:
        return html5lib.parse(self.html, namespaceHTMLElements=False)


@dataclass
class Reader:
    """Somebody in front of a browser, acting for one organisation."""

    client: FlaskClient
    acting: list[Actor | None] = field(default_factory=lambda: [None])
    zone: str = "America/Panama"

    def as_(self, actor: Actor | None, *, zone: str = "America/Panama") -> Reader:
        self.acting[0], self.zone = actor, zone
        return self

    def get(self, path: str, *, status: int = 200) -> Seen:
        """Open a page, which must be well made."""
        seen = self._seen(self.client.get(path))
        assert seen.status == status, seen.words
        if status != 303:
            assert_good_html(seen.html)
        return seen

    def submit(self, page: str, action: str | None = None, **changes: Any) -> Seen:
        """Open a page, fill in its form to `action` and send it; what is None is not sent."""
        action = action or page
        return self.send(action, self.get(page).fields(action), **changes)

    def send(self, action: str, fields: Answers, **changes: Any) -> Seen:
        """Send these fields with changes; the answer must be well made if it is a page."""
        whole = {**fields, **changes}
        data = {name: value for name, value in whole.items() if value is not None}
        seen = self._seen(self.client.post(action, data=data))
        if seen.status != 303:
            assert_good_html(seen.html)
        return seen

    def _seen(self, response: Any) -> Seen:
        return Seen(response.status_code, response.get_data(as_text=True), response.location)


def reader_of(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """A reader whose actor the test chooses, behind the walls and guards of every request."""
    reader = Reader(app.test_client())

    def load() -> Actor | None:
        g.zone = reader.zone
        return reader.acting[0]

    monkeypatch.setattr(identity, "_loaders", [load])
    return reader


def _answers(form: Element) -> Answers:
    found: Answers = {}
    for one in form.iter():
        name = one.get("name")
        if not name or one.tag == "button":
            continue
        if one.tag == "select":
            chosen = [o for o in one.iter("option") if o.get("selected") is not None]
            options = chosen or list(one.iter("option"))[:1]
            found.setdefault(name, []).extend(option.get("value", "") for option in options)
        elif one.tag == "textarea":
            found.setdefault(name, []).append("".join(one.itertext()))
        elif one.get("type") in ("checkbox", "radio"):
            if one.get("checked") is not None:
                found.setdefault(name, []).append(one.get("value", "on"))
        else:
            found.setdefault(name, []).append(one.get("value", ""))
    return found
