"""How does a test ask any address of Enlace as anybody, leaving everything as it was?

What a request would commit is written, counted and rolled back, so that every question finds the same
world. Everything before the commit, the walls included, is the product's own.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from app import clock
from app.accounts import tokens
from app.accounts.factors.models import Factor
from app.accounts.models import Person, SignIn
from app.audit import trail
from app.db.base import new_id
from app.db.transactions import transaction
from app.extensions import db
from app.organisations.models import Membership, Organisation
from app.web import transaction as commit_point

DAY = timedelta(days=1)
NOBODY = "nobody"
SEALED = (b"PK\x03\x04", b"%PDF-")
"""How files begin in which text must be looked for otherwise."""
CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """A browser in which somebody acts for an organisation, or in which nobody is signed in."""

    key: str
    kind: str = NOBODY
    organisation: str = ""
    """The organisation's key."""
    organisation_id: str = ""
    person_id: str = ""
    roles: frozenset[str] = frozenset()
    token: str = ""
    sign_in_id: str = ""

    @property
    def is_signed_in(self) -> bool:
        return self.kind != NOBODY

    def __str__(self) -> str:
        return f"{self.key} for {self.organisation or 'nobody'}"


@dataclass(frozen=True)
class Answer:
    """What came back, and whether the request would have changed something."""

    status: int
    body: bytes
    location: str
    name: str
    """What the answer calls the file that it is, if it is one."""
    committed: bool

    @property
    def all_shown(self) -> bytes:
        """Everything a reader gets to see."""
        return (
            self.body
            if self.body.startswith(SEALED)
            else b" ".join((self.body, self.location.encode(), self.name.encode()))
        )


@dataclass
class Asker:
    """Asks as anybody; one client for each person, each with the secret of its forms."""

    app: Flask
    commits: list[int] = field(default_factory=lambda: [0])
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    csrf: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self, who: Somebody, method: str, path: str, *, htmx: bool = False,
        data: dict[str, Any] | None = None,
    ) -> Answer:  # fmt: skip
        """One request, with everything a form of Enlace carries."""
        client, headers = self.client(who), {"Cookie": self.cookies[str(who)]}
        if htmx:
            headers["HX-Request"] = "true"
        form = None
        if method != "GET":
            form = {
                "csrf_token": self.csrf[str(who)],
                "_key": secrets.token_hex(16),
                **(data or {}),
            }
            if who.is_signed_in:
                form.setdefault("_acting", who.organisation_id)
        before = self.commits[0]
        response = client.open(path, method=method, headers=headers, data=form)
        body = b"".join(response.iter_encoded())
        response.close()
        return Answer(
            response.status_code, body, response.location or "",
            response.headers.get("Content-Disposition", ""), self.commits[0] > before,
        )  # fmt: skip

    def client(self, who: Somebody) -> FlaskClient:
        name = str(who)
        if name not in self.clients:
            first = self.app.test_client()
            if who.token:
                with first.session_transaction() as session:
                    session["sign_in"] = who.token
            page = first.get("/me" if who.is_signed_in else "/demo/sign-in")
            found = CSRF.search(page.get_data(as_text=True))
            assert found, f"{name}: {page.status_code}"
            cookie = first.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
            assert cookie is not None
            # The same cookie each time: that an answer signs somebody out changes nothing here.
            self.cookies[name] = f"{cookie.key}={cookie.value}"
            self.clients[name] = self.app.test_client(use_cookies=False)
            self.csrf[name] = found[1]
        return self.clients[name]


@contextmanager
def nothing_stays(patch: pytest.MonkeyPatch, asker: Asker) -> Iterator[None]:
    """Within the block a request writes all that it would commit, and rolls it back."""

    def write_and_roll_back(response: Any) -> None:
        session = db.session()
        session.flush()
        trail.append_queued(session)
        session.rollback()
        trail.forget_queued(session)
        asker.commits[0] += 1

    with patch.context() as within:
        within.setattr(commit_point, "_commit", write_and_roll_back)
        yield


