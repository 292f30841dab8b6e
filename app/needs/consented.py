"""What did the country decide about one version, in words: its visto bueno, members, sponsors, and what is released?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from app.extensions import db
from app.formats.spec import Format
from app.formats.words import N_
from app.intake import published
from app.intake.models import Version
from app.intake.opened import Opened
from app.needs.choosing import question
from app.needs.models import Consent

MEMBERS = {
    "named": N_("with the name of the country"),
    "unnamed": N_("without the name of the country"),
    "none": N_("not at all"),
}
SPONSORS = {**MEMBERS, "none": N_("no summary is sent")}


@dataclass(frozen=True)
class Consented:
    """The country's decision about one version, as a reader of the Secretariat is told it."""

    members: str
    sponsors: str
    lets_sponsors_read: bool
    released: list[str]
    """The questions whose free words or contacts sponsors may read."""
    withheld: list[str]
    """The questions that sponsors do not see."""


def consented(opened: Opened, version: Version) -> Consented | None:
    """What was decided with this version; None where nothing was asked."""
    consent = db.session.get(Consent, version.id)
    if consent is None:
        return None
    form = published.get(opened.dossier.format_name, version.format_version)
    return Consented(
        members=_(MEMBERS[consent.members]), sponsors=_(SPONSORS[consent.sponsors]),
        lets_sponsors_read=consent.sponsors != "none",
        released=_questions(form, consent.released), withheld=_questions(form, consent.withheld),
    )  # fmt: skip


def _questions(form: Format, keys: Iterable[str]) -> list[str]:
    """In the order of the form."""
    order = {field.key: place for place, field in enumerate(form.fields)}
    listed = sorted(keys, key=lambda key: (order.get(key.partition(".")[0], 0), key))
    return [question(form, key) for key in listed]
