"""What is kept of the second factors that somebody can give?"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import primary_id
from app.extensions import db


class Kind(StrEnum):
    """What somebody has besides a password."""

    TOTP = "totp"
    """A program, mostly on a telephone, that shows six figures for half a minute."""
    PASSKEY = "passkey"
    """A key in a device, which signs for this address alone."""
    SHEET = "sheet"
    """A printed sheet of codes, each good for one time."""


SPENT = "spent"
"""Stands among the kinds of somebody who has a factor and can give none: a sheet with every code used."""


class Factor(db.Model):
    """One second factor of one person. One that is removed is gone; the audit trail remembers it."""

    __tablename__ = "factor"
    __table_args__ = (Index("ix_factor_person_id", "person_id"),)

    id: Mapped[str] = primary_id()
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    name: Mapped[str]
    """What its person calls it; may be empty."""
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    """Of a program: when it showed its first right code. Before that it counts for nothing."""
    begun_in: Mapped[str | None]
    """Of a program that does not count yet: the sign-in that began it, which alone is shown its key."""
    used_at: Mapped[datetime | None]
    sealed: Mapped[bytes | None]
    """Of a program: its key, sealed."""
    last_step: Mapped[int | None]
    """Of a program: the half minute of the last code that was taken; none of it or before is taken again."""
    credential_id: Mapped[str | None] = mapped_column(unique=True)
    credential: Mapped[bytes | None]
    """Of a passkey: its public part."""
    sign_count: Mapped[int | None] = mapped_column(BigInteger)


class FactorCode(db.Model):
    """One code of a sheet, as a keyed hash."""

    __tablename__ = "factor_code"
    __table_args__ = (Index("ix_factor_code_person_id", "person_id"),)

    factor_id: Mapped[str] = mapped_column(ForeignKey("factor.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None]
