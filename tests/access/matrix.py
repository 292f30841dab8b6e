"""Which questions does the matrix ask, and which answers are right?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from flask import Flask
from werkzeug.routing import Rule

from tests.access.asking import Answer, Asker, Somebody
from tests.access.canaries import Canaries, Planted
from tests.access.expected import ENDPOINTS, Line
from tests.access.things import Thing, Things

PASSED = frozenset({200, 204, 303, 400, 409, 422, 428})
"""What an answer may be once the guard was passed: also that the form lacks something."""
PARTS = {
    "section": "essentials", "key": "title", "row": "materials", "cell": "note", "number": "1",
    "token": "no-such-token", "filename": "enlace.css",
    "place": "attachments", "verb": "schedule", "of": "HN",
}  # fmt: skip
"""The parts of an address that name no record."""
OF_CASES = {"section": "envelope", "key": "urgency", "table": "persons", "row": "p1",
            "cell": "person_role"}  # fmt: skip
"""The same in the drafts of cases, of which one has this row."""
ENDINGS = {
    "years.table": "csv",
    "reservations.matrix_file": "csv",
    "needs.export": "csv",
    "htcds.own": "xlsx",
    "htcds.received": "csv",
    "reports.of_call": "xlsx",
    "reports.of_edition": "xlsx",
}
CHANGING = re.compile(
    rb"[\w-]{20,}\.[\w-]{6}\.[\w-]{20,}"  # the secret of a form, signed with the second of its making
    rb'|(?<=name="_key" value=")[^"]*|(?<=nonce=")[^"]*|(?<=data-left=")[^"]*'
)


@dataclass(frozen=True)
class Question:
    """Somebody asks an address in one way."""

    who: Somebody
    endpoint: str
    method: str
    htmx: bool
    thing: Thing | None
    path: str

    def __str__(self) -> str:
        about = f" ({self.thing.what})" if self.thing else ""
        way = " as a fragment" if self.htmx else ""
        return f"{self.who}: {self.method} {self.path}{way}{about}"


@dataclass
class Matrix:
    """Every endpoint, role, record, method and way of asking, and the one right answer to each."""

    app: Flask
    asker: Asker
    everybody: list[Somebody]
    things: Things
    canaries: Canaries
    _paths: dict[tuple[str, str | None], str] = field(default_factory=dict)
    _missing: dict[tuple[str, str, str, bool], Answer] = field(default_factory=dict)

    @property
    def one_of_each(self) -> list[Somebody]:
        """One person for each kind of organisation and set of roles, in a few organisations."""
        found: dict[tuple[str, frozenset[str], str], Somebody] = {}
        for one in self.everybody:
            whose = one.organisation if one.organisation in ("hn", "mx", "ca.sponsor") else ""
            found.setdefault((one.kind, one.roles, whose), one)
        return list(found.values())

    def forget(self) -> None:
        """Ask for missing records anew: a rule has changed."""
        self._missing.clear()

    def questions(
        self, people: Iterable[Somebody] | None = None, endpoints: Iterable[str] | None = None,
        ways: tuple[bool, ...] = (False, True),
    ) -> Iterator[Question]:  # fmt: skip
        wanted = None if endpoints is None else set(endpoints)
        for rule in sorted(self.app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
            if rule.endpoint == "static" or (wanted is not None and rule.endpoint not in wanted):
                continue
            for who in self.everybody if people is None else people:
                yield from self._of(rule, who, ways)

    def _of(self, rule: Rule, who: Somebody, ways: tuple[bool, ...]) -> Iterator[Question]:
        line = ENDPOINTS[rule.endpoint]
        things: list[Thing | None] = [*self.things.of(line.record)] if line.record else [None]
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            for htmx in ways:
                for thing in things:
                    path = self._path(rule, thing.id if thing else None)
                    yield Question(who, rule.endpoint, method, htmx, thing, path)

    def _path(self, rule: Rule, record_id: str | None) -> str:
        if (rule.rule, record_id) not in self._paths:
            self._paths[rule.rule, record_id] = self._built(rule, record_id)
        return self._paths[rule.rule, record_id]

    def _built(self, rule: Rule, record_id: str | None) -> str:
        parts = {}
        for name in rule.arguments:
            if name == "ending":
                parts[name] = ENDINGS[rule.endpoint]
            elif name == "key" and "cell" in rule.arguments:
                parts[name] = "persons" if rule.endpoint.startswith("cases.") else "costs"
            else:
                of_kind = OF_CASES if rule.endpoint.startswith("cases.") else {}
                parts[name] = of_kind.get(name) or PARTS.get(name) or record_id
        assert all(parts.values()), f"{rule.endpoint}: what is {parts}?"
        with self.app.test_request_context():
            return self.app.url_for(rule.endpoint, **parts)

    def wrong(self, question: Question) -> str:
        """What is wrong with the answer; empty when it is right."""
        answer = self._ask(question)
        verdict = right(question, answer)
        if not verdict and (leaks := self._leaks(question, answer)):
            verdict = f"shows {leaks[0].table}.{leaks[0].column} of {leaks[0].row.get('id')}"
        if not verdict and self._is_hidden(question):
            verdict = self._differs_from_missing(question, answer)
        return f"{question}: {answer.status}, {verdict}" if verdict else ""

    def _ask(self, question: Question) -> Answer:
        data = {}
        if question.endpoint == "accounts.act_for":
            data["organisation"] = question.who.organisation_id
        if question.endpoint == "needs.start":
            data["call"] = self.things.open_call
        if question.endpoint == "needs.beginning":
            data["for_call"] = self.things.open_call
        return self.asker.ask(
            question.who, question.method, question.path, htmx=question.htmx, data=data
        )

    def _leaks(self, question: Question, answer: Answer) -> list[Planted]:
        return self.canaries.leaked(question.who, question.endpoint, answer.all_shown)

    def _is_hidden(self, question: Question) -> bool:
        thing = question.thing
        return thing is not None and thing.what != "missing" and not thing.exists_for(question.who)

    def _differs_from_missing(self, question: Question, answer: Answer) -> str:
        thing = question.thing
        assert thing is not None
        place = (str(question.who), question.endpoint, question.method, question.htmx)
        missing = self.things.missing
        if place not in self._missing:
            path = question.path.replace(thing.id, missing)
            self._missing[place] = self.asker.ask(
                question.who, question.method, path, htmx=question.htmx
            )
        nothing = self._missing[place]
        alike = (nothing.status, _plain(nothing.body, missing, thing.id), nothing.location) == (
            answer.status, _plain(answer.body, missing, thing.id), answer.location.replace(thing.id, missing)
        )  # fmt: skip
        difference = _first_difference(
            _plain(nothing.body, missing, thing.id), _plain(answer.body, missing, thing.id)
        )
        return "" if alike else f"a missing one is answered otherwise: {difference}"


def _plain(body: bytes, *record_ids: str) -> bytes:
    plain = CHANGING.sub(b"", body)
    for (
        record_id
    ) in record_ids:  # which may also be the reader's own organisation, named on the page
        plain = plain.replace(record_id.encode(), b"ID")
    return plain


def _first_difference(one: bytes, other: bytes) -> str:
    place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    around = slice(max(place - 60, 0), place + 60)
    return f"{one[around]!r} and {other[around]!r}"


def decision(question: Question) -> str:
    """public, sign-in, forbidden, missing or passed: what the hand-written lines say."""
    line: Line = ENDPOINTS[question.endpoint]
    if line.who is None:
        return "public"
    if not question.who.is_signed_in:
        return "sign-in"
    if not question.who.roles & line.who:
        return "forbidden"
    if question.endpoint.startswith("delegation.") and question.who.kind != "delegation":
        return "forbidden"
    if question.thing is not None and not question.thing.exists_for(question.who):
        return "missing"
    return "passed"


def right(question: Question, answer: Answer) -> str:
    """Empty when the answer is the right one, else what was expected."""
    expected = decision(question)
    if expected == "public":
        return "" if answer.status in PASSED | {404, 429} else "a public page"
    if expected in ("sign-in", "forbidden", "missing") and answer.committed:
        return "something was changed"
    if expected == "sign-in":
        asks = 303 if question.method == "GET" and not question.htmx else 401
        return "" if answer.status == asks else f"expected {asks}"
    if expected == "passed":
        return "" if answer.status in PASSED else "should have been let in"
    wanted = 403 if expected == "forbidden" else 404
    return "" if answer.status == wanted else f"expected {wanted}"
