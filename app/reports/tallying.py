"""What will an edition say, counted before anything is written, and does it still hold?

Counting may take long where much is stored, and on SQLite whoever writes keeps everybody else from
writing. So figures are counted while only reading; what remains for the write is to look whether
anything came in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func

from app import clock
from app.calls.models import Call
from app.extensions import db
from app.needs.models import NeedFact
from app.reports import building
from app.reports.answered import Answered, answered
from app.reports.doubts import doubts
from app.reports.figures import FULL, MEMBERS
from app.reports.funded import funding_of
from app.reports.grouped import changes_so_far
from app.reports.models import Edition
from app.reports.report import Report


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Differs as soon as a need of the call came into force or out of it, a country answered, or
    groups of its needs changed."""

    begun: int
    ended: int
    answered: Answered
    groups: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What each audience would read as of a moment, with what speaks against publishing it."""

    as_of: datetime
    reports: tuple[Report, Report]
    doubts: frozenset[str]
    mark: Mark

    @property
    def digest(self) -> str:
        """That of what each audience would read."""
        return building.digest(*self.reports)


def tally(edition: Edition, call: Call) -> Tally:
    """Count an edition in preparation as of now, for both audiences."""
    now = clock.now()
    mark = _mark(call, now)  # taken first, so that what comes while counting is noticed
    full, members = (
        building.build(call, as_of=now, audience=each, edition=edition, stage="published",
                       earlier=building.edition_before(edition, each))
        for each in (FULL, MEMBERS)
    )  # fmt: skip
    return Tally(as_of=now, reports=(full, members), doubts=doubts(call, now), mark=mark)


def still_holds(tally: Tally, call: Call) -> bool:
    """Whether nothing that was counted has changed since."""
    as_of = tally.as_of
    return (
        _mark(call, as_of) == tally.mark
        and doubts(call, as_of) == tally.doubts
        and all(funding_of(call.id, as_of, each.audience) == each.funding for each in tally.reports)
    )


def _mark(call: Call, as_of: datetime) -> Mark:
    # Both only grow: a need that came into force or out of it never goes back.
    begun, ended = db.session.execute(
        db.select(func.count(NeedFact.valid_from), func.count(NeedFact.valid_to)).where(
            NeedFact.call_id == call.id
        )
    ).one()
    return Mark(
        begun=begun, ended=ended, answered=answered(call.id, as_of), groups=changes_so_far(call.id)
    )
