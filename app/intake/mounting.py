"""What does a feature tell the engine, so that its records get all the engine's pages?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.formats.bound import NONE, Lists
from app.formats.spec import Format
from app.intake.models import Version
from app.intake.opened import Opened
from app.policy.permissions import Permission
from app.web.addresses import address


class Part(StrEnum):
    """The groups of pages of which a feature mounts those that its records need."""

    BEGINNING = "beginning"
    OVERVIEW = "overview"
    WRITING = "writing"
    PAPERS = "papers"
    """The copy as PDF, the versions and their receipts."""
    COMMENTS = "comments"
    HISTORY = "history"
    READINESS = "readiness"
    DISCARDING = "discarding"
    WITHDRAWAL = "withdrawal"
    REVISION = "revision"
    REVIEW = "review"
    FILING = "filing"


ALL_PARTS = frozenset(Part)


def granted(permission: Permission | None) -> Permission:
    """The permission of a page that is mounted. Raises LookupError where a feature gave none for it."""
    if permission is None:
        raise LookupError("a part of the engine is mounted without its permission")
    return permission


def no_such_step(*_given: Any, **_named: Any) -> Any:
    """What stands where a feature has no action of its own, since it mounts no page that takes it."""
    raise LookupError("this kind of record has no such step")


@dataclass(frozen=True, kw_only=True)
class Verbs:
    """The feature's own actions, which ask its permissions and then the engine."""

    start: Callable[..., Any] = no_such_step
    file: Callable[..., Any] = no_such_step
    take_over: Callable[..., Any] = no_such_step
    refuse_filing: Callable[..., Any] = no_such_step
    confirm_by_reply: Callable[..., Any] = no_such_step
    send_link: Callable[..., Any] = no_such_step
    revoke_link: Callable[..., Any] = no_such_step
    accept: Callable[..., Any] = no_such_step
    return_to_delegation: Callable[..., Any] = no_such_step
    withdraw: Callable[..., Any] = no_such_step
    drop: Callable[..., Any] | None = None
    """Throws away a draft that was opened from a version in force, which stays; None where that is no step."""
    discard: Callable[..., Any] = no_such_step
    bring_back: Callable[..., Any] = no_such_step
    reopen: Callable[..., Any] = no_such_step


@dataclass(frozen=True, kw_only=True)
class Queue:
    """What waits for review around a record, as addresses; None where there is nothing that way."""

    previous: str | None
    next: str | None
    waiting: int
    are_more: bool
    """Whether more wait than are counted."""
    is_narrowed: bool
    """Whether only what fits the list counts from which the reviewer came."""
    all_url: str
    """The list of all that wait."""


@dataclass(frozen=True, kw_only=True)
class Mount:
    """A kind of record that is made with a form: how it is loaded, who may what, its own words.

    A permission is needed for each part that is mounted.
    """

    name: str
    """The feature's blueprint."""
    id_name: str
    """The name of the record's id in addresses and in `load`."""
    load: Callable[..., Opened]
    load_to_write: Callable[..., Opened]
    """As `load`, for the pages on which a draft is written."""
    format: Format
    """The newest document of the form, by which answers are named that reached no draft."""
    start: Permission | None = None
    list: Permission | None = None
    file: Permission | None = None
    answer_filing: Permission | None = None
    confirm_filing: Permission | None = None
    read: Permission
    edit: Permission
    comment: Permission | None = None
    history: Permission | None = None
    withdraw: Permission | None = None
    ready: Permission | None = None
    discard: Permission | None = None
    revise: Permission | None = None
    review: Permission | None = None
    open_sealed: Permission | None = None
    """Who may open what is sealed; None where the form has nothing sealed."""
    certify: Permission | None = None
    """Who goes on from the check of the answers to the feature's own page "certification"."""
    parts: frozenset[Part] = ALL_PARTS
    verbs: Verbs
    noun: str
    """The msgid of what the record is called, such as "Training need"."""
    layout: str
    """The template that every page of the record extends."""
    queue: Callable[[Opened], Queue] = no_such_step
    """What waits for review around a record, for the reviewer of this request."""
    beside_review: Callable[[Opened, Version], dict[str, Any]] = no_such_step
    """What the feature shows beside a version under review."""
    lists: Callable[[Opened], Lists] = lambda _opened: NONE
    """What may be chosen where answers point at units and people, and what these are called."""
    reserved: Callable[[Opened, Mapping[str, Any]], frozenset[str]] = lambda *_said: frozenset()
    """Places that are required and not asked for, since the law of the country reserves them; the answers
    are given along."""
    against: Callable[[Mount, Any, Mapping[str, Any]], Sequence[tuple[str, str]]] = lambda *_said: ()
    """What else stands against certifying these answers, as (sentence, address where to mend it)."""
    refuses: Callable[[Opened, str], str] = lambda *_said: ""
    """Why whoever writes this record may not answer at a place, as a msgid; "" where they may."""
    queue_words: Callable[[], dict[str, str]] = dict
    """The words of addresses that keep the reviewer in the list from which they came."""

    def url(self, opened: Opened, endpoint: str, **parts: Any) -> str:
        """The address of one of the engine's pages for this record."""
        ids: dict[str, Any] = {self.id_name: opened.id, **parts}
        return address(f"{self.name}.{endpoint}", **ids)

    def list_url(self, endpoint: str, **parts: Any) -> str:
        """The address of a page about the feature's records as a whole."""
        return address(f"{self.name}.{endpoint}", **parts)

    def comment_url(self, endpoint: str, comment_id: str) -> str:
        """The address of one comment, or of what can be done with it."""
        return address(f"{self.name}.{endpoint}", comment_id=comment_id)
