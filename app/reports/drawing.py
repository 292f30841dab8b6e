"""What does a page show of a report: tables written as the reader's region writes, and drawings?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from app.documents.model import Column, Table
from app.documents.shown import Shown
from app.figures import bars
from app.formats.spec import Format
from app.reports.dimensions import DIMENSIONS, country, label
from app.reports.figures import ListedNeed
from app.reports.listing import NeedRow
from app.reports.report import Report
from app.reports.tables import grouping_chart, grouping_table, lines_of


@dataclass(frozen=True, kw_only=True)
class DrawnRow:
    """A line of a table: the code that leads to the needs behind it, and its cells as text."""

    code: str
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DrawnGrouping:
    """A grouping as a page shows it; the table's cells are those of the files."""

    dimension: str
    title: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[DrawnRow, ...]
    total: tuple[str, ...]
    note: str | None
    chart_title: str
    chart: str


def groupings(report: Report, lang: str, locale: str) -> tuple[DrawnGrouping, ...]:
    """All groupings of a report; none where there is nothing to count."""
    if not report.compilation.total.needs:
        return ()
    return tuple(_drawn(report, dimension, lang, locale) for dimension in DIMENSIONS)


def _drawn(report: Report, dimension: str, lang: str, locale: str) -> DrawnGrouping:
    table: Table = grouping_table(report.compilation, dimension, report.audience, lang)
    grouping, shown = report.compilation.grouping(dimension), Shown(locale)
    chart = grouping_chart(grouping, lang, locale)
    return DrawnGrouping(
        dimension=dimension,
        title=DIMENSIONS[dimension].title.say(lang),
        caption=table.title,
        columns=table.columns,
        rows=tuple(
            DrawnRow(code=line.code, cells=tuple(shown.row(row, table.columns)))
            for line, row in zip(lines_of(grouping, lang), table.rows, strict=True)
        ),
        total=tuple(shown.row(table.total or (), table.columns)),
        note=table.note,
        chart_title=chart.title,
        chart=bars(
            chart.bars, element_id=f"chart-{dimension}", title=chart.title,
            description=chart.description,
        ),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class DrawnNeed:
    """One need in the list behind a figure. `url` is None where the reader cannot open it; an edition
    numbers its needs."""

    url: str | None
    title: str
    title_lang: str | None
    reference: str
    country: str
    themes: str
    participants: int
    course_hours: Decimal
    number: int | None = None


def live_needs(
    rows: Iterable[NeedRow], format: Format, lang: str, url: Callable[[str], str]
) -> tuple[DrawnNeed, ...]:
    """Needs as they stand, each leading to its own page."""
    return tuple(
        DrawnNeed(
            url=url(row.need_id), title=row.title, title_lang=_other(row.lang, lang),
            reference=row.reference, country=country(row.under).say(lang),
            themes="; ".join(label("theme", code, format).say(lang) for code in row.themes.split()),
            participants=row.participants, course_hours=row.course_hours,
        )
        for row in rows
    )  # fmt: skip


def frozen_needs(
    needs: Iterable[tuple[int, ListedNeed]], lang: str, url: Callable[[str], str] | None
) -> tuple[DrawnNeed, ...]:
    """Needs of a published edition; only the Secretariat opens the needs themselves."""
    return tuple(
        DrawnNeed(
            url=url(need.need_id) if url and need.need_id else None,
            title=need.title or "", title_lang=_other(need.title_lang, lang),
            reference=need.reference or "", country=need.country.label.say(lang),
            themes="; ".join(theme.label.say(lang) for theme in need.themes),
            participants=need.participants, course_hours=need.course_hours, number=number,
        )
        for number, need in needs
    )  # fmt: skip


def _other(written_in: str, lang: str) -> str | None:
    return written_in if written_in and written_in != lang else None
