"""What does a page show of a report: tables written as the reader's region writes, and drawings?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from app.documents import charts
from app.documents.model import AnyChart, Column, Row, Table
from app.documents.shown import Shown
from app.formats.spec import Format
from app.reports import words
from app.reports.changes import Changes
from app.reports.dimensions import DIMENSIONS, country, label
from app.reports.figures import GROUP, ListedNeed
from app.reports.funding_table import funding_chart, funding_table
from app.reports.groups_table import groups_chart, groups_table
from app.reports.listing import NeedRow
from app.reports.offers_table import offers_table
from app.reports.report import Report
from app.reports.tables import grouping_chart, grouping_table, lines_of
from app.reports.two_way import TwoWay, two_ways


class DrawnCell(NamedTuple):
    """A cell as text, and the line of a table whose needs it opens, None where there are none."""

    text: str
    line: Mapping[str, str] | None


DrawnRow = tuple[DrawnCell, ...]
Opened = Sequence[Mapping[str, str] | None]


@dataclass(frozen=True, kw_only=True)
class DrawnTable:
    """A table as a page shows it, with its drawing; the cells are those of the files."""

    key: str
    title: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[DrawnRow, ...]
    total: DrawnRow
    note: str | None
    chart_title: str
    chart: str


def tables(report: Report, lang: str, locale: str) -> tuple[DrawnTable, ...]:
    """All tables of figures of a report; none where there is nothing to count."""
    compilation = report.compilation
    if not compilation.total.needs:
        return ()
    return (
        *(_grouping(report, dimension, lang, locale) for dimension in DIMENSIONS),
        *(_two_way(each, locale) for each in two_ways(compilation, lang)),
        *_groups(report, lang, locale),
    )


def _grouping(report: Report, dimension: str, lang: str, locale: str) -> DrawnTable:
    table = grouping_table(report.compilation, dimension, report.audience, lang)
    grouping = report.compilation.grouping(dimension)
    lines = [
        [{"dimension": dimension, "code": line.code}] * len(table.columns)
        for line in lines_of(grouping, lang)
    ]
    chart, title = grouping_chart(grouping, lang, locale), DIMENSIONS[dimension].title.say(lang)
    return _drawn(table, chart, locale, title=title, lines=lines, below=[{}] * len(table.columns))


def _two_way(two_way: TwoWay, locale: str) -> DrawnTable:
    countries = [line.code for line in two_way.countries]
    lines = []
    for theme in two_way.themes:
        own = {"dimension": "theme", "code": theme.code}
        lines.append([own, *({**own, "country": country} for country in countries), own])
    below = [{}, *({"dimension": "country", "code": country} for country in countries), {}]
    return _drawn(two_way.table(), two_way.chart(locale), locale, title=two_way.heading,
                  lines=lines, below=below)  # fmt: skip


def _groups(report: Report, lang: str, locale: str) -> tuple[DrawnTable, ...]:
    if not report.groups:
        return ()
    table = groups_table(report.groups, report.compilation.total, lang)
    is_opened = [column.is_counted or column.key == "label" for column in table.columns]
    lines = [
        [{"dimension": GROUP, "code": group.code} if each else None for each in is_opened]
        for group in report.groups
    ]
    chart = groups_chart(report.groups, lang, locale)
    return (_drawn(table, chart, locale, title=words.GROUPS.say(lang), lines=lines,
                   below=[{} if each else None for each in is_opened]),)  # fmt: skip


def _drawn(
    table: Table, chart: AnyChart, locale: str, *, title: str,
    lines: Sequence[Opened], below: Opened,
) -> DrawnTable:  # fmt: skip
    """`lines` say what each cell opens, `below` what each total does."""
    shown = Shown(locale)

    def row(cells: Row, opened: Opened) -> DrawnRow:
        texts = shown.row(cells, table.columns)
        return tuple(
            DrawnCell(text, line if text else None)
            for text, line in zip(texts, opened, strict=True)
        )

    return DrawnTable(
        key=table.key,
        title=title,
        caption=table.title,
        columns=table.columns,
        rows=tuple(row(cells, opened) for cells, opened in zip(table.rows, lines, strict=True)),
        total=row(table.total or (), below),
        note=table.note,
        chart_title=chart.title,
        chart=charts.drawn(chart, element_id=f"chart-{table.key}"),
    )


def funding(report: Report, lang: str, locale: str) -> DrawnTable | None:
    """The funding of courses; None where none has a cost, or none was told. Its cells open nothing."""
    if report.funding is None or not report.funding.lines:
        return None
    table, chart = funding_table(report.funding, lang), funding_chart(report.funding, lang, locale)
    closed: Opened = [None] * len(table.columns)
    return _drawn(table, chart, locale, title=table.title, lines=[closed] * len(table.rows),
                  below=closed)  # fmt: skip


class DrawnOffers(NamedTuple):
    """The offers of a report as a page shows them; the cells are those of the files."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | None, list[str]], ...]
    """Each with the language of its title, where that is not the reader's."""


def offers(report: Report, lang: str, locale: str) -> DrawnOffers | None:
    """The table of offers; None where none stood open."""
    if not report.offers:
        return None
    table, shown = offers_table(report.offers, lang), Shown(locale)
    rows = tuple(
        (_other(offer.title_lang, lang), shown.row(cells, table.columns))
        for offer, cells in zip(report.offers, table.rows, strict=True)
    )
    return DrawnOffers(table.title, table.columns, rows)


@dataclass(frozen=True, kw_only=True)
class DrawnChanges:
    """A comparison as a page shows it: sentences, then the tables of the files."""

    sentences: tuple[str, ...]
    tables: tuple[tuple[Table, tuple[tuple[str, ...], ...]], ...]
    """Each with its rows as text, the total last."""


def changes(report: Report, lang: str, locale: str) -> DrawnChanges | None:
    """What differs from the figures that the report is compared with; None without such."""
    told, shown = Changes(report, lang, locale), Shown(locale)
    if told.compared is None:
        return None
    return DrawnChanges(
        sentences=tuple(told.sentences()),
        tables=tuple(
            (
                table,
                tuple(
                    tuple(shown.row(row, table.columns)) for row in (*table.rows, table.total or ())
                ),
            )
            for table in told.tables()
        ),
    )


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
    group: str
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
            group=(row.group_en if lang == "en" else row.group_es) or "",
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
            group=need.group.label.say(lang) if need.group else "",
        )
        for number, need in needs
    )  # fmt: skip


def _other(written_in: str, lang: str) -> str | None:
    return written_in if written_in and written_in != lang else None
