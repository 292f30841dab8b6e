"""What do the pages cost: the form, the certification, one saved field?"""

from __future__ import annotations

import itertools
import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.clients import CLIENTS, Measured, Request, Visitor, interleaved, timed
from bench.servers import served
from bench.world import application, drafts, store_needs

FLOOR_ANSWERS = {
    "modality": "1", "languages": ["0", "1"], "interpretation": "no", "window_from": "2004-08-02",
    "window_to": "2004-10-29", "group_min": "15", "group_max": "40", "place": "Tegucigalpa",
    "can_host": "yes", "host_offer": "Sala y logística. " * 10, "childcare": "no",
}  # fmt: skip
CHOICES = {"members": "named", "sponsors": "unnamed", "released": "title"}


class Floor:
    """A signed-in visitor of the floor."""

    def __init__(self, port: int) -> None:
        self.visitor = Visitor(port)
        self.visitor.ask("GET", "/sign-in", expect=200)
        page = self.visitor.ask("GET", "/form", expect=200)
        self.token = _found(r'name="csrf_token"[^>]*value="([^"]+)"', page)

    def gets(self) -> Iterator[Request]:
        while True:
            yield lambda: _done(self.visitor.ask("GET", "/form", expect=200))

    def posts(self) -> Iterator[Request]:
        while True:
            answers = {**FLOOR_ANSWERS, "csrf_token": self.token}
            yield lambda answers=answers: _done(
                self.visitor.ask("POST", "/form", answers, expect=303)
            )


def signed_in(port: int, person: str) -> Visitor:
    """The browser of somebody of the demonstration."""
    visitor = Visitor(port)
    page = visitor.ask("GET", "/demo/sign-in", expect=200)
    token = _found(r'name="csrf_token" value="([^"]+)"', page)
    visitor.ask("POST", "/demo/sign-in", {"person": person, "csrf_token": token}, expect=303)
    return visitor


class Delegation:
    """A focal point of Honduras, signed in, with drafts of her own to work on."""

    def __init__(self, port: int, needs: list[str]) -> None:
        self.visitor, self.needs = signed_in(port, "hn.focal"), needs
        page = self.visitor.ask("GET", f"/needs/{needs[0]}/sections/delivery", expect=200)
        self.token = _found(r'name="csrf_token" value="([^"]+)"', page)
        self.acting = _found(r'name="_acting" value="([^"]+)"', page)
        self.draft = _found(r'name="_revision\.\w+" value="(\w+):', page)
        self.revision = 1

    def form_gets(self) -> Iterator[Request]:
        path = f"/needs/{self.needs[0]}/sections/delivery"
        while True:
            yield lambda: _done(self.visitor.ask("GET", path, expect=200))

    def certifications(self) -> Iterator[Request]:
        for need in self.needs[1:]:  # the first stays a draft, for the other works
            path = f"/needs/{need}/certification"
            answers = self.visitor.ask("GET", f"/needs/{need}/check", expect=200)
            shown = {**CHOICES, "shown": _found(r"certification\?shown=(\w+)", answers)}
            asked = "&".join(f"{name}={value}" for name, value in shown.items())
            page = self.visitor.ask("GET", f"{path}/preview?{asked}", expect=200)
            sent = {**shown, "preview_hash": _found(r'name="preview_hash" value="(\w+)"', page),
                    "lang": "es", "csrf_token": self.token, "_acting": self.acting,
                    "_key": secrets.token_urlsafe(18)}  # fmt: skip
            yield lambda need=need, sent=sent: _done(
                self.visitor.ask("POST", f"/needs/{need}/certification", sent, expect=303)
            )

    def saves(self) -> Iterator[Request]:
        for number in itertools.count():
            yield lambda number=number: self._save(f"Entrevista a posibles víctimas {number}")

    def _save(self, title: str) -> None:
        headers = {"X-CSRFToken": self.token, "X-Acting": self.acting, "HX-Request": "true",
                   "Idempotency-Key": secrets.token_hex(16)}  # fmt: skip
        body = {"title": title, "_revision.title": f"{self.draft}:{self.revision}"}
        path = f"/needs/{self.needs[0]}/answers/title"
        self.visitor.ask("PUT", path, body, headers, expect=200)
        self.revision += 1


def _done(_body: str) -> None:
    """The answer was right; nothing more is wanted of it."""


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise RuntimeError(f"the page does not hold {pattern}")
    return match.group(1)


def measure(database: str, urls: Callable[[str], str], folder: Path, *, rounds: int,
            each: int, stored: int = 10_000) -> list[dict[str, object]]:  # fmt: skip
    """The rows of every work that goes over HTTP, on one database."""
    wanted = CLIENTS * (each * (rounds + 1) + 1)
    with application(urls("small"), folder / "small"):
        small = drafts(wanted)
    with application(urls("large"), folder / "large"):
        large = drafts(CLIENTS)
        store_needs(stored)
    environment = {"ENLACE_ENV": "demonstration", "ENLACE_BASE_URL": "http://127.0.0.1"}
    with (
        served("bench.floor:app", FLOOR_DATABASE_URL=urls("floor")) as floor_port,
        served("wsgi:app", ENLACE_DATABASE_URL=urls("small"), **environment,
               ENLACE_INSTANCE=str(folder / "small")) as small_port,
        served("wsgi:app", ENLACE_DATABASE_URL=urls("large"), **environment,
               ENLACE_INSTANCE=str(folder / "large")) as large_port,
    ):  # fmt: skip
        Visitor(floor_port).ask("GET", "/make", expect=200)
        floors = [Floor(floor_port) for _ in range(CLIENTS)]
        share = len(small) // CLIENTS
        own = [Delegation(small_port, small[n * share : (n + 1) * share]) for n in range(CLIENTS)]
        many = [Delegation(large_port, [large[n]]) for n in range(CLIENTS)]
        return list(_works(database, floors, own, many, rounds, each))


def _works(database: str, floors: list[Floor], own: list[Delegation], many: list[Delegation],
           rounds: int, each: int) -> Iterator[dict[str, object]]:  # fmt: skip
    def side(sources: list[Iterator[Request]]) -> Callable[[], list[float]]:
        return lambda: timed(sources, each)

    def against(floor: list[Iterator[Request]], enlace: list[Iterator[Request]]) -> Measured:
        return interleaved(rounds, side(floor), side(enlace))

    gets, posts = [f.gets() for f in floors], [f.posts() for f in floors]
    forms = [d.form_gets() for d in own]
    yield against(gets, forms).row("need-form-get", database, what="a section with fifteen fields")
    yield against(posts, [d.saves() for d in own]).row(
        "field-save", database, what="one PUT of one field, with history and audit")  # fmt: skip
    yield against(posts, [d.certifications() for d in own]).row(
        "need-submit-post", database, what="certification of a prepared draft")  # fmt: skip
    yield against(forms, [d.form_gets() for d in many]).row(
        "need-form-get-growth", database, what="the section with 10,000 needs stored; the floor is"
        " the same with none")  # fmt: skip
