"""Which needs does a report count, and by which statement does it count them?

Every figure and every list of the needs behind it stand on the same condition: `counted`, and for
the line of a table `behind`. Each grouping is one grouped query over the facts, by code and country
at once, so that countries can be told apart without a second pass.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, func, literal, or_
from sqlalchemy import type_coerce as take_as

from app.db.types import Hundredths
from app.extensions import db
from app.groups.gathering import MEMBER, held
from app.needs.models import Consent, NeedAudience, NeedCode, NeedFact
from app.needs.preview import NAMED, UNNAMED
from app.reports.dimensions import NOT_NAMED, NOT_RANKED
from app.reports.figures import GROUP, MEMBERS, NO_GROUP, Basis

FACT, CODE, PEOPLE, CONSENT = (
    model.__table__ for model in (NeedFact, NeedCode, NeedAudience, Consent)
)
SHOWN_TO_MEMBERS = CONSENT.c.members.in_((NAMED, UNNAMED))
_SINGLE = {
    "country": FACT.c.country,
    "duration": FACT.c.duration_band,
    "modality": FACT.c.modality,
    "urgency": FACT.c.urgency,
}


def source(basis: Basis) -> FromClause:
    """Where counted needs are read from: the facts, for members with what the country decided."""
    if basis.audience == MEMBERS:
        return FACT.join(CONSENT, CONSENT.c.version_id == FACT.c.version_id)
    return FACT


def counted(basis: Basis) -> ColumnElement[bool]:
    """The condition under which a version counts: in force at that instant, and for the audience."""
    of_call = and_(FACT.c.call_id == basis.call_id, in_force(basis.as_of))
    return and_(of_call, SHOWN_TO_MEMBERS) if basis.audience == MEMBERS else of_call


def in_force(at: datetime) -> ColumnElement[bool]:
    """The condition under which a version is in force at an instant."""
    return and_(FACT.c.valid_from <= at, or_(FACT.c.valid_to.is_(None), FACT.c.valid_to > at))


def country_of(basis: Basis) -> ColumnElement[Any]:
    """The country under which a version stands, for members only where it agreed to be named."""
    if basis.audience == MEMBERS:
        return case((CONSENT.c.members == NAMED, FACT.c.country), else_=literal(NOT_NAMED))
    return FACT.c.country


def behind(basis: Basis, dimension: str, code: str, country: str = "") -> ColumnElement[bool]:
    """The condition under which a version counts in one line of a table, or where it meets a country."""
    if country:
        return and_(behind(basis, dimension, code), country_of(basis) == country)
    if dimension in _SINGLE:
        column = country_of(basis) if dimension == "country" else _SINGLE[dimension]
        return and_(counted(basis), _equals(dimension, column, code))
    if dimension == GROUP:
        stands = grouped(basis, "" if code == NO_GROUP else code)
        return and_(counted(basis), ~stands if code == NO_GROUP else stands)
    if dimension == "profile":
        carries = db.select(PEOPLE.c.version_id).where(
            PEOPLE.c.version_id == FACT.c.version_id, PEOPLE.c.profile == code
        )
    else:
        carries = db.select(CODE.c.version_id).where(
            CODE.c.version_id == FACT.c.version_id,
            CODE.c.dimension == dimension,
            CODE.c.code == code,
        )
    return and_(counted(basis), carries.exists())


def _equals(dimension: str, column: ColumnElement[Any], code: str) -> ColumnElement[bool]:
    if dimension != "urgency":
        return column == code
    return column.is_(None) if code == NOT_RANKED else column == int(code)


def statement(basis: Basis, dimension: str) -> Select[Any]:
    """The grouped query of one dimension: code, country, needs, people, hours."""
    if dimension == "profile":
        joined = source(basis).join(PEOPLE, PEOPLE.c.version_id == FACT.c.version_id)
        return _grouped(basis, joined, PEOPLE.c.profile, PEOPLE)
    if dimension == GROUP:
        return _grouped(basis, with_group(basis, source(basis)), MEMBER.c.group_id, FACT)
    if dimension in _SINGLE:
        column = country_of(basis) if dimension == "country" else _SINGLE[dimension]
        return _grouped(basis, source(basis), column, FACT)
    carries = and_(CODE.c.version_id == FACT.c.version_id, CODE.c.dimension == dimension)
    return _grouped(basis, source(basis).join(CODE, carries), CODE.c.code, FACT)


def grouped(basis: Basis, group_id: str = "") -> ColumnElement[bool]:
    """The condition under which a need stood in that group, or in any."""
    stood = db.select(MEMBER.c.id).where(MEMBER.c.need_id == FACT.c.need_id, held(basis.as_of))
    if group_id:
        stood = stood.where(MEMBER.c.group_id == group_id)
    return stood.correlate(FACT).exists()


def with_group(basis: Basis, joined: FromClause) -> FromClause:
    """The same, with the membership by which each need stood in a group, if it stood in one."""
    return joined.outerjoin(MEMBER, and_(MEMBER.c.need_id == FACT.c.need_id, held(basis.as_of)))


def _grouped(basis: Basis, joined: FromClause, code: Any, people: Any) -> Select[Any]:
    hours = FACT.c.participant_hours
    if people is PEOPLE:
        hundredths = take_as(FACT.c.course_hours, db.BigInteger)
        hours = take_as(PEOPLE.c.participants * hundredths, Hundredths)
    return (
        db.select(
            code.label("line"), country_of(basis).label("under"), func.count(),
            func.sum(people.c.participants), func.sum(people.c.women), func.sum(people.c.men), func.sum(people.c.not_stated),
            func.sum(FACT.c.course_hours), func.sum(hours),
        )
        .select_from(joined).where(counted(basis)).group_by("line", "under")
    )  # fmt: skip
