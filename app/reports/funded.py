"""How far are the courses for the needs of a call paid for? Whoever keeps courses says so, as of an instant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from app import money
from app.formats.spec import Text
from app.reports.figures import Audience


@dataclass(frozen=True, kw_only=True)
class FundedLine:
    """One line of cost over all courses, in US dollars."""

    label: Text
    cost: Decimal
    funded: Decimal
    promised: Decimal

    @property
    def missing(self) -> Decimal:
        """What nobody has even offered."""
        return money.missing(self.cost, self.funded, self.promised)


@dataclass(frozen=True, kw_only=True)
class Funding:
    """The lines in the order of their list, each course whole and once.

    How many courses there are, and how many of them serve another call too, is None for members:
    they read the sums alone, of courses all of whose needs they are shown. `left_out` is the number of
    the others, and None in an edition published while they and what was only planned were counted.
    """

    lines: tuple[FundedLine, ...] = ()
    courses: int | None = None
    shared: int | None = None
    left_out: int | None = field(default=None, metadata={"since": 6})

    @property
    def total(self) -> FundedLine:
        """The sum of the lines; no line has more than it costs, so none makes up for another."""

        def over(name: str) -> Decimal:
            return money.total(getattr(each, name) for each in self.lines)

        return FundedLine(
            label=Text("Total", "Total"), cost=over("cost"), funded=over("funded"),
            promised=over("promised"),
        )  # fmt: skip


Teller = Callable[[str, datetime, Audience], Funding]
_tellers: list[Teller] = []


def tells_funding(teller: Teller) -> Teller:
    """Register the function that says how the courses for a call stood at an instant."""
    _tellers[:] = [teller]
    return teller


def funding_of(call_id: str, at: datetime, audience: Audience) -> Funding:
    """How the courses for a call stood at an instant."""
    return _tellers[0](call_id, at, audience) if _tellers else Funding()
