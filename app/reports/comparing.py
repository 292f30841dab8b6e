"""What grew and what fell between two compilations, line by line and in all?"""

from __future__ import annotations

from dataclasses import dataclass

from app.formats.spec import Text
from app.reports.dimensions import DIMENSIONS, NOT_NAMED
from app.reports.figures import MEMBERS, Figures, Grouping, Line
from app.reports.report import Earlier, Report


@dataclass(frozen=True, kw_only=True)
class Change:
    """The figures of one line before and now; a line that was not there has none."""

    label: Text
    before: Figures
    now: Figures

    @property
    def is_one(self) -> bool:
        """Whether needs or participants differ."""
        return (self.before.needs, self.before.participants) != (
            self.now.needs,
            self.now.participants,
        )


@dataclass(frozen=True, kw_only=True)
class ChangedGrouping:
    """The lines of a grouping that differ, and those that came or went."""

    dimension: str
    changes: tuple[Change, ...]
    came: tuple[Text, ...]
    went: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two compilations of one call, from the earlier to the later one."""

    before: Earlier
    now: Earlier
    total: Change
    groupings: tuple[ChangedGrouping, ...]


def comparison(report: Report) -> Comparison | None:
    """The report beside what it is compared with, None where it is compared with nothing."""
    if report.earlier is None:
        return None
    number = report.number if report.stage == "published" else None
    own = Earlier(number=number, as_of=report.as_of, compilation=report.compilation)
    before, now = sorted((report.earlier, own), key=lambda point: point.as_of)
    return Comparison(
        before=before,
        now=now,
        total=Change(
            label=Text("", ""), before=before.compilation.total, now=now.compilation.total
        ),
        groupings=tuple(
            _grouping(before.compilation.grouping(dimension), now.compilation.grouping(dimension))
            for dimension in DIMENSIONS
            if dimension != "country" or _may_tell_countries(report, before, now)
        ),
    )


def _may_tell_countries(report: Report, before: Earlier, now: Earlier) -> bool:
    """Not to members where some country is not named: what fell in one line and grew in that of
    unnamed ones would tell which country it is."""
    lines = (line for each in (before, now) for line in each.compilation.grouping("country").lines)
    return report.audience != MEMBERS or all(line.code != NOT_NAMED for line in lines)


def _grouping(before: Grouping, now: Grouping) -> ChangedGrouping:
    """Lines as they stand now, then those that are no more."""
    were = {line.code: line for line in before.lines}
    are = {line.code: line for line in now.lines}
    nothing = Figures()

    def figures(lines: dict[str, Line], code: str) -> Figures:
        return lines[code].figures if code in lines else nothing

    changes = [
        Change(label=line.label, before=figures(were, code), now=figures(are, code))
        for code, line in {**are, **{c: line for c, line in were.items() if c not in are}}.items()
    ]
    return ChangedGrouping(
        dimension=now.dimension,
        changes=tuple(change for change in changes if change.is_one),
        came=tuple(line.label for code, line in are.items() if code not in were),
        went=tuple(line.label for code, line in were.items() if code not in are),
    )
