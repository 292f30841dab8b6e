"""Whom can mail of the tests reach, and what does it say?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from jinja2 import DictLoader

from app import clock
from app.accounts.models import Invitation, Person
from app.db.transactions import transaction
from app.organisations.models import Membership, Organisation
from app.outbox import kinds, letters

TEMPLATES = {
    "plain.es.txt": "Recibimos su necesidad\nVea {{ link }} ({{ number|number }}).",
    "plain.en.txt": "We have your need\nSee {{ link }} ({{ number|number }}).",
    "layout.es.txt": "Estimado/a {{ name }}:\n\n{{ text }}\n",
    "layout.en.txt": "Dear {{ name }},\n\n{{ text }}\n",
    "hostile.es.txt": "{{ word }}\n{{ word }} {{ link }}",
    "hostile.en.txt": "{{ word }}\n{{ word }} {{ link }}",
    "when.es.txt": "Cierre\n{{ at|instant }} / {{ at|instant('America/Tegucigalpa') }} / {{ day|day }}",
    "when.en.txt": "Close\n{{ at|instant }} / {{ at|instant('America/Tegucigalpa') }} / {{ day|day }}",
    "broken.es.txt": "Asunto\n{{ nothing_of_the_kind }}",
    "broken.en.txt": "Subject\n{{ nothing_of_the_kind }}",
}
AT = datetime(2004, 5, 28, 23, 0, tzinfo=UTC)


@pytest.fixture
def post_office(app: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Kinds and templates of the tests, beside those of Enlace, inside an application."""
    monkeypatch.setattr(letters._environment, "loader", DictLoader(TEMPLATES))
    monkeypatch.setattr(letters._environment, "cache", None)
    known = {
        **kinds._kinds,
        "plain": lambda params, one: {"path": f"/needs/{params['need']}", "number": 18400},
        "hostile": lambda params, one: {"word": params["word"]},
        "when": lambda params, one: {"at": AT, "day": AT.date()},
        "broken": lambda params, one: {},
    }
    monkeypatch.setattr(kinds, "_kinds", known)
    with app.app_context():
        yield


def add(*records: Any) -> None:
    with transaction(writing=True) as session:
        for record in records:
            session.add(record)
            session.flush()


def person(key: str, **more: Any) -> Person:
    about = {
        "name": f"Persona {key}",
        "email": f"{key}@example.org",
        "lang": "es",
        "active": True,
        "zone": "America/Panama",
    }
    return Person(
        id=key, key=None, password=None, fs_uniquifier=key,
        created_at=clock.now(), **{**about, **more},
    )  # fmt: skip


def organisation(key: str, kind: str = "delegation", **more: Any) -> Organisation:
    return Organisation(id=key, key=key, kind=kind, country=None, name_es=key, name_en=key,
                        created_at=clock.now(), **more)  # fmt: skip


def seat(who: str, where: str, role: str, **more: Any) -> Membership:
    return Membership(
        person_id=who, organisation_id=where, role=role, created_at=clock.now(), **more
    )


def invitation(key: str, where: str, by: str, **more: Any) -> Invitation:
    times = {"expires_at": clock.real_now() + timedelta(hours=1), **more}
    return Invitation(id=key, token_hash=key, organisation_id=where, email=f"{key}@example.org",
                      name=f"Invitada {key}", role="contributor", lang="en", invited_by=by,
                      created_at=clock.now(), **times)  # fmt: skip
