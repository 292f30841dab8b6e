"""Of which report is a file wanted, and how is that report made, now or by a job?"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from app import clock
from app.calls.models import Call
from app.extensions import db
from app.reports import building, moments, queries
from app.reports.figures import FULL, MEMBERS, Audience
from app.reports.models import Edition
from app.reports.report import Earlier, Report

if TYPE_CHECKING:
    from app.reports.models import ReportFile


class Wanted(NamedTuple):
    """A file of a report: of a published edition, of one in preparation, or of figures of a moment."""

    call_id: str
    edition_id: str | None
    audience: str
    lang: str
    ending: str
    as_of: datetime | None = None
    """None for what was published."""
    since: str = ""
    """With what it is compared: a moment as addresses carry it, or an edition's id; "" as it is."""

    @classmethod
    def of(cls, row: ReportFile) -> Wanted:
        return cls(*(getattr(row, name) for name in cls._fields))


def report_of(asked: Wanted) -> tuple[Report, str]:
    """The report, and the fingerprint of what was published of it. Whoever asks may read it."""
    audience: Audience = MEMBERS if asked.audience == MEMBERS else FULL
    edition = db.session.get_one(Edition, asked.edition_id) if asked.edition_id else None
    if edition is not None and edition.state == queries.PUBLISHED:
        document = queries.frozen_for(edition, audience)
        report = building.frozen(document)
        return building.compared(report, _earlier(asked, audience)), document.hash
    call = db.session.get_one(Call, asked.call_id)
    as_of = asked.as_of or clock.now()
    if edition is not None:
        before = building.edition_before(edition, audience)
        return building.build(call, as_of=as_of, audience=audience, edition=edition, stage="draft",
                              earlier=before), ""  # fmt: skip
    return building.build(call, as_of=as_of, earlier=_earlier(asked, audience)), ""


def _earlier(asked: Wanted, audience: Audience) -> Earlier | None:
    if not asked.since:
        return None
    if asked.since.endswith("Z"):
        return building.figures_at(db.session.get_one(Call, asked.call_id),
                                   moments.exact(asked.since))  # fmt: skip
    other = db.session.get_one(Edition, asked.since)
    return building.figures_of(queries.frozen_for(other, audience))
