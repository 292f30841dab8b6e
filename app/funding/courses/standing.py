"""How far are the lines of a course covered, and what if somebody takes more than is left?

How much of a line is promised and funded follows from its pledges: the database adds it up at each step
of one (migrations/versions/0003_pledges.py), and nothing else writes it. Of two who take the last part of
a line at once, the second waits for the first and then finds no room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import delete, insert, literal, update
from sqlalchemy.exc import IntegrityError

from app import money
from app.db.changing import changed
from app.db.types import Hundredths
from app.extensions import db
from app.formats.words import N_
from app.funding.courses import history
from app.funding.courses.figures import LineStanding, Standing
from app.funding.courses.lists import COST_LINES, in_order
from app.funding.courses.models import CourseStanding
from app.web import locale
from app.web.refusal import Refusal

NO_ROOM = N_(
    "“%(line)s”: %(amount)s US dollars are still missing there, so no more can be offered."
)
COVERED = N_(
    "“%(line)s”: %(amount)s US dollars are promised already. It cannot cost less than that."
)
Amounts = Mapping[str, Decimal]


class LineRefusal(Refusal):
    """What cannot be done with a line, and the amount on which it founders."""

    def __init__(self, message: str, line: str, amount: Decimal) -> None:
        super().__init__(message, field=f"amount-{line}")
        self.line, self.amount = line, amount

    def say(self) -> str:
        """In words and figures of the reader's language."""
        line = COST_LINES.label(self.line, locale.lang())
        return _(self.message, line=line, amount=locale.show_money(self.amount))


def of_course(course_id: str) -> Standing:
    """How far the lines of a course are covered now."""
    rows = db.session.execute(
        db.select(CourseStanding.line, CourseStanding.cost, CourseStanding.funded,
                  CourseStanding.promised)
        .where(CourseStanding.course_id == course_id)
    ).all()  # fmt: skip
    found = {row.line: LineStanding(*row) for row in rows}
    return Standing(tuple(found[line] for line in in_order(set(found))))


@contextmanager
def room_for(course_id: str, before: Amounts, after: Amounts) -> Iterator[None]:
    """What is done within takes `after` of the lines instead of `before`. Refusal where one has no room."""
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError:
        _refuse_overfunding(course_id, before, after)
        raise


def _refuse_overfunding(course_id: str, before: Amounts, after: Amounts) -> None:
    """Refusal that names what is missing in the line, for somebody whose own part is in it already."""
    stands = of_course(course_id)
    for line, amount in sorted(after.items()):
        held, own = stands.of(line), before.get(line, money.ZERO)
        room = held.missing + own if held else money.ZERO
        if amount > room:
            raise LineRefusal(NO_ROOM, line, room) from None


def set_costs(course_id: str, costs: Amounts) -> None:
    """Give the lines other costs. Refusal where less would be left than is promised already."""
    _hold(course_id)
    stands = of_course(course_id)
    for line, cost in sorted(costs.items()):
        held = stands.of(line)
        if held is None:
            _begin(course_id, line, cost)
        elif held.cost != cost and not _set_cost(course_id, line, cost):
            _refuse_too_little(course_id, line)
    for each in stands.lines:
        if each.line not in costs and not _drop(course_id, each.line):
            _refuse_too_little(course_id, each.line)
    history.keep(course_id)


def _hold(course_id: str) -> None:
    """In one order for everybody, as a step of a pledge holds them too."""
    db.session.execute(
        db.select(CourseStanding.line)
        .where(CourseStanding.course_id == course_id)
        .order_by(CourseStanding.line)
        .with_for_update()
    )


def _begin(course_id: str, line: str, cost: Decimal) -> None:
    db.session.execute(insert(CourseStanding.__table__).values(
        course_id=course_id, line=line, cost=cost, funded=money.ZERO, promised=money.ZERO,
        changes=history.next_number(course_id, line)))  # fmt: skip


def _set_cost(course_id: str, line: str, cost: Decimal) -> int:
    return changed(
        db.session(),
        update(CourseStanding)
        .where(CourseStanding.course_id == course_id, CourseStanding.line == line,
               CourseStanding.funded + CourseStanding.promised <= literal(cost, Hundredths))
        .values(cost=cost, changes=CourseStanding.changes + 1)
        .execution_options(synchronize_session=False),
    )  # fmt: skip


def _drop(course_id: str, line: str) -> bool:
    gone = db.session.execute(
        delete(CourseStanding)
        .where(CourseStanding.course_id == course_id, CourseStanding.line == line,
               CourseStanding.funded == money.ZERO, CourseStanding.promised == money.ZERO)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    if not gone.rowcount:  # type: ignore[attr-defined]
        return False
    history.keep_end(course_id, line)
    return True


def _refuse_too_little(course_id: str, line: str) -> None:
    stands = of_course(course_id).of(line)
    raise LineRefusal(COVERED, line, stands.funded + stands.promised if stands else money.ZERO)
