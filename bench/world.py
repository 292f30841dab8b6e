"""On what does Enlace work in the measurement: people, a call, drafts, and thousands of needs?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask

import config
from app import clock, create_app
from app.accounts.models import Person
from app.audit.commit import committed
from app.calls.models import Call, CallInvitation
from app.cli.actors import actor_of
from app.cli.demo.people import seed_people
from app.cli.demo.world import BEGINS_AT
from app.cli.records import publish_formats
from app.db import installation
from app.db.base import new_id
from app.db.scoping import BARE, SYSTEM, scoped
from app.db.transactions import transaction
from app.extensions import db
from app.intake import drafting
from app.intake.models import Answer, AnswerRow, Dossier, Draft, Version
from app.needs.format import NEED
from app.needs.models import Need, NeedAudience, NeedCode, NeedFact
from app.organisations.models import Membership
from app.policy.actor import Role

CHUNK = 2000
CALL = "2004"
"""Code of the call in which needs are stored."""
DOCUMENT: dict[str, Any] = {
    "title": "Entrevista a posibles víctimas en puestos fronterizos",
    "gap": "En el turno de noche no hay quien entreviste. " * 20,
    "themes": ["T2", "T3", "T14"],
    "audience": [
        {"id": "rowaaaaaaaaaaaaaaaa1", "profile": "prosecutor", "women": 12, "men": 8},
        {"id": "rowaaaaaaaaaaaaaaaa2", "profile": "consular", "total": 20},
    ],
    "duration": {"unit": "days", "count": 4, "hours": "6"},
    "modality": "in_person",
    "languages": ["es"],
    "window_from": "2004-08-02",
    "window_to": "2004-10-29",
    "group_min": 15,
    "group_max": 40,
    "accessibility": "Edificio con rampa y ascensor.",
}
"""A need as a delegation writes it."""


def settings(url: str, folder: Path) -> config.Settings:
    return config.Settings(
        environment="demonstration", instance=folder, database_url=url,
        secret_key="the bench's secret, of no use elsewhere", password_salt="the bench's salt",
        base_url="http://127.0.0.1",
    )  # fmt: skip


@contextmanager
def application(url: str, folder: Path) -> Iterator[Flask]:
    """The application on a fresh database with people and an open call."""
    folder.mkdir(parents=True, exist_ok=True)
    app = create_app(settings(url, folder))
    with app.app_context():
        with scoped(BARE, writing=True):
            flask_migrate.upgrade()
        with clock.stopped_at(BEGINS_AT):
            _people_and_call()
        yield app
        db.session.remove()
        db.engine.dispose()


def _people_and_call() -> None:
    with transaction(writing=True) as session:
        installation.describe(session, installation.PREPARING, BEGINS_AT)
    publish_formats()
    with committed():
        seed_people()
    with transaction(writing=True) as session:
        installation.describe(session, installation.DEMONSTRATION, BEGINS_AT)
        now, call = clock.now(), _call(CALL)
        session.add(call)
        session.flush()
        honduras = actor_of("hn.focal").organisation_id
        session.add(CallInvitation(call_id=call.id, organisation_id=honduras, invited_at=now))


def _call(code: str) -> Call:
    now = clock.now()
    return Call(id=new_id(), code=code, title_es="Necesidades", title_en="Needs",
                format_name="need", format_version=NEED.version, zone="America/Panama",
                state="open", created_at=now, opens_at=now - timedelta(days=5),
                closes_at=now + timedelta(days=30))  # fmt: skip


def call_id(code: str) -> str:
    """The id of a call."""
    with transaction(writing=False) as session:
        return session.scalars(db.select(Call.id).where(Call.code == code)).one()


def another_call(code: str) -> str:
    """The id of one more call, in which nothing stands yet."""
    with transaction(writing=True) as session:
        call = _call(code)
        session.add(call)
        return call.id


def drafts(count: int) -> list[str]:
    """So many complete drafts of Honduras; the ids of their needs."""
    made = []
    with scoped(SYSTEM, writing=True):
        actor = actor_of("hn.focal")
        call = db.session.scalars(db.select(Call)).one()
        for number in range(count):
            dossier = _dossier(actor, call, f"D{number}", state="draft")
            db.session.add(dossier)
            db.session.flush()
            db.session.add(Need(id=dossier.id, organisation_id=dossier.organisation_id,
                                call_id=call.id))  # fmt: skip
            draft = drafting.open_draft(actor, dossier, NEED)
            drafting.fill_from(actor, draft, NEED, DOCUMENT)
            made.append(dossier.id)
        db.session.commit()
    return made


def colleagues(count: int) -> list[str]:
    """So many contributors of Honduras more; the names by which they sign in."""
    keys = [f"bench.{number}" for number in range(count)]
    now = clock.now()
    with scoped(SYSTEM, writing=True):
        honduras = actor_of("hn.focal").organisation_id
        for key in keys:
            person = Person(id=new_id(), key=key, name=key, email=f"{key}@example.org",
                            fs_uniquifier=new_id(), created_at=now)  # fmt: skip
            db.session.add(person)
            db.session.flush()
            db.session.add(Membership(id=new_id(), person_id=person.id, organisation_id=honduras,
                                      role=Role.CONTRIBUTOR, created_at=now))  # fmt: skip
        db.session.commit()
    return keys


def _dossier(actor: Any, call: Call, mark: str, *, state: str) -> Dossier:
    now = clock.now()
    return Dossier(
        id=new_id(), organisation_id=actor.organisation_id, call_id=call.id, format_name="need",
        format_version=NEED.version, reference=f"HND-2004-{mark}", state=state,
        started_by=actor.person_id, created_at=now, changed_at=now,
    )  # fmt: skip


def store_needs(
    count: int, mark: str = "S", *, answered: bool = True, code: str = CALL
) -> None:  # fmt: skip
    """So many accepted needs with versions and facts, and with drafts and answers, in bulk."""
    with scoped(SYSTEM, writing=True):
        actor = actor_of("hn.focal")
        call = db.session.scalars(db.select(Call).where(Call.code == code)).one()
        for first in range(0, count, CHUNK):
            _store(actor, call, range(first, min(first + CHUNK, count)), mark, answered)
            db.session.commit()


def _store(actor: Any, call: Call, numbers: range, mark: str, answered: bool) -> None:
    now, org = clock.now() - timedelta(days=2), actor.organisation_id
    rows: dict[Any, list[dict[str, Any]]] = {
        model: [] for model in (Dossier, Need, Draft, AnswerRow, Answer, Version, NeedFact, NeedCode,
                                NeedAudience)
    }  # fmt: skip
    for number in numbers:
        need, version, draft = new_id(), new_id(), new_id()
        rows[Dossier].append({
            "id": need, "organisation_id": org, "call_id": call.id, "format_name": "need",
            "format_version": 1, "reference": f"HND-2004-{mark}{number}", "state": "accepted",
            "is_submitted": True, "latest_version_id": version, "accepted_version_id": version,
            "versions_count": 1, "started_by": actor.person_id, "created_at": now,
            "changed_at": now - timedelta(seconds=number),
        })  # fmt: skip
        rows[Need].append({"id": need, "organisation_id": org, "call_id": call.id})
        rows[Draft].append({
            "id": draft, "organisation_id": org, "dossier_id": need, "format_version": 1,
            "title": "", "opened_by": actor.person_id, "opened_at": now, "saved_at": now,
            "closed_at": now,
        })  # fmt: skip
        rows[Answer] += [
            {"draft_id": draft, "row_id": "", "key": key, "organisation_id": org, "value": value,
             "revision": 1, "saved_by": actor.person_id, "saved_at": now}
            for key, value in DOCUMENT.items() if key != "audience"
        ]  # fmt: skip
        rows[Version].append({
            "id": version, "organisation_id": org, "dossier_id": need, "number": 1,
            "format_version": 1, "title": f"Capacitación {number}", "document": "{}", "hash": "0" * 64,
            "receipt": f"HND-2004-{mark}{number}-1", "lang": "es", "certified_by": actor.person_id,
            "certified_name": "De prueba", "certified_role": "focal_point", "certified_at": now,
        })  # fmt: skip
        facts = fact_rows(number, version=version, need=need, org=org, call=call.id, at=now)
        for model, made in facts.items():
            rows[model] += made
    if not answered:
        del rows[Draft], rows[Answer]
    for model, made in rows.items():
        if made:
            db.session.execute(db.insert(model.__table__), made)


COUNTRIES = ("BZ", "CA", "CR", "DO", "GT", "HN", "MX", "NI", "PA", "SV", "US")
PROFILES = ("prosecutor", "consular", "judge", "border_first", "investigator", "trainer")
BANDS = ("up_to_1_day", "2_to_3_days", "1_week", "2_to_4_weeks", "longer")
MODALITIES = ("in_person", "virtual_live", "blended", "study_visit")


def fact_rows(number: int, *, version: str, need: str, org: str, call: str,
              at: Any) -> dict[Any, list[dict[str, Any]]]:  # fmt: skip
    """The facts of one need, spread over every dimension."""
    people, hours = 10 + number % 30, 8 + number % 60
    own = {"version_id": version, "organisation_id": org}
    themes = [f"T{1 + number % 20}", f"T{1 + (number + 7) % 20}"]
    fact = own | {
        "need_id": need, "call_id": call, "country": COUNTRIES[number % 11],
        "title": f"Capacitación {number}", "themes": " ".join(themes),
        "urgency": 1 + number % 9, "duration_band": BANDS[number % 5], "duration_unit": "days",
        "duration_count": 3, "modality": MODALITIES[number % 4], "participants": people * 2,
        "women": people, "men": people, "not_stated": 0, "course_hours": hours,
        "participant_hours": hours * people * 2, "valid_from": at, "valid_to": None,
    }  # fmt: skip
    codes = [own | {"dimension": "theme", "code": code} for code in dict.fromkeys(themes)]
    codes.append(own | {"dimension": "language", "code": ("es", "en")[number % 2]})
    audience = [
        own | {"profile": PROFILES[(number + n) % 6], "participants": people, "women": people,
               "men": 0, "not_stated": 0}
        for n in range(2)
    ]  # fmt: skip
    return {NeedFact: [fact], NeedCode: codes, NeedAudience: audience}
