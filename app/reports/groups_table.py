"""How are groups of similar needs shown? In one table and one chart, the same on the page and in files."""

from __future__ import annotations

from decimal import Decimal

from app.documents.model import Chart, Column, Row, Table
from app.documents.shown import Shown
from app.figures import Bar
from app.formats.countries import country_names
from app.reports import words
from app.reports.figures import GROUP, NO_GROUP, Coded, Figures, SimilarNeeds
from app.reports.tables import MOST_BARS, place_by_name


def groups_table(groups: tuple[SimilarNeeds, ...], total: Figures, lang: str) -> Table:
    """Group by group, then the needs in none; the total is that of the needs themselves."""

    def column(key: str, header: str, width: int) -> Column:
        return Column(key=key, header=header, width=width)

    return Table(
        key=GROUP,
        title=words.GROUPS_TABLE.say(lang),
        columns=(
            column("label", words.GROUP.say(lang), 24),
            column("countries", words.COUNTRIES.say(lang), 17),
            Column(key="needs", header=words.NEEDS.say(lang), kind="number", width=12),
            Column(
                key="participants", header=words.PARTICIPANTS.say(lang), kind="number", width=13
            ),
            Column(key="course_hours", header=words.COURSE_HOURS.say(lang), kind="hours", width=9),
            column("themes", words.COMMON_THEMES.say(lang), 22),
            column("window", words.COMMON_WINDOW.say(lang), 16),
            column("languages", words.COMMON_LANGUAGES.say(lang), 12),
        ),
        rows=tuple(_row(group, lang) for group in groups),
        total=(
            words.TOTAL.say(lang), None, total.needs, total.participants, total.course_hours,
            None, None, None,
        ),
        note=words.ONE_GROUP.say(lang),
    )  # fmt: skip


def _row(group: SimilarNeeds, lang: str) -> Row:
    def common(codes: tuple[Coded, ...]) -> str | None:
        if group.code == NO_GROUP:
            return None
        return _list(codes, lang) or words.NOTHING_COMMON.say(lang)

    figures, names = group.figures, list(country_names(lang))
    by_name = sorted(group.countries, key=lambda each: place_by_name(each.code, names))
    return (
        group.label.say(lang), _list(tuple(by_name), lang) or None, figures.needs,
        figures.participants, figures.course_hours, common(group.themes),
        group.window.say(lang) if group.window else None, common(group.languages),
    )  # fmt: skip


def _list(codes: tuple[Coded, ...], lang: str) -> str:
    return "; ".join(each.label.say(lang) for each in codes)


def groups_chart(groups: tuple[SimilarNeeds, ...], lang: str, locale: str) -> Chart:
    """Participants of each group, and of the needs in none."""
    shown = Shown(locale)
    bars = tuple(
        Bar(group.label.say(lang), Decimal(people), shown.number(people))
        for group in groups[:MOST_BARS]
        for people in (group.figures.participants,)
    )
    return Chart(
        title=words.PARTICIPANTS_BY[GROUP].say(lang),
        description="; ".join(f"{bar.label}: {bar.shown}" for bar in bars) + ".",
        bars=bars,
    )
