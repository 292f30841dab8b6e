"""Which versions, reviews and reasons does a dossier have?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_

from app.db.errors import Missing
from app.extensions import db
from app.intake.models import Dossier, Draft, Review, ReviewSection, Version
from app.intake.opened import Opened

VERSION_COLUMNS = (
    Version.id, Version.number, Version.receipt, Version.hash, Version.certified_name,
    Version.certified_role, Version.certified_at, Version.lang, Version.title,
    Version.format_version,
)  # fmt: skip
VERSIONS_SHOWN = 25


def versions(dossier: Dossier) -> list[Any]:
    """The newest versions of a dossier without their documents, each with its review's verdict."""
    return list(
        db.session.execute(
            db.select(*VERSION_COLUMNS, Review.verdict, Review.decided_at, Review.note)
            .outerjoin(Review, Review.version_id == Version.id)
            .where(Version.dossier_id == dossier.id,
                   Version.organisation_id == dossier.organisation_id)
            .order_by(Version.number.desc())
            .limit(VERSIONS_SHOWN)
        ).all()
    )  # fmt: skip


def version(opened: Opened, number: int) -> Version:
    """One version of a dossier with its document. Raises Missing."""
    found = db.session.execute(
        db.select(Version).where(
            Version.dossier_id == opened.id,
            Version.organisation_id == opened.organisation_id,
            Version.number == number,
        )
    ).scalar_one_or_none()
    if found is None:
        raise Missing(str(number))
    return found


def is_uncertified() -> ColumnElement[bool]:
    """The condition that a draft is its dossier's own and of words that were never certified: it is
    open, or was when the record ended. There is one at most."""
    return and_(
        Draft.dossier_id == Dossier.id,
        Draft.organisation_id == Dossier.organisation_id,
        Draft.from_version_id.is_not_distinct_from(Dossier.latest_version_id),
    )


def left_draft(opened: Opened) -> Draft | None:
    """The draft that was open when the record ended; None where there was none.

    For its own delegation: nobody else ever read it.
    """
    if opened.draft is not None or not opened.has_ended:
        return None
    return db.session.scalar(
        db.select(Draft).join(Dossier, is_uncertified()).where(Dossier.id == opened.id)
    )


def latest_version(opened: Opened) -> Version | None:
    """The version certified last, None before the first."""
    if opened.dossier.latest_version_id is None:
        return None
    return version(opened, opened.dossier.versions_count)


def reasons(opened: Opened) -> dict[str, str]:
    """Section -> what the Secretariat asked to change, of the newest version's review if it was
    returned. Empty otherwise."""
    if opened.dossier.latest_version_id is None:
        return {}
    rows = db.session.execute(
        db.select(ReviewSection.section, ReviewSection.reason)
        .join(Review, Review.id == ReviewSection.review_id)
        .where(Review.version_id == opened.dossier.latest_version_id,
               Review.organisation_id == opened.organisation_id)
    )  # fmt: skip
    return dict(rows.all())


def reasons_before(opened: Opened, number: int) -> dict[str, str]:
    """What was asked to change of the version before this one, for the reviewer to hold against it."""
    rows = db.session.execute(
        db.select(ReviewSection.section, ReviewSection.reason)
        .join(Review, Review.id == ReviewSection.review_id)
        .join(Version, Version.id == Review.version_id)
        .where(Version.dossier_id == opened.id, Version.organisation_id == opened.organisation_id,
               Version.number == number - 1)
    )  # fmt: skip
    return dict(rows.all())
