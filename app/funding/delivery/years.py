"""What was offered, needed, matched and used in each year? Totals alone, in a fixed number of questions.

The Secretariat reads them as they stand. Members may not read what they count, so that they read what
the clock counted last (`YearFigure`), and when that was. A year is one of the calendar, on the
Conference's clocks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    and_,
    case,
    cast,
    delete,
    distinct,
    extract,
    func,
    insert,
    union_all,
)

from app import clock
from app.audit.commit import committed
from app.db.transactions import transaction
from app.db.types import Instant
from app.extensions import db
from app.formats.words import N_
from app.funding.courses.models import Course
from app.funding.delivery.models import Attendance, CourseReplication, YearFigure
from app.funding.matches.models import MatchRun
from app.funding.offers.models import Offer
from app.funding.offers.queries import ZONE
from app.intake.models import Dossier, Version
from app.jobs.registry import Times, job
from app.needs.format import NEED

COLUMNS = {
    "offers": N_("Offers"),
    "needs": N_("Needs"),
    "matches": N_("Matches"),
    "offered": N_("Seats offered"),
    "used": N_("Seats used"),
    "finished": N_("Finished"),
    "replications": N_("Replications"),
}
"""What is counted -> its heading, in the order in which it is read."""
MEANING = {
    "offers": N_("offers that were opened in the year, whatever became of them"),
    "needs": N_("needs that were submitted for the first time in the year"),
    "matches": N_("needs, groups and offers for which a recorded ranking found at least one fit"),
    "offered": N_("seats of courses whose first day lies in the year and whose date was fixed"),
    "used": N_("people who came to these courses"),
    "finished": N_("people who finished them"),
    "replications": N_(
        "times that a course was given again: by a country, as it was written down, or as "
        "a regional course that replicates it"
    ),
}
"""What exactly each heading counts."""
OF_EACH_YEAR = frozenset({"matches"})
"""What is ranked in two years counts in both, so that years do not add up."""
FIRST_HOURS = datetime(2004, 1, 1, tzinfo=ZONE).astimezone(UTC).hour
"""So many hours of a year in UTC belong to the year before on the Conference's clocks, which are never
put forward."""
NO_FIT = '%"best":[]%'
"""How a ranking without any fit is written."""
HELD = ("delivered", "evaluated", "closed")
DATED = ("scheduled", *HELD)


@dataclass(frozen=True)
class Year:
    """The totals of one year, in the order of COLUMNS."""

    year: int
    counts: dict[str, int]

    def __getitem__(self, what: str) -> int:
        return self.counts[what]


def count() -> list[Year]:
    """Every year in which anything happened, the newest first, counted now by whoever may."""
    found: dict[int, dict[str, int]] = {}
    for asked in (_offers(), _needs(), _matches(), _seats(), _attendance(), _again()):
        for row in db.session.execute(asked).mappings():
            counts = found.setdefault(int(row["year"]), dict.fromkeys(COLUMNS, 0))
            counts |= {what: int(row[what] or 0) for what in COLUMNS if what in row}
    return _in_order(found)


def counted() -> tuple[list[Year], datetime | None]:
    """What the clock counted last, and when that was."""
    found: dict[int, dict[str, int]] = {}
    at = None
    for row in db.session.scalars(db.select(YearFigure)):
        found.setdefault(row.year, dict.fromkeys(COLUMNS, 0))[row.what] = row.count
        at = row.counted_at
    return _in_order(found), at


def total(years: Iterable[Year]) -> dict[str, int | None]:
    """All years together; None where one thing may stand in several of them."""
    listed = list(years)
    return {
        what: None if what in OF_EACH_YEAR else sum(each[what] for each in listed)
        for what in COLUMNS
    }


@job("years-by-the-clock", times=Times(minute="41"))
def keep_up() -> None:
    """Once an hour: count anew for the members, and write only where something differs."""
    with transaction(writing=False):
        now, kept = count(), counted()
    if now == kept[0] and kept[1] is not None and clock.now().date() == kept[1].date():
        return
    with committed() as session:
        at = clock.now()
        session.execute(delete(YearFigure))
        rows = [
            {"year": each.year, "what": what, "count": count, "counted_at": at}
            for each in now for what, count in each.counts.items()
        ]  # fmt: skip
        if rows:
            session.execute(insert(YearFigure.__table__), rows)


def _in_order(found: dict[int, dict[str, int]]) -> list[Year]:
    return [Year(year, found[year]) for year in sorted(found, reverse=True)]


def _by_year(when: Any, **counts: Any) -> Select[Any]:
    """Counts by the year of a day, or of an instant on the Conference's clocks."""
    year: Any = cast(extract("year", when), Integer)
    if isinstance(when.type, Instant):
        is_eve = and_(extract("month", when) == 1, extract("day", when) == 1,
                      extract("hour", when) < FIRST_HOURS)  # fmt: skip
        year -= case((is_eve, 1), else_=0)
    return (
        db.select(year.label("year"), *(each.label(what) for what, each in counts.items()))
        .where(when.is_not(None))
        .group_by(year)
    )


def _offers() -> Select[Any]:
    return _by_year(Offer.opened_at, offers=func.count())


def _needs() -> Select[Any]:
    query = _by_year(Version.certified_at, needs=func.count())
    return query.join(Dossier, Dossier.id == Version.dossier_id).where(
        Version.number == 1, Dossier.format_name == NEED.name
    )


def _matches() -> Select[Any]:
    subject = func.count(distinct(MatchRun.subject_kind + ":" + MatchRun.subject_id))
    return _by_year(MatchRun.made_at, matches=subject).where(MatchRun.content.not_like(NO_FIT))


def _seats() -> Select[Any]:
    return _by_year(Course.starts_on, offered=func.sum(Course.seats)).where(Course.state.in_(DATED))


def _attendance() -> Select[Any]:
    came = func.sum(Attendance.women + Attendance.men + Attendance.not_stated)
    finished = func.sum(
        Attendance.finished_women + Attendance.finished_men + Attendance.finished_not_stated
    )
    query = _by_year(Course.starts_on, used=came, finished=finished)
    return query.join(Attendance, Attendance.course_id == Course.id).where(Course.state.in_(DATED))


def _again() -> Select[Any]:
    by_countries = db.select(CourseReplication.held_on.label("day"))
    regional = db.select(Course.starts_on.label("day")).where(
        Course.replicates_id.is_not(None), Course.state.in_(HELD)
    )
    given = union_all(by_countries, regional).subquery()
    return _by_year(given.c.day, replications=func.count())
