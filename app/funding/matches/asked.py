"""Which needs, alone or grouped, are held against offers, and what do they ask for?

Read from the facts of the versions in force, in five statements however many there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, true

from app.extensions import db
from app.formats.spec import Text
from app.groups.models import NeedGroup, NeedGroupMember, NeedGroupName
from app.intake.models import Dossier, Version
from app.matching.facts import Asked, NeedAsked, Window
from app.matching.record import Named
from app.matching.wording import countries
from app.needs.counting import NOT_STATED
from app.needs.models import NeedAudience, NeedCode, NeedCost, NeedFact

SOMEBODY_ELSE = ("sponsor", "unfunded")
"""Payers of a cost line for which somebody is still sought; so is one for a line without a payer."""
EVERY_NEED = true()


def in_force(where: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition of the versions in force among those that fit another one."""
    return and_(NeedFact.valid_from.is_not(None), NeedFact.valid_to.is_(None), where)


def of_need(need_id: str) -> ColumnElement[bool]:
    return NeedFact.need_id == need_id


def of_group(group_id: str) -> ColumnElement[bool]:
    return NeedFact.need_id.in_(
        db.select(NeedGroupMember.need_id)
        .where(NeedGroupMember.group_id == group_id, NeedGroupMember.valid_to.is_(None))
    )  # fmt: skip


def needs(where: ColumnElement[bool]) -> list[Named]:
    """The needs that fit the condition, each alone, by id."""
    return [_alone(row, need) for row, need in _read(where)]


def group(group_id: str, name: Text) -> Named | None:
    """A group with its needs; None while none of them is in force."""
    found = [need for _, need in _read(of_group(group_id))]
    return _together(group_id, name, found) if found else None


def everything() -> list[Named]:
    """Each open group, and each need that is in none: whatever one course would serve."""
    names = _names()
    grouped: dict[str, list[NeedAsked]] = defaultdict(list)
    found = []
    for row, need in _read(EVERY_NEED):
        if row.group_id in names:
            grouped[row.group_id].append(need)
        else:
            found.append(_alone(row, need))
    found += [_together(key, names[key], members) for key, members in sorted(grouped.items())]
    return sorted(found, key=lambda each: each.facts.key)


def marks(where: ColumnElement[bool]) -> list[list[Any]]:
    """What differs as soon as one of these needs asks for something else or is grouped otherwise."""
    query = _with_groups(db.select(NeedFact.need_id, NeedFact.version_id, NeedGroup.id), where)
    return [list(row) for row in db.session.execute(query)]


def mark_of_all() -> list[int]:
    """What differs as soon as any need or group came, changed, went, or is called otherwise.

    A version, a place in a group and a name are written once and ended once, so that counting both tells;
    not a row of them is read.
    """
    counts = [
        db.select(func.count(column)).scalar_subquery()
        for model in (NeedFact, NeedGroupMember, NeedGroupName)
        for column in (model.valid_from, model.valid_to)
    ]
    return list(db.session.execute(db.select(*counts)).one())


def _names() -> dict[str, Text]:
    rows = db.session.execute(
        db.select(NeedGroup.id, NeedGroupName.name_es, NeedGroupName.name_en)
        .join(NeedGroupName, and_(NeedGroupName.group_id == NeedGroup.id,
                                  NeedGroupName.valid_to.is_(None)))
        .where(NeedGroup.state == "open")
    )  # fmt: skip
    return {key: Text(es, en) for key, es, en in rows}


def _with_groups(query: Select[Any], where: ColumnElement[bool]) -> Select[Any]:
    held = and_(NeedGroupMember.need_id == NeedFact.need_id, NeedGroupMember.valid_to.is_(None))
    is_open = and_(NeedGroup.id == NeedGroupMember.group_id, NeedGroup.state == "open")
    return (
        query.select_from(NeedFact)
        .outerjoin(NeedGroupMember, held)
        .outerjoin(NeedGroup, is_open)
        .where(in_force(where))
        .order_by(NeedFact.need_id)
    )


def _read(where: ColumnElement[bool]) -> list[tuple[Any, NeedAsked]]:
    """(row, what is asked) of each need in force, by id; in four statements."""
    query = db.select(
        NeedFact.need_id, NeedFact.version_id, NeedFact.title, NeedFact.country, NeedFact.level,
        NeedFact.modality, NeedFact.course_hours, NeedFact.window_from, NeedFact.window_to,
        Version.lang, Dossier.reference, NeedGroup.id.label("group_id"),
    )  # fmt: skip
    query = _with_groups(query, where)
    query = query.join(Version, Version.id == NeedFact.version_id)
    rows = db.session.execute(query.join(Dossier, Dossier.id == NeedFact.need_id)).all()
    codes = _beside(where, NeedCode, NeedCode.dimension, NeedCode.code)
    audience = _beside(where, NeedAudience, NeedAudience.profile, NeedAudience.participants)
    costs = _beside(where, NeedCost, NeedCost.line,
                    or_(NeedCost.payer.is_(None), NeedCost.payer.in_(SOMEBODY_ELSE)))  # fmt: skip
    return [
        (row, _asked(row, codes[row.version_id], audience[row.version_id], costs[row.version_id]))
        for row in rows
    ]


def _beside(where: ColumnElement[bool], model: Any, *columns: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    query = (
        db.select(model.version_id, *columns)
        .join(NeedFact, NeedFact.version_id == model.version_id)
        .where(in_force(where))
        .order_by(model.version_id, columns[0], columns[1])
    )
    for version_id, *values in db.session.execute(query):
        found[version_id].append(values)
    return found


def _asked(row: Any, codes: list[Any], audience: list[Any], costs: list[Any]) -> NeedAsked:
    return NeedAsked(
        key=row.need_id, country=row.country, themes=_of("theme", codes),
        audience=tuple((profile, people) for profile, people in audience if profile != NOT_STATED),
        level=row.level or "", languages=_of("language", codes),
        window=Window(row.window_from, row.window_to),
        modality="" if row.modality == NOT_STATED else row.modality,
        hours=Decimal(row.course_hours), costs=tuple(line for line, is_sought in costs if is_sought),
    )  # fmt: skip


def _of(dimension: str, codes: Iterable[Any]) -> tuple[str, ...]:
    return tuple(code for name, code in codes if name == dimension and code != NOT_STATED)


def _alone(row: Any, need: NeedAsked) -> Named:
    return Named("need", Text(row.title, row.title), row.lang, countries([need.country]),
                 Asked(key=need.key, needs=(need,)))  # fmt: skip


def _together(key: str, name: Text, members: Iterable[NeedAsked]) -> Named:
    asked = Asked(key=key, needs=tuple(sorted(members, key=lambda need: need.key)))
    return Named("group", name, "", countries(asked.countries), asked)
