"""Are the rules of every country obeyed, and read by nobody whose they are not?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import insert, select

from app.cases.reservations import queries
from app.cases.reservations.models import ReservationRule, ReservationText
from app.db.base import new_id
from app.db.scoping import SYSTEM, Scope, Wall, scoped
from app.db.transactions import transaction
from app.extensions import db
from app.reserving.rule import Direction, Effect, Of, Rule, Selector
from tests.db.rows import fill

DAY = date(2004, 5, 24)
NOON = datetime(2004, 5, 24, 12, tzinfo=UTC)
COUNTRIES = {"sv": "SV", "gt": "GT"}


@pytest.fixture
def stated(app: Any) -> Iterator[dict[str, str]]:
    """Two delegations with a rule each, one text of which is restricted, and the Secretariat."""
    with app.app_context():
        with scoped(SYSTEM, writing=True), db.engine.begin() as connection:
            filled = fill(
                connection, only=frozenset({"person", "organisation"}),
                sv="delegation", gt="delegation", st="secretariat",
            )  # fmt: skip
            for key, is_restricted in (("sv", True), ("gt", False)):
                own = filled[key].organisation_id
                person = filled[key].rows["person"]["id"]
                text = _text(own, person, is_restricted=is_restricted)
                connection.execute(insert(ReservationText.__table__), [text])
                several = [_rule(own, text["id"], person, COUNTRIES[key], state)
                           for state in ("in_force", "draft", "withdrawn")]  # fmt: skip
                connection.execute(insert(ReservationRule.__table__), several)
        yield {key: each.organisation_id for key, each in filled.items()}


def _text(organisation: str, person: str, *, is_restricted: bool) -> dict[str, Any]:
    id = new_id()
    return {"id": id, "organisation_id": organisation, "series_id": id, "version": 1, "article": "2",
            "instrument": "Ley", "url": "", "words": "No se entrega.", "lang": "es",
            "is_restricted": is_restricted, "is_demonstration": False, "written_by": person,
            "written_name": "Ana", "written_at": NOON}  # fmt: skip


def _rule(organisation: str, text: str, person: str, country: str, state: str) -> dict[str, Any]:
    id = new_id()
    return {"id": id, "organisation_id": organisation, "series_id": id, "version": 1, "text_id": text,
            "state": state, "country": country, "data": ["key:summary", "class:secret"],
            "direction": "send", "counterparts": ["HN"], "purposes": [], "effect": "deny", "mask": None,
            "discloses": False, "valid_from": DAY, "valid_to": DAY, "is_demonstration": False,
            "written_by": person, "written_name": "Ana", "written_at": NOON, "ended_name": "",
            "reason": "", "confirmed_at": None if state == "draft" else NOON}  # fmt: skip


def scope(stated: dict[str, str], key: str) -> Scope:
    kind = "secretariat" if key == "st" else "delegation"
    return Scope(Wall.ORGANISATION, stated[key], kind, "nobody")


def test_a_reader_elsewhere_obeys_rules_and_cannot_read_them(
    stated: dict[str, str], database: Any
) -> None:
    with transaction(writing=False, scope=scope(stated, "gt")) as session:
        found = [rule for rule in queries.rules_of(["SV"], DAY) if rule.country == "SV"]
        assert {rule.selector for rule in found} >= {
            Selector(Of.KEY, "summary"), Selector(Of.CLASS, "secret"),
        }  # fmt: skip
        one = found[0]
        assert one == Rule(
            one.id, "SV", Direction.SEND, one.selector, Effect.DENY, frozenset({"HN"}),
            discloses=False, valid_from=DAY, valid_to=DAY,
        )  # fmt: skip
        owners = set(session.scalars(select(ReservationRule.__table__.c.organisation_id)))
        texts = set(session.scalars(select(ReservationText.__table__.c.organisation_id)))
        if database.url.startswith("postgresql"):
            assert owners == texts == {stated["gt"]}


def test_only_what_is_confirmed_and_holds_that_day_is_obeyed(stated: dict[str, str]) -> None:
    with transaction(writing=False, scope=scope(stated, "gt")):
        ids = {rule.id for rule in queries.rules_of(["SV", "GT"], DAY)}
        states = {row.id: row.state for row in db.session.scalars(select(ReservationRule))}
        assert {states.get(id, "in_force") for id in ids} == {"in_force"}
        assert queries.rules_of([], DAY) == ()
        assert queries.rules_of(["SV"], date(2004, 5, 25)) == ()
        assert {rule.country for rule in queries.rules_of(None, DAY)} == {"SV", "GT"}


def test_the_secretariat_reads_effects_and_no_restricted_text(
    stated: dict[str, str], database: Any
) -> None:
    if not database.url.startswith("postgresql"):
        pytest.skip("SQLite has no row-level security; docs/decisions/0003-sqlite.md says so")
    with transaction(writing=False, scope=scope(stated, "st")) as session:
        rules = session.execute(select(ReservationRule.__table__)).all()
        assert {stated["sv"], stated["gt"]} <= {rule.organisation_id for rule in rules}
        assert "draft" not in {rule.state for rule in rules}
        texts = session.execute(select(ReservationText.__table__)).all()
        assert {text.organisation_id for text in texts} == {stated["gt"]}
        assert {rule.country for rule in queries.confirmed_rules(DAY)} == {"SV", "GT"}


def test_what_was_stated_stays_as_it_was_written(stated: dict[str, str]) -> None:
    for table, column in ((ReservationText, "words"), (ReservationRule, "effect")):
        with pytest.raises(Exception, match="written once"), transaction(writing=True) as session:
            session.execute(table.__table__.update().values({column: "allow"}))
        with (
            pytest.raises(Exception, match=r"written once|(?i:foreign)"),
            transaction(writing=True) as session,
        ):
            session.execute(table.__table__.delete())
