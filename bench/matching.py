"""How does matching one group with a thousand offers grow when there are ten thousand?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from app import clock
from app.cli.actors import actor_of
from app.db.base import new_id
from app.db.scoping import SYSTEM, scoped
from app.extensions import db
from app.formats.spec import Text
from app.funding.matches import computing
from app.funding.matches.queries import Subject
from app.funding.offers.models import Offer, OfferLine
from app.groups.models import NeedGroup, NeedGroupMember, NeedGroupName
from app.matching.weights import DEFAULT
from app.needs.format import NEED
from app.needs.models import Need
from bench.clients import interleaved
from bench.in_process import once
from bench.world import CHUNK, application, store_needs

TENFOLD = 10
MEMBERS = 6
MODALITIES = ("in_person", "virtual_live", "blended", "study_visit")


def measure(
    database: str, url: Callable[[str], str], folder: Path, *, offers: int, rounds: int
) -> Iterator[dict[str, object]]:
    """The row of `match-1k-offers`: ten rankings of so many offers beside one of ten times as many."""
    with ExitStack() as open_worlds:
        few, many = (
            open_worlds.enter_context(application(url(name), folder / name))
            for name in ("offers", "offers10")
        )
        one, ten = _ready(few, offers), _ready(many, offers * TENFOLD)
        yield interleaved(
            rounds, lambda: [TENFOLD * each for each in one()], ten
        ).row(
            "match-1k-offers", database, offers=offers, needs=MEMBERS,
            what="ranking all offers for one group of six needs, reasons included; the floor is the time"
            " with so many offers, taken ten times; Enlace's is the time with ten times as many",
        )  # fmt: skip


def _ready(app: Flask, offers: int) -> Callable[[], list[float]]:
    """A world with so many offers and one group; what ranks them there."""
    with app.app_context():
        store_needs(MEMBERS, answered=False)
        subject = _group()
        _store_offers(offers)

    def rank() -> list[float]:
        with app.app_context(), scoped(SYSTEM):
            return once(lambda: computing.compute(subject, DEFAULT))()

    return rank


def _group() -> Subject:
    with scoped(SYSTEM, writing=True):
        actor, now = actor_of("hn.focal"), clock.now()
        needs = db.session.execute(db.select(Need.id, Need.call_id).order_by(Need.id)).all()
        made = NeedGroup(id=new_id(), call_id=needs[0].call_id, state="open",
                         created_by=actor.person_id, created_at=now)  # fmt: skip
        db.session.add(made)
        db.session.flush()
        db.session.add(NeedGroupName(group_id=made.id, name_es="Entrevista", name_en="Interviewing",
                                     valid_from=now, by=actor.person_id))  # fmt: skip
        for need in needs:
            db.session.add(NeedGroupMember(
                group_id=made.id, need_id=need.id, organisation_id=actor.organisation_id,
                valid_from=now, added_by=actor.person_id,
            ))  # fmt: skip
        key = made.id
        db.session.commit()
    return Subject("group", key, Text("Entrevista", "Interviewing"), "", Text("", ""))


def _store_offers(count: int) -> None:
    with scoped(SYSTEM, writing=True):
        owner = actor_of("ca.pledger").organisation_id
        for first in range(0, count, CHUNK):
            rows = [offer_row(number, owner) for number in range(first, min(first + CHUNK, count))]
            db.session.execute(db.insert(Offer.__table__), rows)
            db.session.execute(
                db.insert(OfferLine.__table__), [line for row in rows for line in _lines(row)]
            )
            db.session.commit()


def offer_row(number: int, owner: str) -> dict[str, Any]:
    """One open offer, spread over everything that is compared."""
    now, today = clock.now(), clock.now().date()
    lists = {name: [code.key for code in NEED.code_lists[name].codes]
             for name in ("themes", "profiles", "levels")}  # fmt: skip
    row: dict[str, Any] = {column.name: None for column in Offer.__table__.columns}
    row |= dict.fromkeys(
        ("provider_type", "text", "currency", "nomination", "vetting", "ratio", "rank", "clearance",
         "materials", "licence", "certificate", "prior_editions", "contact", "reason"), "",
    )  # fmt: skip
    return row | {
        "id": new_id(), "organisation_id": owner, "kind": ("standing", "one_time")[number % 2],
        "roles": ["payer"], "state": "open", "title": f"Curso {number}", "lang": "es",
        "themes": [lists["themes"][number % 20], lists["themes"][(number + 7) % 20]],
        "profiles": [lists["profiles"][(number + n) % 6] for n in range(3)],
        "level": lists["levels"][number % 5], "seats_min": 10, "seats_max": 20 + number % 400,
        "countries": [] if number % 3 else ["HN", "GT"], "modalities": [MODALITIES[number % 4]],
        "languages": ["es"] if number % 2 else ["en"], "days": 3 + number % 5, "hours_per_day": 6,
        "window_from": today + timedelta(number % 90), "window_to": today + timedelta(120 + number % 90),
        "valid_until": today + timedelta(30 + number % 300), "is_demonstration": True, "edition": 1,
        "revision": 1, "created_at": now, "changed_at": now, "opened_at": now,
    }  # fmt: skip


def _lines(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"organisation_id": row["organisation_id"], "offer_id": row["id"], "edition": 1, "line": line,
         "form": "cash", "amount": None, "currency": ""}
        for line in ("trainers_travel", "trainers_lodging", "materials")
    ]  # fmt: skip
