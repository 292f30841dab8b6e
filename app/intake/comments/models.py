"""How is a comment on a dossier kept: in which circle, at which place, and what became of it?

A comment is never rewritten: triggers keep its words, its circle and its author. A reply stands in the
circle of what it answers, which a composite key holds.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    and_,
    column,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned, primary_id
from app.extensions import db

IS_OPEN = and_(*(column(name).is_(None) for name in ("parent_id", "resolved_at", "withdrawn_at")))


class Comment(db.Model, Owned):
    """Something said about one place of a dossier, in one circle."""

    __tablename__ = "comment"
    __table_args__ = (
        UniqueConstraint("organisation_id", "id"),
        UniqueConstraint("organisation_id", "dossier_id", "circle", "id"),
        ForeignKeyConstraint(
            ["organisation_id", "dossier_id"], ["dossier.organisation_id", "dossier.id"]
        ),
        ForeignKeyConstraint(
            ["organisation_id", "dossier_id", "circle", "parent_id"],
            ["comment.organisation_id", "comment.dossier_id", "comment.circle", "comment.id"],
        ),
        Index("ix_comment_dossier", "dossier_id", "created_at", "id"),
        Index("ix_comment_parent", "parent_id", "created_at"),
        Index("ix_comment_open", "dossier_id", "section", "field",
              sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    )  # fmt: skip
    secretariat_may_write = True

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str]
    """Whose record it is about; not the organisation of the author."""
    dossier_id: Mapped[str]
    circle: Mapped[str]
    """See circles.py."""
    parent_id: Mapped[str | None]
    section: Mapped[str]
    field: Mapped[str] = mapped_column(default="")
    """Empty where it is about the whole section."""
    version_number: Mapped[int]
    """The newest certified version when it was written; 0 before the first."""
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    author_name: Mapped[str]
    author_organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    created_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    resolved_name: Mapped[str | None]


class CommentMention(db.Model, Owned):
    """A colleague whom a comment addresses, chosen from the list of colleagues."""

    __tablename__ = "comment_mention"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "comment_id"], ["comment.organisation_id", "comment.id"]
        ),
        Index("ix_comment_mention_person", "person_id", "comment_id"),
    )
    secretariat_may_write = True

    comment_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    organisation_id: Mapped[str]
    person_name: Mapped[str]