class Cast:
    """Everybody who asks: the people of the demonstration, and some who may no longer."""

    def __init__(self) -> None:
        self.everybody: list[Somebody] = [Somebody(key="anonymous")]
        with transaction(writing=True) as session:
            self._add_the_missing(session)
            session.flush()
            self._sign_everybody_in(session)

    def _add_the_missing(self, session: Any) -> None:
        add = Adding(session)
        add.person("hn.alternate", "hn", "alternate")
        add.person("mx.legal", "mx", "legal_adviser")
        add.person("sv.reader", "sv", "member_reader")
        add.person("civil.society", "civil", "civil_society_focal_point", kind="civil_society")
        add.person("ca.reader", "ca.sponsor", "sponsor_reader")
        add.person("hn.disabled", "hn", "focal_point", active=False)
        add.person("st.left", "st", "coordinator", ended=True)
        add.person("gone.focal", "gone", "focal_point", kind="delegation", organisation_ended=True)
        add.person("iom.left", "iom", "sponsor_pledger", ended=True)

    def _sign_everybody_in(self, session: Any) -> None:
        rows = session.execute(
            db.select(Person, Organisation, Membership)
            .join(Membership, Membership.person_id == Person.id)
            .join(Organisation, Organisation.id == Membership.organisation_id)
            .order_by(Person.key, Organisation.key, Membership.role)
        ).all()
        seats: dict[tuple[str, str], list[Any]] = {}
        for person, organisation, membership in rows:
            seats.setdefault((person.id, organisation.id), []).append(
                (person, organisation, membership)
            )
        for held in seats.values():
            person, organisation, _ = held[0]
            living = [m for _, _, m in held if m.ended_at is None]
            is_in = person.active and organisation.ended_at is None and bool(living)
            self._add(session, person, organisation, {m.role for m in living}, is_in)
        self._expired(session)

    def _add(
        self, session: Any, person: Any, organisation: Any, roles: set[str], is_in: bool,
        expired: bool = False,
    ) -> None:  # fmt: skip
        token, row = tokens.new(), new_id()
        now = clock.real_now()
        session.add(SignIn(
            id=row, token_hash=tokens.digest(token), person_id=person.id, browser="Tests",
            organisation_id=organisation.id, created_at=now - DAY, seen_at=now + DAY,
            expires_at=now - DAY if expired else now + 7 * DAY,
        ))  # fmt: skip
        session.flush()
        is_begun = Factor.person_id == person.id, Factor.confirmed_at.is_(None)
        session.execute(update(Factor).where(*is_begun).values(begun_in=row))
        name = f"{person.key}{' (expired)' if expired else ''}"
        if is_in and not expired:
            self.everybody.append(Somebody(
                key=name, kind=organisation.kind, organisation=organisation.key, token=token,
                organisation_id=organisation.id, person_id=person.id, roles=frozenset(roles),
                sign_in_id=row,
            ))  # fmt: skip
        else:
            self.everybody.append(Somebody(key=name, token=token))

    def _expired(self, session: Any) -> None:
        person, organisation = session.execute(
            db.select(Person, Organisation)
            .join(Membership, Membership.person_id == Person.id)
            .join(Organisation, Organisation.id == Membership.organisation_id)
            .where(Person.key == "st.coordinator")
        ).one()
        self._add(session, person, organisation, {"coordinator"}, True, expired=True)

    @cached_property
    def of(self) -> dict[str, Somebody]:
        """By key; of somebody with two organisations the first."""
        found: dict[str, Somebody] = {}
        for one in self.everybody:
            found.setdefault(one.key, one)
        return found


@dataclass
class Adding:
    session: Any

    def person(
        self, key: str, organisation: str, role: str, *, kind: str = "", active: bool = True,
        ended: bool = False, organisation_ended: bool = False,
    ) -> None:  # fmt: skip
        now = clock.now()
        acting = self.session.scalar(
            db.select(Organisation).where(Organisation.key == organisation)
        )
        if acting is None:
            acting = Organisation(
                id=new_id(), key=organisation, kind=kind, country=None, name_es=organisation,
                name_en=organisation, created_at=now,
                ended_at=now if organisation_ended else None,
            )  # fmt: skip
            self.session.add(acting)
        person = Person(
            id=new_id(), key=key, name=f"Name of {key}", email=f"{key}@example.org", active=active,
            fs_uniquifier=new_id(), password=None, created_at=now,
        )  # fmt: skip
        self.session.add(person)
        self.session.flush()
        self.session.add(Membership(
            id=new_id(), person_id=person.id, organisation_id=acting.id, role=role, created_at=now,
            ended_at=now if ended else None,
        ))  # fmt: skip
