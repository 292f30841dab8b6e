"""Why can nothing be written in this record any more: who did what to it, and when?"""

from __future__ import annotations

from flask import g
from flask_babel import gettext as _

from app.audit.models import AuditEvent
from app.extensions import db
from app.formats.words import N_
from app.intake.models import Dossier
from app.intake.names import who
from app.web import locale
from app.workflow.machine import NotNow

BECAME = {
    "dossier-certified": N_(
        "%(who)s certified and submitted it on %(when)s, so nothing can be written in it now."
    ),
    "dossier-returned": N_(
        "It was returned for changes on %(when)s. To write in it, press “Make the changes” on its "
        "page."
    ),
    "dossier-withdrawn": N_(
        "%(who)s withdrew it on %(when)s, so nothing can be written in it now."
    ),
    "dossier-discarded": N_(
        "%(who)s discarded the draft on %(when)s, so nothing can be written in it now."
    ),
}
"""What closes a draft, as it is told to whoever was writing in it."""


class Closed(NotNow):
    """No draft of this record is open to the reader."""

    def __init__(self, dossier: Dossier) -> None:
        super().__init__("draft", "closed", "write")
        self._of = dossier.id, dossier.organisation_id

    def say(self) -> str:
        """Who closed it and when; empty where that is not the reader's to know."""
        dossier_id, organisation_id = self._of
        if g.actor.organisation_id != organisation_id:
            return ""
        table = AuditEvent.__table__
        found = db.session.execute(
            db.select(table.c.kind, table.c.person_id, table.c.at)
            .where(table.c.subject_id == dossier_id, table.c.kind.in_(BECAME))
            .order_by(table.c.seq.desc())
            .limit(1)
        ).one_or_none()
        if found is None:
            return ""
        by, at = who(g.actor, found.person_id), locale.show_instant(found.at)
        return _(BECAME[found.kind], who=by, when=at)
