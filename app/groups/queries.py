"""Which groups and proposals exist for this actor, and what stands in them?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func, or_

from app.calls.models import Call
from app.db.errors import Missing
from app.extensions import db
from app.formats.spec import Text
from app.groups.facts import GroupFacts as GroupFacts
from app.groups.facts import facts_of as facts_of
from app.groups.gathering import CODE, FACT, MEMBER, free, held, in_force
from app.groups.models import (
    GroupDismissal,
    GroupProposal,
    GroupProposalNeed,
    GroupSearch,
    NeedGroup,
    NeedGroupName,
)
from app.intake.models import Dossier, Version
from app.needs.models import Need
from app.policy.actor import Actor
from app.web.keyset import Page, page_of

PROPOSALS = 10
"""Proposals of one page."""
OTHERS = 100
"""Groups among which one can choose to merge."""
_HANGING = GroupProposalNeed.__table__


@dataclass(frozen=True, kw_only=True)
class OpenedGroup:
    """A group with its call and how it is called."""

    group: NeedGroup
    call: Call
    name: Text

    @property
    def id(self) -> str:
        return self.group.id


@dataclass(frozen=True, kw_only=True)
class Member:
    """A need of a group. Without a version in force it was withdrawn, and counts nowhere."""

    need_id: str
    organisation_id: str
    reference: str
    version_id: str | None
    title: str
    title_lang: str
    country: str
    themes: tuple[str, ...]
    participants: int
    course_hours: Decimal

    @property
    def is_in_force(self) -> bool:
        return self.version_id is not None


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a list tells of a group."""

    needs: int = 0
    participants: int = 0
    countries: tuple[str, ...] = ()


def list_open(actor: Actor, mark: str = "", *, call_id: str = "") -> Page:
    """The groups in use, newest first, a page at a time: NeedGroup, name_es, name_en, call's title.

    Only the Secretariat has groups.
    """
    query = (
        db.select(NeedGroup, NeedGroupName.name_es, NeedGroupName.name_en, Call)
        .join(NeedGroupName, and_(NeedGroupName.group_id == NeedGroup.id,
                                  NeedGroupName.valid_to.is_(None)))
        .join(Call, Call.id == NeedGroup.call_id)
        .where(NeedGroup.state == "open")
    )  # fmt: skip
    if not actor.is_secretariat:
        raise Missing("groups")
    if call_id:
        query = query.where(NeedGroup.call_id == call_id)
    return page_of(query, NeedGroup.created_at, NeedGroup.id, mark)


def figures(group_ids: Collection[str], as_of: datetime | None = None) -> Mapping[str, Figures]:
    """Needs, participants and countries of each of these groups, in one query."""
    rows = db.session.execute(
        db.select(MEMBER.c.group_id, FACT.c.country, func.count(), func.sum(FACT.c.participants))
        .join(FACT, FACT.c.need_id == MEMBER.c.need_id)
        .where(MEMBER.c.group_id.in_(group_ids), held(as_of), in_force(as_of))
        .group_by(MEMBER.c.group_id, FACT.c.country)
    )
    found: dict[str, Figures] = {}
    for group_id, country, needs, people in rows:
        so_far = found.get(group_id, Figures())
        found[group_id] = Figures(
            needs=so_far.needs + needs, participants=so_far.participants + int(people),
            countries=tuple(sorted({*so_far.countries, country})),
        )  # fmt: skip
    return found


def get(actor: Actor, group_id: str) -> OpenedGroup:
    """A group, for the Secretariat. Raises Missing."""
    row = None
    if actor.is_secretariat:
        row = db.session.execute(
            db.select(NeedGroup, Call, NeedGroupName)
            .join(Call, Call.id == NeedGroup.call_id)
            .join(NeedGroupName, NeedGroupName.group_id == NeedGroup.id)
            .where(NeedGroup.id == group_id, NeedGroupName.valid_to.is_(None))
        ).one_or_none()
    if row is None:
        raise Missing(group_id)
    group, call, name = row
    return OpenedGroup(group=group, call=call, name=Text(name.name_es, name.name_en))


def name_at(group: NeedGroup, as_of: datetime) -> Text | None:
    """How a group was called at an instant; None where it was not there."""
    row = db.session.execute(
        db.select(NeedGroupName.name_es, NeedGroupName.name_en).where(
            NeedGroupName.group_id == group.id, NeedGroupName.valid_from <= as_of,
            or_(NeedGroupName.valid_to.is_(None), NeedGroupName.valid_to > as_of),
        )
    ).one_or_none()  # fmt: skip
    return Text(row.name_es, row.name_en) if row else None


