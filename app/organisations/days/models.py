"""What is kept of the days on which a country does not work?"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned, primary_id
from app.extensions import db


class NonWorkingDay(db.Model, Owned):
    """One day on which a country does not work."""

    __tablename__ = "non_working_day"
    __table_args__ = (UniqueConstraint("organisation_id", "day"),)
    secretariat_may_write = True

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    day: Mapped[date]
    name_es: Mapped[str]
    name_en: Mapped[str]
    entered_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    """Since when the country itself says so; None while only the Secretariat does."""

    def name(self, lang: str) -> str:
        return self.name_en if lang == "en" else self.name_es
