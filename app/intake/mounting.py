"""What does a feature tell the engine, so that its records get all the engine's pages?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.formats.spec import Format
from app.intake.models import Version
from app.intake.opened import Opened
from app.policy.permissions import Permission
from app.web.addresses import address


@dataclass(frozen=True, kw_only=True)
class Verbs:
    """The feature's own actions, which ask its permissions and then the engine."""

    start: Callable[..., Any]
    file: Callable[..., Any]
    take_over: Callable[..., Any]
    refuse_filing: Callable[..., Any]
    confirm_by_reply: Callable[..., Any]
    send_link: Callable[..., Any]
    revoke_link: Callable[..., Any]
    accept: Callable[..., Any]
    return_to_delegation: Callable[..., Any]
    withdraw: Callable[..., Any]
    discard: Callable[..., Any]
    bring_back: Callable[..., Any]
    reopen: Callable[..., Any]


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
    """A kind of record that is made with a form: how it is loaded, who may what, its own words."""

    name: str
    """The feature's blueprint."""
    id_name: str
    """The name of the record's id in addresses and in `load`."""
    load: Callable[..., Opened]
    load_to_write: Callable[..., Opened]
    """As `load`, for the pages on which a draft is written."""
    format: Format
    """The newest document of the form, by which answers are named that reached no draft."""
    start: Permission
    list: Permission
    file: Permission
    answer_filing: Permission
    confirm_filing: Permission
    read: Permission
    edit: Permission
    comment: Permission
    history: Permission
    withdraw: Permission
    ready: Permission
    discard: Permission
    revise: Permission
    review: Permission
    open_sealed: Permission | None = None
    """Who may open what is sealed; None where the form has nothing sealed."""
    verbs: Verbs
    noun: str
    """The msgid of what the record is called, such as "Training need"."""
    layout: str
    """The template that every page of the record extends."""
    queue: Callable[[Opened], Queue]
    """What waits for review around a record, for the reviewer of this request."""
    beside_review: Callable[[Opened, Version], dict[str, Any]]
    """What the feature shows beside a version under review."""
    queue_words: Callable[[], dict[str, str]]
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
