"""Which table and which chart show a grouping? The same ones on the page and in every file."""

from __future__ import annotations

from decimal import Decimal

from app.documents.model import AnyChart, Chart, Column, Row, StackChart, Table
from app.documents.shown import Shown
from app.figures import Bar, Stack, described
from app.formats.countries import country_names
from app.reports import words
from app.reports.dimensions import DIMENSIONS
from app.reports.figures import MEMBERS, Audience, Compilation, Figures, Grouping, Line

MOST_BARS = 25
_NOTES = {
    "duration": words.EIGHT_HOURS,
    "urgency": words.OWN_ORDER,
    "profile": words.OVERLAP_PEOPLE,
}


def lines_of(grouping: Grouping, lang: str) -> tuple[Line, ...]:
    """The lines as a reader of this language expects them: countries by name, the others as compiled."""
    if grouping.dimension != "country":
        return grouping.lines
    names = list(country_names(lang))
    return tuple(sorted(grouping.lines, key=lambda line: place_by_name(line.code, names)))


def place_by_name(code: str, names: list[str]) -> int:
    """Where a country stands among the names; one that is not named comes last."""
    return names.index(code) if code in names else len(names)


def grouping_table(
    compilation: Compilation, dimension: str, audience: Audience, lang: str
) -> Table:
    """A grouping with all its figures and, last, the total of the needs themselves."""
    grouping, about = compilation.grouping(dimension), DIMENSIONS[dimension]
    total = words.TOTAL_ONCE if about.overlaps else words.TOTAL
    return Table(
        key=dimension,
        title=about.table_title.say(lang),
        columns=_columns(dimension, lang),
        rows=tuple(
            _row(dimension, line.label.say(lang), line.figures) for line in lines_of(grouping, lang)
        ),
        total=_row(dimension, total.say(lang), compilation.total),
        note=_note(dimension, audience, lang),
    )


def _columns(dimension: str, lang: str) -> tuple[Column, ...]:
    columns = [
        Column(key="label", header=DIMENSIONS[dimension].header.say(lang), width=30),
        Column(key="needs", header=words.NEEDS.say(lang), kind="number", width=12),
        Column(key="countries", header=words.COUNTRIES.say(lang), kind="number", width=9),
        Column(key="participants", header=words.PARTICIPANTS.say(lang), kind="number", width=13),
        Column(key="women", header=words.WOMEN.say(lang), kind="number", width=9),
        Column(key="men", header=words.MEN.say(lang), kind="number", width=10),
        Column(key="not_stated", header=words.NOT_DIVIDED.say(lang), kind="number", width=12),
        Column(key="course_hours", header=words.COURSE_HOURS.say(lang), kind="hours", width=9),
        Column(
            key="participant_hours",
            header=words.PARTICIPANT_HOURS.say(lang),
            kind="hours",
            width=13,
        ),
    ]
    # A country's own line would say "1 country" each time.
    return tuple(each for each in columns if dimension != "country" or each.key != "countries")


def _row(dimension: str, label: str, figures: Figures) -> Row:
    countries = () if dimension == "country" else (figures.countries,)
    return (
        label, figures.needs, *countries, figures.participants, figures.women, figures.men,
        figures.not_stated, figures.course_hours, figures.participant_hours,
    )  # fmt: skip


def _note(dimension: str, audience: Audience, lang: str) -> str | None:
    notes = []
    if dimension in _NOTES:
        notes.append(_NOTES[dimension])
    elif DIMENSIONS[dimension].overlaps:
        notes.append(words.OVERLAP)
    if audience == MEMBERS and dimension != "country":
        notes.append(words.UNNAMED_COUNTRY)
    return " ".join(note.say(lang) for note in notes) or None


def grouping_chart(grouping: Grouping, lang: str, locale: str) -> AnyChart:
    """Participants of each line; the table beside it holds all lines and figures.

    Profiles show women, men and those of whom only a total is known.
    """
    if grouping.dimension == "profile":
        return _by_sex(grouping, lang, locale)
    shown = Shown(locale)
    bars = tuple(
        Bar(line.label.say(lang), Decimal(people), shown.number(people))
        for line in lines_of(grouping, lang)[:MOST_BARS]
        for people in (line.figures.participants,)
    )
    return Chart(
        title=words.PARTICIPANTS_BY[grouping.dimension].say(lang),
        description="; ".join(f"{bar.label}: {bar.shown}" for bar in bars) + ".",
        bars=bars,
    )


def _by_sex(grouping: Grouping, lang: str, locale: str) -> StackChart:
    shown = Shown(locale)
    key = tuple(name.say(lang) for name in (words.WOMEN, words.MEN, words.NOT_DIVIDED))
    stacks = []
    for line in lines_of(grouping, lang)[:MOST_BARS]:
        people = (line.figures.women, line.figures.men, line.figures.not_stated)
        stacks.append(
            Stack(
                line.label.say(lang),
                tuple(Decimal(number) for number in people),
                tuple(shown.number(number) for number in people),
                shown.number(line.figures.participants),
            )
        )
    return StackChart(
        title=words.PARTICIPANTS_BY[grouping.dimension].say(lang),
        description=described(stacks, key),
        key=key,
        stacks=tuple(stacks),
        tones=("solid", "light", "hatch"),
    )
