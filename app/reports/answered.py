"""Which invited countries have submitted, and from which is no submission registered yet?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_

from app.calls.models import CallInvitation
from app.extensions import db
from app.formats.countries import country_names
from app.formats.spec import Text
from app.intake.models import Dossier, Version
from app.organisations.models import Organisation
from app.reports.dimensions import country


@dataclass(frozen=True, kw_only=True)
class Answered:
    """Invited countries by whether anything of theirs was certified by then and not withdrawn."""

    with_submission: tuple[Text, ...]
    without_submission: tuple[Text, ...]

    @property
    def invited(self) -> int:
        return len(self.with_submission) + len(self.without_submission)


def answered(call_id: str, as_of: datetime) -> Answered:
    """Who had answered a call at an instant; whoever was invited later is not listed."""
    certified = (
        db.select(Version.id)
        .join(Dossier, Dossier.id == Version.dossier_id)
        .where(Dossier.call_id == call_id,
               Dossier.organisation_id == CallInvitation.organisation_id,
               Version.certified_at <= as_of,
               or_(Dossier.withdrawn_at.is_(None), Dossier.withdrawn_at > as_of))
        .correlate(CallInvitation)
        .exists()
    )  # fmt: skip
    rows = db.session.execute(
        db.select(Organisation.country, Organisation.name_es, Organisation.name_en, certified)
        .join(CallInvitation, CallInvitation.organisation_id == Organisation.id)
        .where(CallInvitation.call_id == call_id, CallInvitation.invited_at <= as_of)
    ).all()
    named = sorted(((_name(*row[:3]), row[3]) for row in rows), key=lambda each: each[0].es)
    return Answered(
        with_submission=tuple(name for name, has in named if has),
        without_submission=tuple(name for name, has in named if not has),
    )


def _name(code: str | None, name_es: str, name_en: str) -> Text:
    return country(code) if code and code in country_names("es") else Text(name_es, name_en)
