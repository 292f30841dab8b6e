"""Which reservations has a country stated, and which rules does Enlace obey at this time?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_

from app.cases.reservations import terms
from app.cases.reservations.models import ReservationRule, ReservationText
from app.db import beyond
from app.db.errors import Missing
from app.db.scoping import is_writing
from app.extensions import db
from app.policy.actor import Actor
from app.reserving.rule import Rule
from app.workflow.tables import RESERVATION

MOST = 200
"""Texts of a country, rules of a text, and versions of either, that a page shows at most."""
IN_FORCE = "in_force"
_OBEYED = ReservationRule.__table__.c


def rules_of(countries: Iterable[str] | None, on: date) -> tuple[Rule, ...]:
    """What Enlace obeys on a day of these countries' reservations (None: of all); one question.

    For deciding what is shown; none of it goes on a page of another country.
    """
    query = db.select(*_OBEYED).where(_holds(on)).order_by(_OBEYED.country, _OBEYED.id)
    if countries is not None:
        query = query.where(_OBEYED.country.in_(sorted(set(countries))))
    return tuple(rule for row in beyond.read(query) for rule in terms.rules_of(row))


def confirmed_rules(on: date) -> tuple[Rule, ...]:
    """The rules whose effect this reader may see: the Secretariat of all, a country of its own."""
    query = db.select(*_OBEYED).where(_holds(on)).order_by(_OBEYED.country, _OBEYED.id)
    return tuple(rule for row in db.session.execute(query) for rule in terms.rules_of(row))


def own_rules(actor: Actor, on: date) -> tuple[Rule, ...]:
    """The rules of one's own country that hold on a day."""
    query = db.select(*_OBEYED).where(_holds(on), _OBEYED.organisation_id == actor.organisation_id)
    rows = db.session.execute(query.order_by(_OBEYED.id))
    return tuple(rule for row in rows for rule in terms.rules_of(row))


def _holds(on: date) -> ColumnElement[bool]:
    return (
        (_OBEYED.state == IN_FORCE)
        & or_(_OBEYED.valid_from.is_(None), _OBEYED.valid_from <= on)
        & or_(_OBEYED.valid_to.is_(None), _OBEYED.valid_to >= on)
    )


@dataclass(frozen=True)
class Stated:
    """A legal text as it stands, its earlier versions, and its rules, the newest version first."""

    text: ReservationText
    earlier: Sequence[ReservationText]
    rules: Sequence[ReservationRule]

    @property
    def id(self) -> str:
        return self.text.series_id

    @property
    def organisation_id(self) -> str:
        return self.text.organisation_id

    @property
    def current(self) -> list[ReservationRule]:
        """Of each rule the version that holds, and the one that waits to be confirmed."""
        return [rule for rule in self.rules if rule.state in ("draft", IN_FORCE)]


@dataclass(frozen=True)
class Found:
    """One version of a rule, with the text it stands for and the version of the rule that holds now."""

    rule: ReservationRule
    text: ReservationText
    holds: ReservationRule | None

    @property
    def organisation_id(self) -> str:
        return self.rule.organisation_id


def list_stated(actor: Actor) -> list[Stated]:
    """What one's own country has stated, the newest text first."""
    texts = db.session.scalars(
        db.select(ReservationText)
        .where(ReservationText.organisation_id == actor.organisation_id)
        .order_by(ReservationText.written_at.desc(), ReservationText.id)
        .limit(MOST)
    ).all()
    return _together(texts, _rules(ReservationRule.organisation_id == actor.organisation_id))


def get_stated(actor: Actor, text_id: str) -> Stated:
    """A text of one's own country, by its series. Raises Missing."""
    query = (
        db.select(ReservationText)
        .where(ReservationText.organisation_id == actor.organisation_id,
               ReservationText.series_id == text_id)
        .order_by(ReservationText.version.desc())
        .limit(MOST)
    )  # fmt: skip
    if is_writing():
        # Whoever writes a version of it, or a rule, waits for whoever does so at the same time.
        query = query.with_for_update()
    texts = db.session.scalars(query).all()
    if not texts:
        raise Missing(text_id)
    return _together(texts, _rules(ReservationRule.text_id.in_([each.id for each in texts])))[0]


def _rules(condition: ColumnElement[bool]) -> Sequence[ReservationRule]:
    query = db.select(ReservationRule).where(condition)
    ordered = query.order_by(ReservationRule.written_at.desc(), ReservationRule.id).limit(MOST)
    return db.session.scalars(ordered).all()


def _together(texts: Sequence[ReservationText], rules: Sequence[ReservationRule]) -> list[Stated]:
    versions: dict[str, list[ReservationText]] = {}
    series = {}
    for text in texts:
        versions.setdefault(text.series_id, []).append(text)
        series[text.id] = text.series_id
    of_series: dict[str, list[ReservationRule]] = {}
    for rule in rules:
        of_series.setdefault(series.get(rule.text_id, ""), []).append(rule)
    found = []
    for name, several in versions.items():
        newest, *earlier = sorted(several, key=lambda each: -each.version)
        found.append(Stated(newest, earlier, of_series.get(name, ())))
    return found


def get_rule(actor: Actor, rule_id: str) -> Found:
    """A version of a rule of one's own country. Raises Missing."""
    query = (
        db.select(ReservationRule, ReservationText)
        .join(ReservationText, ReservationText.id == ReservationRule.text_id)
        .where(ReservationRule.id == rule_id,
               ReservationRule.organisation_id == actor.organisation_id)
    )  # fmt: skip
    if is_writing():
        query = query.with_for_update(of=ReservationRule)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise Missing(rule_id)
    rule, text = row
    return Found(rule, text, rule if rule.state == IN_FORCE else _holding(rule))


def _holding(rule: ReservationRule) -> ReservationRule | None:
    return db.session.scalars(
        db.select(ReservationRule).where(
            ReservationRule.organisation_id == rule.organisation_id,
            ReservationRule.series_id == rule.series_id, ReservationRule.state == IN_FORCE,
        )
    ).one_or_none()  # fmt: skip


def newest_version(model: Any, series_id: str) -> int:
    """The number of the newest version of a series; 0 where there is none."""
    query = db.select(func.max(model.version)).where(model.series_id == series_id)
    return db.session.scalar(query) or 0


def to_confirm(actor: Actor, most: int) -> list[Any]:
    """(rule, text) of what waits for this person, who wrote the text and so confirms it, the oldest first."""
    query = (
        db.select(ReservationRule, ReservationText)
        .join(ReservationText, ReservationText.id == ReservationRule.text_id)
        .where(ReservationRule.organisation_id == actor.organisation_id,
               ReservationRule.state == RESERVATION.initial,
               ReservationText.written_by == actor.person_id)
        .order_by(ReservationRule.written_at, ReservationRule.id)
    )  # fmt: skip
    return list(db.session.execute(query.limit(most)))
