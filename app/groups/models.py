"""What is kept of groups of similar needs, and of what Enlace proposes to group?

A group, its names and its needs hold from an instant until another one, so that it can be read as it
stood at any time. What is proposed is made anew whenever needs change; only what a person put aside stays.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, column
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned, primary_id
from app.extensions import db

IS_HELD = column("valid_to").is_(None)


class NeedGroup(db.Model):
    """Needs of a call that somebody of the Secretariat looks at as one."""

    __tablename__ = "need_group"

    id: Mapped[str] = primary_id()
    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"), index=True)
    state: Mapped[str]
    """open or dissolved"""
    created_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    dissolved_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    dissolved_at: Mapped[datetime | None]
    merged_into_id: Mapped[str | None] = mapped_column(ForeignKey("need_group.id"))
    """The group that took its needs over, where it was dissolved by merging."""
    revision: Mapped[int] = mapped_column(default=1)


class NeedGroupName(db.Model):
    """How a group is called, from when until when."""

    __tablename__ = "need_group_name"

    id: Mapped[str] = primary_id()
    group_id: Mapped[str] = mapped_column(ForeignKey("need_group.id"), index=True)
    name_es: Mapped[str]
    name_en: Mapped[str]
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))


class NeedGroupMember(db.Model, Owned):
    """A need in a group, from when until when. A need is in at most one group at a time."""

    __tablename__ = "need_group_member"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "need_id"], ["need.organisation_id", "need.id"]),
        Index("uq_need_group_member_held", "need_id", unique=True,
              sqlite_where=IS_HELD, postgresql_where=IS_HELD),
        Index("ix_need_group_member_need", "need_id", "valid_from"),
        Index("ix_need_group_member_group", "group_id"),
    )  # fmt: skip
    secretariat_may_write = True

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str]
    group_id: Mapped[str] = mapped_column(ForeignKey("need_group.id"))
    need_id: Mapped[str]
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
    added_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    removed_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class GroupSearch(db.Model):
    """When similar needs of a call were last looked for, and how far the present search is."""

    __tablename__ = "group_search"

    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"), primary_key=True)
    state: Mapped[str]
    """waiting, ready or failed"""
    mark: Mapped[str] = mapped_column(default="")
    """Differs as soon as a need or a group of the call came, changed or went since it was made."""
    made_at: Mapped[datetime | None]
    looked: Mapped[int] = mapped_column(default=0)
    """How many needs in force, in no group, were compared."""
    declined: Mapped[int] = mapped_column(default=0)
    """How many of them are of a country that wants no joint course for them."""
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None]
    """Since when a job is at it."""


class GroupProposal(db.Model):
    """Similar needs that Enlace proposes to group. Its id is that of these versions together."""

    __tablename__ = "group_proposal"
    __table_args__ = (Index("ix_group_proposal_call", "call_id", "place"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"))
    place: Mapped[int]
    """Its place among the proposals of the call, the most countries first."""
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Names, reasons, what differs and the near misses, in both languages."""


class GroupProposalNeed(db.Model):
    """A need of a proposal, with the version that was compared."""

    __tablename__ = "group_proposal_need"
    __table_args__ = (Index("ix_group_proposal_need_need", "need_id"),)

    proposal_id: Mapped[str] = mapped_column(
        ForeignKey("group_proposal.id", ondelete="CASCADE"), primary_key=True
    )
    need_id: Mapped[str] = mapped_column(ForeignKey("need.id"), primary_key=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"))


class GroupDismissal(db.Model):
    """A proposal that somebody put aside: it does not come back until one of its needs changes."""

    __tablename__ = "group_dismissal"

    proposal_id: Mapped[str] = mapped_column(primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"))
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
