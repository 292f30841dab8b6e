"""Which needs are compared, and what is known of them as of an instant?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_

from app.extensions import db
from app.groups.models import NeedGroup, NeedGroupMember, NeedGroupName
from app.groups.reasons import Words
from app.groups.similar import Comparable
from app.needs.counting import JOINT_COUNTRY, NOT_STATED
from app.needs.models import NeedAudience, NeedCode, NeedFact

FACT, CODE, PEOPLE = (model.__table__ for model in (NeedFact, NeedCode, NeedAudience))
MEMBER, NAME = NeedGroupMember.__table__, NeedGroupName.__table__


def in_force(as_of: datetime | None = None) -> ColumnElement[bool]:
    """The condition under which a version counts: now, or at that instant."""
    if as_of is None:
        return and_(FACT.c.valid_from.is_not(None), FACT.c.valid_to.is_(None))
    return and_(FACT.c.valid_from <= as_of, or_(FACT.c.valid_to.is_(None), FACT.c.valid_to > as_of))


def held(as_of: datetime | None = None) -> ColumnElement[bool]:
    """The condition under which a need stands in a group: now, or at that instant."""
    if as_of is None:
        return MEMBER.c.valid_to.is_(None)
    return and_(
        MEMBER.c.valid_from <= as_of, or_(MEMBER.c.valid_to.is_(None), MEMBER.c.valid_to > as_of)
    )


def in_use(as_of: datetime) -> ColumnElement[bool]:
    """The condition under which a group was called so at that instant."""
    return and_(NAME.c.valid_from <= as_of, or_(NAME.c.valid_to.is_(None), NAME.c.valid_to > as_of))


def free(as_of: datetime | None = None) -> ColumnElement[bool]:
    """The condition under which a version's need stands in no group."""
    grouped = db.select(MEMBER.c.id).where(MEMBER.c.need_id == FACT.c.need_id, held(as_of))
    return ~grouped.exists()


def free_needs(call_id: str, words: Words) -> list[Comparable]:
    """The needs of a call in force now that stand in no group, in three queries."""
    return comparables(and_(FACT.c.call_id == call_id, in_force(), free()), words)


def needs_of_group(
    group_id: str, words: Words, as_of: datetime | None = None
) -> list[Comparable]:  # fmt: skip
    """The needs of a group that were in force, in three queries."""
    members = db.select(MEMBER.c.need_id).where(MEMBER.c.group_id == group_id, held(as_of))
    return comparables(and_(FACT.c.need_id.in_(members), in_force(as_of)), words)


def needs_by_id(need_ids: Collection[str], words: Words) -> list[Comparable]:
    """These needs, as far as they are in force now."""
    return comparables(and_(FACT.c.need_id.in_(need_ids), in_force()), words)


def comparables(condition: ColumnElement[bool], words: Words) -> list[Comparable]:
    """What is compared of the versions under this condition, in the order of their needs."""
    rows = db.session.execute(
        db.select(
            FACT.c.version_id, FACT.c.need_id, FACT.c.country, FACT.c.participants, FACT.c.level,
            FACT.c.window_from, FACT.c.window_to, FACT.c.joint_course, FACT.c.urgency,
            FACT.c.course_hours, FACT.c.modality,
        ).where(condition).order_by(FACT.c.need_id)
    ).all()  # fmt: skip
    codes = _coded(
        db.select(CODE.c.version_id, CODE.c.dimension, CODE.c.code)
        .join(FACT, FACT.c.version_id == CODE.c.version_id)
        .where(condition)
    )
    profiles = _coded(
        db.select(PEOPLE.c.version_id, db.literal("profile"), PEOPLE.c.profile)
        .join(FACT, FACT.c.version_id == PEOPLE.c.version_id)
        .where(condition)
    )
    return [_comparable(row, codes, profiles, words) for row in rows]


Coded = dict[tuple[str, str], frozenset[str]]


def _comparable(row: Any, codes: Coded, profiles: Coded, words: Words) -> Comparable:
    def of(name: str) -> frozenset[str]:
        return codes.get((row.version_id, name), frozenset())

    return Comparable(
        need_id=row.need_id, version_id=row.version_id, country=row.country,
        participants=row.participants, themes=of("theme"), languages=of("language"),
        profiles=profiles.get((row.version_id, "profile"), frozenset()),
        level=words.level_place(row.level), window_from=row.window_from, window_to=row.window_to,
        joint=row.joint_course, joint_countries=of(JOINT_COUNTRY), urgency=row.urgency,
        course_hours=row.course_hours, modality=row.modality,
    )  # fmt: skip


def _coded(query: Select[Any]) -> Coded:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for version_id, name, code in db.session.execute(query):
        if code != NOT_STATED:
            found[version_id, name].add(code)
    return {key: frozenset(codes) for key, codes in found.items()}


def mark_of(call_id: str) -> str:
    """Differs as soon as a need or a group of a call came, changed or went."""
    return marks([call_id]).get(call_id, "")


def marks(call_ids: Collection[str]) -> dict[str, str]:
    """The mark of each of these calls that has needs, in two queries."""
    facts = db.session.execute(
        db.select(FACT.c.call_id, func.count(FACT.c.valid_from), func.count(FACT.c.valid_to))
        .where(FACT.c.call_id.in_(call_ids), FACT.c.valid_from.is_not(None))
        .group_by(FACT.c.call_id)
    ).all()
    group = NeedGroup.__table__
    grouped = {
        call_id: f"{begun}-{ended}"
        for call_id, begun, ended in db.session.execute(
            db.select(group.c.call_id, func.count(), func.count(MEMBER.c.valid_to))
            .join(MEMBER, MEMBER.c.group_id == group.c.id)
            .where(group.c.call_id.in_(call_ids))
            .group_by(group.c.call_id)
        )
    }
    return {
        call_id: f"{begun}-{ended}/{grouped.get(call_id, '')}" for call_id, begun, ended in facts
    }