def members(group_id: str, as_of: datetime | None = None) -> tuple[Member, ...]:
    """The needs of a group now, or as of an instant, by country and reference."""
    rows = db.session.execute(
        db.select(
            MEMBER.c.need_id, MEMBER.c.organisation_id, Dossier.reference, FACT.c.version_id,
            FACT.c.title, Version.lang, FACT.c.country, FACT.c.themes, FACT.c.participants,
            FACT.c.course_hours,
        )
        .join(Dossier, Dossier.id == MEMBER.c.need_id)
        .outerjoin(FACT, and_(FACT.c.need_id == MEMBER.c.need_id, in_force(as_of)))
        .outerjoin(Version, Version.id == FACT.c.version_id)
        .where(MEMBER.c.group_id == group_id, held(as_of))
        .order_by(Dossier.reference)
    ).all()  # fmt: skip
    return tuple(_member(row) for row in rows)


def _member(row: Any) -> Member:
    return Member(
        need_id=row.need_id, organisation_id=row.organisation_id, reference=row.reference,
        version_id=row.version_id, title=row.title or "", title_lang=row.lang or "",
        country=row.country or "", themes=tuple((row.themes or "").split()),
        participants=row.participants or 0, course_hours=row.course_hours or Decimal(0),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """A need that was submitted, of which similar ones may be looked for."""

    id: str
    reference: str
    call_id: str


def need(actor: Actor, need_id: str) -> Submitted:
    """A need that was submitted, for the Secretariat. Raises Missing."""
    row = None
    if actor.is_secretariat:
        row = db.session.execute(
            db.select(Need.id, Need.call_id, Dossier.reference)
            .join(Dossier, Dossier.id == Need.id)
            .where(Need.id == need_id, Dossier.is_submitted)
        ).one_or_none()
    if row is None:
        raise Missing(need_id)
    return Submitted(id=row.id, reference=row.reference, call_id=row.call_id)


def group_of(need_id: str) -> tuple[str, Text] | None:
    """The group in which a need stands now, with its name; None where it stands in none."""
    row = db.session.execute(
        db.select(NeedGroupName.group_id, NeedGroupName.name_es, NeedGroupName.name_en)
        .join(MEMBER, MEMBER.c.group_id == NeedGroupName.group_id)
        .where(MEMBER.c.need_id == need_id, held(), NeedGroupName.valid_to.is_(None))
    ).one_or_none()
    return (row.group_id, Text(row.name_es, row.name_en)) if row else None


def search_of(call_id: str) -> GroupSearch | None:
    """When similar needs of a call were last looked for."""
    return db.session.get(GroupSearch, call_id)


def list_proposals(call_id: str, mark: str = "", *, aside: bool = False) -> Page:
    """Proposals that still hold, the largest first, a page at a time: GroupProposal.

    With `aside` those that somebody put aside, otherwise those that wait for a word.
    """
    query = db.select(GroupProposal).where(GroupProposal.call_id == call_id, *_open(aside=aside))
    return page_of(query, GroupProposal.place, GroupProposal.id, mark, ascending=True,
                   size=PROPOSALS)  # fmt: skip


def count_proposals(call_id: str, *, aside: bool = False) -> int:
    """How many proposals of a call wait for a word, or were put aside."""
    return db.session.scalar(
        db.select(func.count()).select_from(GroupProposal)
        .where(GroupProposal.call_id == call_id, *_open(aside=aside))
    ) or 0  # fmt: skip


def get_proposal(actor: Actor, proposal_id: str) -> GroupProposal:
    """A proposal that still holds, for the Secretariat. Raises Missing."""
    found = None
    if actor.is_secretariat:
        found = db.session.scalars(
            db.select(GroupProposal).where(GroupProposal.id == proposal_id, _holds())
        ).one_or_none()
    if found is None:
        raise Missing(proposal_id)
    return found


def still_holds(proposal: GroupProposal) -> bool:
    """Whether all needs of a proposal stand as they were compared, and in no group."""
    found = db.select(GroupProposal.id).where(GroupProposal.id == proposal.id, _holds())
    return db.session.execute(found).one_or_none() is not None


def proposal_with(need_id: str) -> str | None:
    """The proposal that waits for a word and holds a need."""
    return db.session.scalars(
        db.select(GroupProposal.id)
        .join(_HANGING, _HANGING.c.proposal_id == GroupProposal.id)
        .where(_HANGING.c.need_id == need_id, *_open(aside=False))
    ).one_or_none()


def needs_proposed(proposal_ids: Collection[str]) -> Mapping[str, tuple[Member, ...]]:
    """The needs of these proposals, by country and reference, in one query."""
    rows = db.session.execute(
        db.select(
            _HANGING.c.proposal_id, _HANGING.c.need_id, FACT.c.organisation_id, Dossier.reference,
            FACT.c.version_id, FACT.c.title, Version.lang, FACT.c.country, FACT.c.themes,
            FACT.c.participants, FACT.c.course_hours,
        )
        .join(FACT, FACT.c.version_id == _HANGING.c.version_id)
        .join(Dossier, Dossier.id == _HANGING.c.need_id)
        .join(Version, Version.id == _HANGING.c.version_id)
        .where(_HANGING.c.proposal_id.in_(proposal_ids))
        .order_by(Dossier.reference)
    )  # fmt: skip
    found: dict[str, list[Member]] = {}
    for row in rows:
        found.setdefault(row.proposal_id, []).append(_member(row))
    return {proposal_id: tuple(needs) for proposal_id, needs in found.items()}


def others_of(group: NeedGroup) -> list[tuple[str, Text]]:
    """(id, name) of the groups with which a group may be merged, the newest first."""
    rows = db.session.execute(
        db.select(NeedGroup.id, NeedGroupName.name_es, NeedGroupName.name_en)
        .join(NeedGroupName, NeedGroupName.group_id == NeedGroup.id)
        .where(NeedGroup.call_id == group.call_id, NeedGroup.state == "open",
               NeedGroup.id != group.id, NeedGroupName.valid_to.is_(None))
        .order_by(NeedGroup.created_at.desc(), NeedGroup.id)
        .limit(OTHERS)
    )  # fmt: skip
    return [(group_id, Text(name_es, name_en)) for group_id, name_es, name_en in rows]


def candidates(group: NeedGroup, themes: Collection[str], mark: str = "") -> Page:
    """Needs of the call in force that stand in no group, by reference, a page at a time.

    With `themes` only those that carry one of them.
    """
    query = (
        db.select(FACT.c.need_id, Dossier.reference, FACT.c.title, Version.lang, FACT.c.country,
                  FACT.c.participants)
        .join(Dossier, Dossier.id == FACT.c.need_id)
        .join(Version, Version.id == FACT.c.version_id)
        .where(FACT.c.call_id == group.call_id, in_force(), free())
    )  # fmt: skip
    if themes:
        carries = db.select(CODE.c.version_id).where(
            CODE.c.version_id == FACT.c.version_id, CODE.c.dimension == "theme",
            CODE.c.code.in_(themes),
        )  # fmt: skip
        query = query.where(carries.exists())
    return page_of(query, Dossier.reference, FACT.c.need_id, mark, ascending=True)


def references(need_ids: Collection[str]) -> Mapping[str, tuple[str, str]]:
    """(Reference, title in force) of needs, by their ids."""
    rows = db.session.execute(
        db.select(Dossier.id, Dossier.reference, FACT.c.title)
        .outerjoin(FACT, and_(FACT.c.need_id == Dossier.id, in_force()))
        .where(Dossier.id.in_(need_ids))
    )
    return {need_id: (reference, title or "") for need_id, reference, title in rows}


def _open(*, aside: bool) -> tuple[Any, ...]:
    dismissed = db.select(GroupDismissal.proposal_id).where(
        GroupDismissal.proposal_id == GroupProposal.id
    )
    return (_holds(), dismissed.exists() if aside else ~dismissed.exists())


def _holds() -> Any:
    """The condition under which a proposal still holds: all its needs as compared, and in no group."""
    fact, each, member = FACT.alias(), _HANGING.alias(), MEMBER.alias()
    in_force_still = db.select(fact.c.version_id).where(
        fact.c.version_id == each.c.version_id, fact.c.valid_from.is_not(None),
        fact.c.valid_to.is_(None),
    )  # fmt: skip
    grouped = db.select(member.c.id).where(
        member.c.need_id == each.c.need_id, member.c.valid_to.is_(None)
    )
    broken = db.select(each.c.need_id).where(
        each.c.proposal_id == GroupProposal.id, grouped.exists() | ~in_force_still.exists()
    )
    return ~broken.exists()
