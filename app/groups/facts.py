"""What is known of a group as of an instant: its needs in force, summed up, each counted once?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func

from app.calls.models import Call
from app.extensions import db
from app.formats.spec import Format
from app.groups import gathering
from app.groups.gathering import FACT, MEMBER, PEOPLE, held, in_force
from app.groups.models import NeedGroup
from app.groups.reasons import Words
from app.groups.similar import Comparable, Shared, shared_by
from app.intake import published
from app.needs.models import NeedCost

COST = NeedCost.__table__


@dataclass(frozen=True, kw_only=True)
class People:
    """Participants of one profile, over all needs of a group."""

    profile: str
    participants: int
    women: int
    men: int
    not_stated: int


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What the needs of a group estimate for one line in one currency. None: no figure was given."""

    line: str
    currency: str | None
    amount: Decimal | None


@dataclass(frozen=True, kw_only=True)
class GroupFacts:
    """A group's needs in force at an instant, together. Each need and participant counts once."""

    group_id: str
    call_id: str
    as_of: datetime | None
    needs: tuple[Comparable, ...]
    shared: Shared | None
    """What they have in common; None for a group without any need in force."""
    people: tuple[People, ...]
    costs: tuple[Cost, ...]
    course_hours: Decimal
    participant_hours: Decimal
    women: int
    men: int
    not_stated: int

    @property
    def participants(self) -> int:
        return sum(need.participants for need in self.needs)

    @property
    def countries(self) -> tuple[str, ...]:
        """Their countries' codes, in order."""
        return tuple(sorted({need.country for need in self.needs}))

    @property
    def themes(self) -> tuple[str, ...]:
        """Every theme that any of them carries."""
        return tuple(sorted({code for need in self.needs for code in need.themes}))

    @property
    def common_themes(self) -> tuple[str, ...]:
        return tuple(sorted(self.shared.themes)) if self.shared else ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in common; none where nobody said any, or none is common."""
        return tuple(sorted(self.shared.languages)) if self.shared else ()

    @property
    def levels(self) -> tuple[int, int] | None:
        """The lowest and the highest level aimed for, by their places; None: nobody said any."""
        if self.shared is None or self.shared.lowest is None or self.shared.highest is None:
            return None
        return (self.shared.lowest, self.shared.highest)

    @property
    def window(self) -> tuple[date | None, date | None] | None:
        """The days on which all can, open where None; None where there are no such days."""
        if self.shared is None or "window" in self.shared.broken:
            return None
        return (self.shared.window_from, self.shared.window_to)


def facts_of(group: NeedGroup, as_of: datetime | None = None) -> GroupFacts:
    """What is known of a group now, or as of an instant; six queries."""
    words = Words(format_of(group.call_id))
    needs = tuple(gathering.needs_of_group(group.id, words, as_of))
    members = db.select(MEMBER.c.need_id).where(MEMBER.c.group_id == group.id, held(as_of))
    condition = and_(FACT.c.need_id.in_(members), in_force(as_of))
    sums = db.session.execute(
        db.select(
            func.coalesce(func.sum(FACT.c.women), 0), func.coalesce(func.sum(FACT.c.men), 0),
            func.coalesce(func.sum(FACT.c.not_stated), 0),
            func.sum(FACT.c.course_hours), func.sum(FACT.c.participant_hours),
        ).where(condition)
    ).one()  # fmt: skip
    return GroupFacts(
        group_id=group.id, call_id=group.call_id, as_of=as_of, needs=needs,
        shared=shared_by(needs) if needs else None, people=_people(condition, words),
        costs=_costs(condition), women=int(sums[0]), men=int(sums[1]), not_stated=int(sums[2]),
        course_hours=sums[3] or Decimal(0), participant_hours=sums[4] or Decimal(0),
    )  # fmt: skip


def format_of(call_id: str) -> Format:
    """The version of the form under which a call asked for needs."""
    call = db.session.get_one(Call, call_id)
    return published.get(call.format_name, call.format_version)


def _people(condition: Any, words: Words) -> tuple[People, ...]:
    columns = [PEOPLE.c[name] for name in ("participants", "women", "men", "not_stated")]
    rows = db.session.execute(
        db.select(PEOPLE.c.profile, *(func.sum(column) for column in columns))
        .join(FACT, FACT.c.version_id == PEOPLE.c.version_id)
        .where(condition)
        .group_by(PEOPLE.c.profile)
    ).all()
    found = sorted(rows, key=lambda row: words.place("profile", row[0]))
    return tuple(
        People(profile=profile, participants=int(everybody), women=int(women), men=int(men),
               not_stated=int(not_stated))
        for profile, everybody, women, men, not_stated in found
    )  # fmt: skip


def _costs(condition: Any) -> tuple[Cost, ...]:
    rows = db.session.execute(
        db.select(COST.c.line, COST.c.currency, func.sum(COST.c.amount))
        .join(FACT, FACT.c.version_id == COST.c.version_id)
        .where(condition)
        .group_by(COST.c.line, COST.c.currency)
    ).all()
    found = sorted(rows, key=lambda row: (row[0], row[1] or ""))
    return tuple(
        Cost(line=line, currency=currency, amount=amount) for line, currency, amount in found
    )
