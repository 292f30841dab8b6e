"""What do the pages of matches have in common?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for

from app.funding.matches.queries import Subject
from app.web.navigation import Under

blueprint = Blueprint("matches", __name__, url_prefix="/matches")
NAV = (Under("/matches", ("offers.index",)), Under("/matches/needs", ("needs.index",)),
       Under("/matches/groups", ("groups.index",)))  # fmt: skip
"""The matches of a record belong where the record does."""
RECORDS = {"need": ("needs.show", "need_id"), "offer": ("offers.show", "offer_id"),
           "group": ("groups.show", "group_id")}  # fmt: skip
"""Kind of a record -> its page, and what its address is made of."""


def record_url(kind: str, key: str) -> str:
    """The page of a need, a group or an offer itself."""
    endpoint, name = RECORDS[kind]
    parts: dict[str, Any] = {name: key}
    return url_for(endpoint, **parts)


def url_of(subject: Subject, **parts: Any) -> str:
    """The page of what fits a need, a group or an offer, with more of its address."""
    parts[f"{subject.kind}_id"] = subject.id
    return url_for(f"matches.of_{subject.kind}", **parts)
