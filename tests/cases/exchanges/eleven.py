"""On which stage do proofs about exchanged cases play? The demonstration, with a unit in each of eleven countries.

It is set once by a worker on each database and brought back before every world, to the byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import clock, create_app
from app.cli.demo.world import BEGINS_AT
from app.db.base import new_id
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from app.extensions import db
from app.organisations.models import Membership, Organisation, Unit
from tests.access.asking import Adding, Asker, Cast, Somebody
from tests.support.same_chance import SameChance
from tests.support.world import let_go, play, settings

SET = "eleven"
NOON = BEGINS_AT.astimezone(UTC) + timedelta(hours=3)
REAL = datetime(2026, 1, 5, 12, tzinfo=UTC)
"""What the world's clock says there."""
KIND = "prosecution"


@dataclass
class Stage:
    """The demonstration with everybody signed in. `units` and `officers` are by alpha-2 code."""

    app: Flask
    database: Any
    chance: SameChance
    asker: Asker
    cast: Cast
    units: Mapping[str, str]
    organisations: Mapping[str, str]
    officers: Mapping[str, Somebody]

    def begin(self) -> None:
        """Everything as it was when the stage was set."""
        let_go(self.app)
        assert self.database.bring_back(SET)

    def ask(
        self, who: Somebody, method: str, path: str, *, htmx: bool = False, **data: str
    ) -> tuple[int, dict[str, str], bytes]:
        """One request in a step of its own: status, headers and body, all that came back."""
        self.chance.step(f"{who} {method} {path} {htmx} {sorted(data.items())}")
        client, headers = self.asker.client(who), {"Cookie": self.asker.cookies[str(who)]}
        if htmx:
            headers["HX-Request"] = "true"
        form = None
        if method == "POST":
            form = {"csrf_token": self.asker.csrf[str(who)], "_key": "one-key-of-a-form-00", **data}
            if who.is_signed_in:
                form["_acting"] = who.organisation_id
        with clock.stopped_at(NOON):
            response = client.open(path, method=method, headers=headers, data=form)
            body = b"".join(response.iter_encoded())
            response.close()
        return response.status_code, dict(response.headers), body


_STAGES: dict[str, Stage] = {}


@contextmanager
def on_stage(database: Any, instance: Path) -> Iterator[Stage]:
    """The stage, set at its first use; afterwards the database is as new."""
    with pytest.MonkeyPatch.context() as patch:
        if database.kind not in _STAGES:
            _STAGES[database.kind] = _stage(database, instance, patch)
        stage = _STAGES[database.kind]
        stage.chance.rule(patch, REAL)
        yield stage
    let_go(stage.app)
    clock.set_offset(timedelta())
    database.renew()


def _stage(database: Any, instance: Path, patch: pytest.MonkeyPatch) -> Stage:
    app = create_app(
        settings(database.url, instance, environment="demonstration", second_factor="off")
    )
    play(app, database)
    chance = SameChance()
    chance.rule(patch, REAL)
    chance.step("the stage")
    with app.app_context(), clock.stopped_at(NOON):
        with scoped(SYSTEM, writing=True), transaction(writing=True) as session:
            _add_units(session)
        with scoped(SYSTEM, writing=True):
            cast = Cast()
        with scoped(SYSTEM), transaction(writing=False) as session:
            rows = session.execute(
                db.select(Organisation, Unit).join(Unit, Unit.organisation_id == Organisation.id)
                .where(Unit.kind == KIND)
            ).all()  # fmt: skip
            units = {row.Organisation.country: row.Unit.id for row in rows}
            organisations = {row.Organisation.country: row.Organisation.id for row in rows}
            keys = {row.Organisation.country: row.Organisation.key for row in rows}
        db.session.remove()
    officers = {country: cast.of[f"{key}.prosecutor"] for country, key in keys.items()}
    asker = Asker(app)
    with clock.stopped_at(NOON):
        for who in cast.everybody:
            asker.client(who)
    let_go(app)
    database.remember(SET)
    return Stage(app, database, chance, asker, cast, units, organisations, officers)


def _add_units(session: Any) -> None:
    """A prosecution unit with its officer, where the demonstration has none."""
    has = set(session.scalars(db.select(Unit.organisation_id).where(Unit.kind == KIND)))
    without = session.scalars(
        db.select(Organisation).where(Organisation.kind == "delegation", Organisation.id.not_in(has))
        .order_by(Organisation.key)
    ).all()  # fmt: skip
    for organisation in without:
        unit = Unit(id=new_id(), organisation_id=organisation.id, kind=KIND, created_at=clock.now(),
                    name_es=f"Fiscalía, {organisation.name_es}",
                    name_en=f"Prosecution, {organisation.name_en}")  # fmt: skip
        session.add(unit)
        session.flush()
        key = f"{organisation.key}.prosecutor"
        Adding(session).person(key, organisation.key, "case_officer")
        session.flush()
        held = session.scalars(
            db.select(Membership).where(Membership.organisation_id == organisation.id,
                                        Membership.role == "case_officer")
        ).one()  # fmt: skip
        held.unit_id = unit.id
