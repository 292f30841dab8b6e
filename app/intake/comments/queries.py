"""Which comments on a dossier exist for this actor, and which of its places have open ones?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func

from app.db.errors import Missing
from app.extensions import db
from app.intake.comments.circles import SHARED
from app.intake.comments.models import Comment, CommentMention
from app.intake.models import Dossier
from app.intake.opened import Opened
from app.policy.actor import Actor
from app.policy.roles import OFFICERS, READERS
from app.web.keyset import Page, page_of

TALKING = (*READERS, *OFFICERS)
"""Roles that read needs, and so may be addressed in a comment."""
REPLIES_SHOWN = 3
STATES = ("open", "resolved")
_TABLE = Comment.__table__
_IS_OPEN = and_(
    _TABLE.c.parent_id.is_(None), _TABLE.c.resolved_at.is_(None), _TABLE.c.withdrawn_at.is_(None)
)


@dataclass
class OpenedComment:
    """A comment and the dossier it is about, as one actor may reach them."""

    comment: Comment
    opened: Opened

    @property
    def organisation_id(self) -> str:
        return self.comment.organisation_id


@dataclass(frozen=True)
class Asked:
    """Which comments a page is to show; empty for all."""

    section: str = ""
    field: str = ""
    state: str = ""
    after: str = ""


def open_count(*, shared_only: bool) -> ScalarSelect[int]:
    """How many comments of a dossier are open: a column for the query that finds the dossier."""
    query = db.select(func.count()).select_from(_TABLE)
    query = query.where(_TABLE.c.dossier_id == Dossier.id, _IS_OPEN)
    if shared_only:
        query = query.where(_TABLE.c.circle == SHARED)
    return query.correlate(Dossier.__table__).scalar_subquery()


def open_by_field(actor: Actor, opened: Opened, section: str) -> dict[str, int]:
    """Field -> how many comments on it are open, "" for the section itself. Nothing is asked where
    the dossier has none."""
    if not opened.open_comments:
        return {}
    rows = db.session.execute(
        db.select(_TABLE.c.field, func.count())
        .where(_on(actor, opened), _IS_OPEN, _TABLE.c.section == section)
        .group_by(_TABLE.c.field)
    )
    return {field: int(many) for field, many in rows}


def get(actor: Actor, comment_id: str, load: Callable[[Actor, str], Opened]) -> OpenedComment:
    """A comment that the actor may read, with its dossier. Raises Missing."""
    comment = db.session.get(Comment, comment_id)
    if comment is None or (actor.is_secretariat and comment.circle != SHARED):
        raise Missing(comment_id)
    opened = load(actor, comment.dossier_id)
    if comment.organisation_id != opened.organisation_id:
        raise Missing(comment_id)
    return OpenedComment(comment, opened)


def list_threads(actor: Actor, opened: Opened, asked: Asked) -> Page:
    """What began a conversation, newest first."""
    query = _columns().where(_on(actor, opened), _TABLE.c.parent_id.is_(None))
    if asked.section:
        query = query.where(_TABLE.c.section == asked.section)
    if asked.field:
        query = query.where(_TABLE.c.field == asked.field)
    if asked.state == "open":
        query = query.where(_IS_OPEN)
    elif asked.state == "resolved":
        query = query.where(_TABLE.c.resolved_at.is_not(None))
    return page_of(query, _TABLE.c.created_at, _TABLE.c.id, asked.after)


def list_replies(actor: Actor, opened: Opened, parent_id: str, after: str) -> Page:
    """The replies to a comment, newest first."""
    query = _columns().where(_on(actor, opened), _TABLE.c.parent_id == parent_id)
    return page_of(query, _TABLE.c.created_at, _TABLE.c.id, after)


def newest_replies(actor: Actor, opened: Opened, parent_ids: Sequence[str]) -> list[Any]:
    """The last few replies to each of these comments, oldest first, each with `many`: how many
    there are."""
    by_parent = {"partition_by": _TABLE.c.parent_id}
    ranked = (
        _columns()
        .add_columns(
            func.row_number()
            .over(order_by=(_TABLE.c.created_at.desc(), _TABLE.c.id.desc()), **by_parent)
            .label("place"),
            func.count().over(**by_parent).label("many"),
        )
        .where(_on(actor, opened), _TABLE.c.parent_id.in_(parent_ids))
        .subquery()
    )
    query = db.select(ranked).where(ranked.c.place <= REPLIES_SHOWN)
    return list(db.session.execute(query.order_by(ranked.c.parent_id, ranked.c.place.desc())))


def mentioned(actor: Actor, comment_ids: Iterable[str]) -> dict[str, list[str]]:
    """Comment -> the names of those it addresses, where somebody of the actor's organisation wrote it.

    Whom the other side addressed among its own people is not the reader's to know.
    """
    table = CommentMention.__table__
    found: dict[str, list[str]] = {}
    rows = db.session.execute(
        db.select(table.c.comment_id, table.c.person_name)
        .join(_TABLE, _TABLE.c.id == table.c.comment_id)
        .where(table.c.comment_id.in_(list(comment_ids)),
               _TABLE.c.author_organisation_id == actor.organisation_id)
        .order_by(table.c.comment_id, table.c.person_name)
    )  # fmt: skip
    for comment_id, name in rows:
        found.setdefault(comment_id, []).append(name)
    return found


def _columns() -> Select[Any]:
    return db.select(
        _TABLE.c.id, _TABLE.c.parent_id, _TABLE.c.circle, _TABLE.c.section, _TABLE.c.field,
        _TABLE.c.version_number, _TABLE.c.text, _TABLE.c.author_id, _TABLE.c.author_name,
        _TABLE.c.author_organisation_id, _TABLE.c.created_at, _TABLE.c.withdrawn_at,
        _TABLE.c.resolved_at, _TABLE.c.resolved_name,
    )  # fmt: skip


def _on(actor: Actor, opened: Opened) -> ColumnElement[bool]:
    """The comments on a dossier that the actor may read."""
    of_dossier = and_(
        _TABLE.c.dossier_id == opened.id, _TABLE.c.organisation_id == opened.organisation_id
    )
    return and_(of_dossier, _TABLE.c.circle == SHARED) if actor.is_secretariat else of_dossier
