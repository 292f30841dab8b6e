"""Which units are reminded of follow-ups by themselves, and how often?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from app.audit.commit import committed
from app.cases.exchanges import days
from app.cases.follow_ups.models import CaseFollowUp
from app.cases.follow_ups.reminding import EARLY, milestone
from app.cases.follow_ups.telling import DUE, notices_of
from app.db.transactions import transaction
from app.extensions import db
from app.jobs.registry import Times, job
from app.notices.telling import tell

AT_ONCE = 500
"""How many are looked at in one go."""


@job("case-follow-ups-by-the-clock", times=Times(minute="47"))
def remind() -> None:
    """Once an hour: remind of what is due in seven days, in one, and every seven days afterwards."""
    today, seen = days.today(), ""
    while ids := _near(today, seen):
        for follow_up_id, due_on, reminded in ids:
            if milestone((due_on - today).days) != reminded:
                with committed():
                    _remind(follow_up_id, today)
        seen = ids[-1][0]


def _near(today: date, seen: str) -> Sequence[tuple[str, date, int | None]]:
    with transaction(writing=False) as session:
        rows = session.execute(
            db.select(CaseFollowUp.id, CaseFollowUp.due_on, CaseFollowUp.reminded_days)
            .where(CaseFollowUp.state == "open", CaseFollowUp.id > seen,
                   CaseFollowUp.due_on <= today + timedelta(days=EARLY))
            .order_by(CaseFollowUp.id).limit(AT_ONCE)
        ).all()  # fmt: skip
    return [(row.id, row.due_on, row.reminded_days) for row in rows]


def _remind(follow_up_id: str, today: date) -> None:
    row = db.session.get(CaseFollowUp, follow_up_id, with_for_update=True)
    if row is None or row.state != "open":
        return
    reached = milestone((row.due_on - today).days)
    if reached == row.reminded_days:
        return
    row.reminded_days = reached
    tell(notices_of(row, DUE, f"{row.due_on.isoformat()}:{reached}"))
