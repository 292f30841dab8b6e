"""Under which number does a published edition list a need, and where is that read?"""

from __future__ import annotations

from collections.abc import Collection

from flask import url_for

from app.extensions import db
from app.reports.models import EditionNeed
from app.reports.report import Report
from app.web.keyset import SIZE


def write_down(edition_id: str, report: Report) -> None:
    """Keep the numbers of what members read, without the needs whose country is not named there.

    An edition is long, and nobody has to read all of it to know where one need stands.
    """
    listed = [
        {"edition_id": edition_id, "need_id": need.need_id, "number": number}
        for number, need in enumerate(report.needs, 1)
        if need.need_id
    ]
    if listed:
        db.session.execute(db.insert(EditionNeed.__table__), listed)


def numbers_for_members(
    edition_ids: Collection[str], need_ids: Collection[str]
) -> dict[tuple[str, str], int]:
    """(Edition, need) -> the number under which members read of the need, where they read of it by
    the name of its country."""
    found = db.session.execute(
        db.select(EditionNeed.edition_id, EditionNeed.need_id, EditionNeed.number).where(
            EditionNeed.edition_id.in_(edition_ids), EditionNeed.need_id.in_(need_ids)
        )
    )
    return {(edition_id, need_id): number for edition_id, need_id, number in found}


def address(edition_id: str, number: int) -> str:
    """Where the edition lists the need of a number, on whichever page of its list."""
    start = (number - 1) // SIZE * SIZE
    return url_for("reports.needs_of_edition", edition_id=edition_id, after=start or None,
                   _anchor=f"need-{number}")  # fmt: skip
