"""How long is a draft kept that was never released, and one that was thrown away?

The day that its sender writes counts from the release on. Until then a draft is kept while somebody works on
it: what nobody has touched for half a year is forgotten, after the same warnings.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, exists

from app.cases.exchanges import days
from app.cases.exchanges.models import Exchange
from app.cases.exchanges.opened import OpenedCase
from app.intake.discarding.actions import KEPT_FOR
from app.intake.models import Dossier, Draft
from app.workflow.tables import EXCHANGE

KEPT = timedelta(days=180)
"""How long after its last change."""
DAY = timedelta(days=1)


def ends_by(day: date) -> ColumnElement[bool]:
    """The condition under which the last day of a draft is this one, or one before it."""
    since = _beginning_of(day - KEPT + DAY)
    of_it = Dossier.id == Exchange.id
    written = exists().where(Draft.dossier_id == Exchange.id, Draft.saved_at >= since)
    moved = exists().where(of_it, Dossier.changed_at >= since)
    return and_(_is_draft(), exists().where(of_it, Dossier.state == "draft"), ~written, ~moved)


def lasts_beyond(day: date) -> ColumnElement[bool]:
    """The condition under which a draft is still kept after this day."""
    return and_(_is_draft(), ~ends_by(day))


def is_thrown_away(now: datetime) -> ColumnElement[bool]:
    """The condition under which a draft was discarded, and can be brought back no more."""
    until = Dossier.discarded_at < now - KEPT_FOR
    return and_(_is_draft(), exists().where(Dossier.id == Exchange.id, until))


def last_day(case: OpenedCase) -> date | None:
    """Until when a draft is kept if nobody changes it; None for whatever else it is."""
    if case.exchange.state != EXCHANGE.initial or case.draft is None:
        return None
    return days.of(max(case.draft.saved_at, case.dossier.changed_at)) + KEPT


def _is_draft() -> ColumnElement[bool]:
    return Exchange.state == EXCHANGE.initial


def _beginning_of(day: date) -> datetime:
    return datetime.combine(day, time.min, days.ZONE)
