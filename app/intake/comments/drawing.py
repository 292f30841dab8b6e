"""What does a page need to draw conversations: whose words, in which circle, about which place?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.formats.spec import Format, UnknownField, UnknownSection
from app.intake.comments import queries
from app.intake.comments.circles import SHARED
from app.intake.comments.queries import Asked
from app.intake.opened import Opened
from app.policy.actor import Actor
from app.web import locale


@dataclass(frozen=True)
class Place:
    """The section or field that is spoken of, in the reader's language."""

    section: str
    field: str
    label: str


@dataclass(frozen=True)
class Shown:
    """One comment, as its reader may see it: nothing of what was withdrawn but that it was."""

    id: str
    circle: str
    text: str
    who: str
    is_own: bool
    is_of_secretariat: bool
    at: datetime
    version_number: int
    withdrawn_at: datetime | None
    mentioned: tuple[str, ...]


@dataclass(frozen=True)
class Thread:
    """A conversation: how it began, its last replies, and how many stand before those."""

    first: Shown
    place: Place
    replies: tuple[Shown, ...]
    earlier: int
    resolved_at: datetime | None
    resolved_name: str | None


@dataclass(frozen=True)
class Threads:
    """A page of conversations, and the marks of its neighbours."""

    threads: tuple[Thread, ...]
    before: str
    behind: str


def place_of(format: Format, section: str, field: str) -> Place:
    """How a section or a field is called; by its key where the format no longer has it."""
    lang = locale.lang()
    try:
        title = format.section(section).title.say(lang)
    except UnknownSection:
        title = section
    if not field:
        return Place(section, "", title)
    try:
        return Place(section, field, format.field(field).label.say(lang))
    except UnknownField:
        return Place(section, field, field)


def threads(actor: Actor, opened: Opened, asked: Asked) -> Threads:
    """A page of conversations with their last replies, in three queries."""
    found = queries.list_threads(actor, opened, asked)
    rows = found.rows
    replies = queries.newest_replies(actor, opened, [row.id for row in rows])
    names = queries.mentioned(actor, [row.id for row in (*rows, *replies)])
    by_parent: dict[str, list[Any]] = {}
    for reply in replies:
        by_parent.setdefault(reply.parent_id, []).append(reply)
    drawn = tuple(
        _thread(actor, opened, row, by_parent.get(row.id, []), names) for row in rows
    )  # fmt: skip
    return Threads(drawn, found.before, found.behind)


def one_thread(actor: Actor, opened: Opened, first: Any, after: str) -> Threads:
    """One conversation with a page of its replies, the newest page first, each oldest first."""
    found = queries.list_replies(actor, opened, first.id, after)
    names = queries.mentioned(actor, [first.id, *(row.id for row in found.rows)])
    drawn = _thread(actor, opened, first, found.rows[::-1], names)
    return Threads((drawn,), found.before, found.behind)


def _thread(
    actor: Actor, opened: Opened, first: Any, replies: list[Any], names: dict[str, list[str]]
) -> Thread:
    many = replies[0].many if replies and hasattr(replies[0], "many") else len(replies)
    return Thread(
        first=shown(actor, opened, first, names),
        place=place_of(opened.format, first.section, first.field),
        replies=tuple(shown(actor, opened, each, names) for each in replies),
        earlier=many - len(replies),
        resolved_at=first.resolved_at,
        resolved_name=first.resolved_name,
    )


def shown(actor: Actor, opened: Opened, row: Any, names: dict[str, Iterable[str]] | Any) -> Shown:
    """One comment for its reader."""
    is_withdrawn = row.withdrawn_at is not None
    author = row.author_id, row.author_organisation_id
    return Shown(
        id=row.id, circle=row.circle, text="" if is_withdrawn else row.text, who=row.author_name,
        is_own=author == (actor.person_id, actor.organisation_id),
        is_of_secretariat=row.circle == SHARED
        and row.author_organisation_id != opened.organisation_id,
        at=row.created_at, version_number=row.version_number, withdrawn_at=row.withdrawn_at,
        mentioned=() if is_withdrawn else tuple(names.get(row.id, ())),
    )  # fmt: skip
