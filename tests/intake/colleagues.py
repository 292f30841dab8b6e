"""How does a colleague save in a draft through a server, and what does she know of what is stored?

She sends what saving.js and the plain forms send, and repeats word for word what may not have arrived.
"""

from __future__ import annotations

import http.client
import secrets
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from flask import Flask

from app.accounts import actions as accounts
from app.audit.commit import committed
from app.extensions import db
from app.intake.seen import NOTHING, Seen, read
from app.organisations import actions
from app.organisations.models import Organisation
from app.policy.actor import Role
from tests.accounts.house import Browser, House
from tests.intake.ledger import REVISION, Ledger, Place, Span, Told, after
from tests.support.patience import SECONDS

NAMES = ("Ana Zelaya", "Beto Cruz", "Carla Mejía", "Dora Ñáñez", "Elvin Paz", "Fidel Soto")
PASSING = (502, 503, 504)
"""After these the same request is sent again, as saving.js does."""
PAUSE = 0.05


@dataclass(frozen=True)
class Request:
    """What is sent, and again if need be: always the same under the same key."""

    method: str
    path: str
    fields: dict[str, Any]
    key: str = field(default_factory=lambda: secrets.token_hex(16))


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    location: str
    is_replayed: bool
    when: Span = (0, 0)
    """From the first sending to the answer."""

    def revisions(self) -> dict[str, Seen]:
        """Input name -> what the answer says is stored."""
        return {name: read(sent) or NOTHING for name, sent in REVISION.findall(self.text)}


@dataclass
class Colleague:
    """Somebody of Honduras with a window open on a draft."""

    name: str
    person_id: str
    headers: dict[str, str]
    ports: Sequence[int]
    ledger: Ledger
    knows: dict[Place, Seen] = field(default_factory=dict)
    """What her window shows at each place; nothing where it is not named."""
    trouble: Counter[str] = field(default_factory=Counter)
    """How often a line broke before an answer came."""

    def send(self, request: Request, server: int = 0) -> Answer:
        """Send it until an answer comes that is no passing trouble."""
        broken, began = 0, time.monotonic()
        while time.monotonic() < began + SECONDS:
            try:
                answer = self._once(request, self.ports[server % len(self.ports)])
            except (OSError, http.client.HTTPException):
                broken += 1
            else:
                if answer.status not in PASSING:
                    self._note_trouble(answer, broken)
                    return replace(answer, when=(began, time.monotonic()))
            time.sleep(PAUSE)
        raise AssertionError(f"nobody answers {request.method} {request.path}")

    def _note_trouble(self, answer: Answer, broken: int) -> None:
        if broken:
            self.trouble["requests broken off"] += 1
            self.trouble["of these stored before"] += answer.is_replayed

    def _once(self, request: Request, port: int) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        try:
            headers = self.headers | {"Idempotency-Key": request.key}
            body = urlencode(request.fields, doseq=True)
            connection.request(request.method, request.path, body, headers)
            got = connection.getresponse()
            text = got.read().decode()
        finally:
            connection.close()
        is_replayed = got.headers.get("Idempotency-Replayed") == "true"
        return Answer(got.status, text, got.headers.get("Location", ""), is_replayed)

    def request(self, need: str, place: Place, value: str) -> Request:
        """The save of one place over what her window shows."""
        row, key = place
        address, name = key, name_of(place)
        if row:
            address = name.replace(".", "/")
        revision = str(self.knows.get(place, NOTHING))
        return Request("PUT", f"/needs/{need}/answers/{address}",
                       {name: value, f"_revision.{name}": revision})  # fmt: skip

    def save(self, need: str, place: Place, value: str, server: int = 0) -> tuple[Request, Answer]:
        """Save one place; her window then shows what the answer says, except over a conflict."""
        seen, request = self.knows.get(place, NOTHING), self.request(need, place, value)
        answer = self.send(request, server)
        self.note_save(request, place, seen, value, answer)
        return request, answer

    def note_save(
        self, request: Request, place: Place, seen: Seen, value: str, answer: Answer
    ) -> None:
        """Remember what she was told; her window shows it unless she has to choose."""
        told = Told.of_save(self.person_id, place, seen, value, request.key, answer)
        self.ledger.note(told)
        if told.is_acknowledged:
            self.knows[place] = told.stored

    def restore(self, need: str, event: str, place: Place, value: str, server: int = 0) -> None:
        """Bring back what an event of the history says, over what her window shows."""
        seen = self.knows.get(place, NOTHING)
        request = Request("POST", f"/needs/{need}/restoration",
                          {"event": event, "revision": str(seen)})  # fmt: skip
        answer = self.send(request, server)
        self.ledger.note(Told(self.person_id, place, seen, value, request.key, answer.status,
                              answer.text, after(seen), answer.when, is_restoration=True))  # fmt: skip

    def look(self, need: str, place: Place, server: int = 0) -> None:
        """Ask for one answer as it stands, as her window does when told of a change."""
        address = name_of(place).replace(".", "/") if place[0] else place[1]
        answer = self.send(Request("GET", f"/needs/{need}/answers/{address}", {}), server)
        if answer.status == 200:  # a row that is gone is not there to be looked at
            self.knows[place] = answer.revisions()[name_of(place)]


def name_of(place: Place) -> str:
    """The name of the input of a place."""
    row, key = place
    table, _dot, cell = key.partition(".")
    return f"{table}.{row}.{cell}" if row else key


def place_of(name: str) -> Place:
    """The place of an input."""
    table, _dot, rest = name.partition(".")
    row, _dot, cell = rest.partition(".")
    return (row, f"{table}.{cell}") if cell else ("", name)


def colleagues(app: Flask, house: House, many: int, ports: Sequence[int]) -> list[Colleague]:
    """So many contributors of Honduras, each signed in in a browser of her own."""
    ledger = Ledger()
    with app.app_context(), committed():
        honduras = db.session.get_one(Organisation, house.organisations["hn"])
        for name in NAMES[:many]:
            key = "hn." + name.split()[0].lower()
            made = accounts.create_person(
                name=name, email=f"{key}@example.org", lang="es", zone="America/Tegucigalpa",
                password=None, key=key,
            )  # fmt: skip
            house.people[key] = made.id
            actions.give_role(None, honduras, made.id, Role.CONTRIBUTOR)
            db.session.flush()
    return [_signed_in(app, house, name, ports, ledger) for name in NAMES[:many]]


def _signed_in(
    app: Flask, house: House, name: str, ports: Sequence[int], ledger: Ledger
) -> Colleague:
    key = "hn." + name.split()[0].lower()
    browser = Browser(app).be(house, key)
    hidden = browser.hidden(browser.get("/me"))
    cookie = browser.client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    headers = {
        "Cookie": f"{cookie.key}={cookie.value}", "X-CSRFToken": hidden["csrf_token"],
        "X-Acting": house.organisations["hn"], "Accept-Language": "es",
        "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
    return Colleague(name, house.people[key], headers, ports, ledger)
