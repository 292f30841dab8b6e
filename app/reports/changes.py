"""How is a comparison told: in which sentences, and in which tables?"""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.model import Column, Kind, Row, Table
from app.documents.shown import Shown
from app.formats.countries import country_names
from app.formats.spec import Text
from app.reports import sentences as say
from app.reports import words
from app.reports.comparing import Change, ChangedGrouping, Comparison, comparison
from app.reports.dimensions import DIMENSIONS
from app.reports.moments import told
from app.reports.report import Earlier, Report

_COLUMNS: tuple[tuple[str, Text, Kind, float], ...] = (
    ("needs_before", words.NEEDS_BEFORE, "number", 12),
    ("needs_now", words.NEEDS_NOW, "number", 12),
    ("needs_change", words.NEEDS_CHANGE, "change", 12),
    ("participants_before", words.PARTICIPANTS_BEFORE, "number", 13),
    ("participants_now", words.PARTICIPANTS_NOW, "number", 13),
    ("participants_change", words.PARTICIPANTS_CHANGE, "change", 13),
)


class Changes:
    """Tells a report's comparison in one language; empty where it is compared with nothing."""

    def __init__(self, report: Report, lang: str, locale: str) -> None:
        self.compared: Comparison | None = comparison(report)
        self.zone, self.lang, self.locale = report.zone, lang, locale
        self._shown = Shown(locale)

    def sentences(self) -> Iterator[str]:
        """What is compared, the totals, and what came and went; neutral about countries."""
        if self.compared is None:
            return
        compared, total = self.compared, self.compared.total
        yield say.COMPARED.say(self.lang).format(
            before=self._point(compared.before), now=self._point(compared.now)
        )
        if not any((total.is_one, *(each.changes for each in compared.groupings))):
            yield say.NOTHING_CHANGED.say(self.lang)
            return
        yield say.TOTALS_CHANGED.say(self.lang).format(
            needs=self._moved(total.before.needs, total.now.needs),
            participants=self._moved(total.before.participants, total.now.participants),
        )
        for grouping in compared.groupings:
            came, went = say.CAME_AND_WENT.get(grouping.dimension, (None, None))
            for sentence, labels in ((came, grouping.came), (went, grouping.went)):
                if sentence and labels:
                    names = "; ".join(label.say(self.lang) for label in labels)
                    yield sentence.say(self.lang).format(names=names)

    def tables(self) -> Iterator[Table]:
        """One for each grouping in which something differs."""
        if self.compared is not None:
            for grouping in self.compared.groupings:
                if grouping.changes:
                    yield self._table(grouping, self.compared.total)

    def _table(self, grouping: ChangedGrouping, total: Change) -> Table:
        about = DIMENSIONS[grouping.dimension]
        last = words.TOTAL_ONCE if about.overlaps else words.TOTAL
        return Table(
            key=f"changes_{grouping.dimension}",
            title=words.CHANGES_BY[grouping.dimension].say(self.lang),
            columns=(
                Column(key="label", header=about.header.say(self.lang), width=30),
                *(
                    Column(key=key, header=header.say(self.lang), kind=kind, width=width)
                    for key, header, kind, width in _COLUMNS
                ),
            ),
            rows=tuple(_row(each.label.say(self.lang), each) for each in self._ordered(grouping)),
            total=_row(last.say(self.lang), total),
            note=words.ONLY_CHANGES.say(self.lang),
        )

    def _ordered(self, grouping: ChangedGrouping) -> tuple[Change, ...]:
        """Countries by name, as everywhere; the others as they were compiled."""
        if grouping.dimension != "country":
            return grouping.changes
        names = list(country_names(self.lang).values())

        def place(change: Change) -> int:
            name = change.label.say(self.lang)
            return names.index(name) if name in names else len(names)

        return tuple(sorted(grouping.changes, key=place))

    def _point(self, point: Earlier) -> str:
        moment = told(point.as_of, self.zone, self.locale)
        if point.number is None:
            return say.AT_MOMENT.say(self.lang).format(moment=moment)
        return say.AT_EDITION.say(self.lang).format(number=point.number, moment=moment)

    def _moved(self, before: int, now: int) -> str:
        number, change = self._shown.number, self._shown.change(now - before)
        return say.MOVED.say(self.lang).format(
            before=number(before), now=number(now), change=change
        )


def _row(label: str, change: Change) -> Row:
    before, now = change.before, change.now
    return (
        label, before.needs, now.needs, now.needs - before.needs,
        before.participants, now.participants, now.participants - before.participants,
    )  # fmt: skip
