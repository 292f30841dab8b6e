"""What is each line of a regional course planned to cost, before anybody knows which course it is?

Until the Secretariat writes its own figures, round ones stand in their place and say that they are a proposal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from app import clock
from app.audit import trail
from app.bundling.world import Cost
from app.extensions import db
from app.formats.canonical import canonical_json
from app.formats.words import N_
from app.funding.bundles.models import CostBasis
from app.funding.courses.lists import LINE_KEYS
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission

COURSE, PARTICIPANT, DAY = "course", "participant", "participant_day"
PER: Mapping[str, str] = MappingProxyType({
    COURSE: N_("for the whole course"),
    PARTICIPANT: N_("for each participant"),
    DAY: N_("for each participant and day"),
})  # fmt: skip


@dataclass(frozen=True)
class Basis:
    """What a line is planned to cost in US dollars, and for what."""

    amount: Decimal
    per: str
    note: str = ""
    is_proposal: bool = False

    def cost(self, line: str, days: int) -> Cost:
        """The same for a course of so many days, in cents."""
        cents = int(self.amount.scaleb(2))
        if self.per == COURSE:
            return Cost(line, fixed=cents)
        return Cost(line, each=cents * (days if self.per == DAY else 1))


PROPOSED: Mapping[str, Basis] = MappingProxyType({
    line: Basis(Decimal(amount), per, is_proposal=True)
    for line, amount, per in (
        ("trainers_travel", 2400, COURSE), ("trainers_lodging", 1600, COURSE),
        ("materials", 40, PARTICIPANT), ("venue_logistics", 2500, COURSE),
        ("participants_travel", 450, PARTICIPANT), ("participants_lodging", 60, DAY),
        ("participants_food", 30, DAY),
    )
})  # fmt: skip
"""Round figures to begin with, of no source but this line."""


def _is_same(said: Basis, stood: Basis | None) -> bool:
    return stood is not None and replace(said, is_proposal=stood.is_proposal) == stood


def standing() -> dict[str, Basis]:
    """The lines that are planned to cost something, in the order of their list."""
    written = {row.line: row for row in db.session.scalars(db.select(CostBasis))}
    found: dict[str, Basis] = {}
    for line in LINE_KEYS:
        if line in written:
            row = written[line]
            found[line] = Basis(row.amount, row.per, row.note)
        elif line in PROPOSED:
            found[line] = PROPOSED[line]
    return found


class Overtaken(Exception):
    """Somebody wrote figures after the page was drawn; nothing was changed now."""


def revision_of(lines: Mapping[str, Basis]) -> int:
    """A number that stands for these very figures."""
    said = {line: [str(each.amount), each.per, each.note, each.is_proposal]
            for line, each in lines.items()}  # fmt: skip
    return int(hashlib.sha256(canonical_json(said)).hexdigest(), 16) % 10**9


def write(actor: Actor, lines: Mapping[str, Basis], revision: int | None = None) -> None:
    """Let these figures count from now on; what was computed before keeps its own. Raises Overtaken.

    A line that says what stood there stays as it was: a proposed figure is not the Secretariat's by that.
    """
    require(actor, Permission.BUNDLE_MAKE)
    known = {row.line: row for row in db.session.scalars(db.select(CostBasis).with_for_update())}
    before = standing()
    if revision is not None and revision != revision_of(before):
        raise Overtaken
    lines = {line: said for line, said in lines.items() if not _is_same(said, before.get(line))}
    for line, said in sorted(lines.items()):
        row = known.get(line)
        if row is None:
            row = CostBasis(line=line)
            db.session.add(row)
        row.amount, row.per, row.note = said.amount, said.per, said.note
        row.set_by, row.set_at = actor.person_id, clock.now()
    trail.record(actor, "cost-basis-set", subject=("cost_basis", "all"),
                 detail={line: [str(said.amount), said.per] for line, said in sorted(lines.items())})  # fmt: skip
