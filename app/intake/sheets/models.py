"""What is kept of a workbook that was sent in?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned, primary_id
from app.extensions import db


class SheetUpload(db.Model, Owned):
    """A filled workbook on its way into drafts. The delegation's own business until they are made."""

    __tablename__ = "sheet_upload"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "file_id"], ["attachment.organisation_id", "attachment.id"]
        ),
        Index("ix_sheet_upload_of", "organisation_id", "format_name", "uploaded_at"),
        Index("ix_sheet_upload_state", "state"),
    )

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    format_name: Mapped[str]
    file_id: Mapped[str | None]
    """None once the file was removed."""
    name: Mapped[str]
    """Of the file, as it was sent; "" once it was removed."""
    sha256: Mapped[str]
    """Of the file."""
    uploaded_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime]
    lang: Mapped[str]
    state: Mapped[str]
    """waiting, checked, refused, importing, imported, failed or discarded"""
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    """Rows looked at, of how many."""
    leaves_out: Mapped[bool] = mapped_column(default=False)
    """Whether somebody decided to bring in the good rows without the others."""
    findings: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What was found and made; removed with the file."""
    tries: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None]
    """Since when a job is at it."""
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    finished_at: Mapped[datetime | None]


class SheetRow(db.Model, Owned):
    """A row of a workbook that became a draft, so that the same row makes no second one."""

    __tablename__ = "sheet_row"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "dossier_id"], ["dossier.organisation_id", "dossier.id"]
        ),
    )

    organisation_id: Mapped[str] = mapped_column(primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(primary_key=True)
    """The hidden key that the form gave the row, or what its answers were."""
    dossier_id: Mapped[str]
    answers: Mapped[str]
    """Changes with any of the answers that the draft was given by workbooks."""
