"""Under which number does a published edition list a need, and where is that read?"""

from __future__ import annotations

from collections.abc import Collection

from flask import url_for

from app.extensions import db
from app.reports import content
from app.reports.figures import MEMBERS
from app.reports.models import EditionDocument
from app.web.keyset import SIZE


def numbers_for_members(edition_ids: Collection[str]) -> dict[tuple[str, str], int]:
    """(Edition, need) -> the number under which members read of the need.

    Without the needs that they read of unnamed, or not at all.
    """
    documents = db.session.execute(
        db.select(EditionDocument.edition_id, EditionDocument.content, EditionDocument.hash).where(
            EditionDocument.edition_id.in_(edition_ids), EditionDocument.audience == MEMBERS
        )
    )
    return {
        (edition_id, need_id): number
        for edition_id, written, hash in documents
        for need_id, number in content.numbers(written, hash).items()
    }


def address(edition_id: str, number: int) -> str:
    """Where the edition lists the need of a number, on whichever page of its list."""
    start = (number - 1) // SIZE * SIZE
    return url_for("reports.needs_of_edition", edition_id=edition_id, after=start or None,
                   _anchor=f"need-{number}")  # fmt: skip
