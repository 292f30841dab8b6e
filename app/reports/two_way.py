"""Which tables and drawings show how many needs and people stand where a theme and a country meet?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from types import MappingProxyType

from app.documents.model import Column, GridChart, Row, Table
from app.documents.shown import Shown
from app.figures import GridCell, GridColumn, GridRow
from app.formats.spec import Text
from app.organisations.countries import alpha3
from app.reports import words
from app.reports.dimensions import NOT_NAMED
from app.reports.figures import Compilation, Line
from app.reports.tables import lines_of

MEASURES: Mapping[str, Text] = MappingProxyType(
    {"needs": words.NEEDS_TWO_WAY, "participants": words.PARTICIPANTS_TWO_WAY}
)
"""What is counted where they meet -> what its table is called."""


@dataclass(frozen=True)
class TwoWay:
    """Themes in rows, countries in columns, and what is counted where they meet."""

    compilation: Compilation
    measure: str
    lang: str

    @property
    def heading(self) -> str:
        return words.BY_THEME_AND_COUNTRY[self.measure].say(self.lang)

    @property
    def title(self) -> str:
        return MEASURES[self.measure].say(self.lang)

    @property
    def themes(self) -> tuple[Line, ...]:
        return lines_of(self.compilation.grouping("theme"), self.lang)

    @property
    def countries(self) -> tuple[Line, ...]:
        return lines_of(self.compilation.grouping("country"), self.lang)

    def table(self) -> Table:
        """Empty where they do not meet; each total is that of the needs themselves."""
        of, counted = attrgetter(self.measure), self._counted()
        return Table(
            key=f"two_way_{self.measure}",
            title=self.title,
            columns=self._columns(),
            rows=tuple(
                (
                    theme.label.say(self.lang),
                    *(counted.get((theme.code, country.code)) for country in self.countries),
                    of(theme.figures),
                )
                for theme in self.themes
            ),
            total=self._total(),
            note=self._note(),
        )

    def chart(self, locale: str) -> GridChart:
        """The same numbers with a bar below each."""
        shown, counted = Shown(locale), self._counted()

        def cell(theme: Line, country: Line) -> GridCell | None:
            number = counted.get((theme.code, country.code))
            return None if number is None else GridCell(Decimal(number), shown.number(number))

        rows = tuple(
            GridRow(theme.label.say(self.lang), tuple(cell(theme, each) for each in self.countries))
            for theme in self.themes
        )
        columns = tuple(
            GridColumn(short(each.code, self.lang), each.label.say(self.lang))
            for each in self.countries
        )
        return GridChart(
            title=self.title, description=_described(rows, columns), columns=columns, rows=rows
        )

    def _counted(self) -> dict[tuple[str, str], int]:
        of = attrgetter(self.measure)
        crossings = self.compilation.crossings or ()
        return {(each.theme, each.country): of(each) for each in crossings}

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(key="label", header=words.THEME.say(self.lang), width=26),
            *(
                Column(key=each.code, header=short(each.code, self.lang), kind="number", width=6)
                for each in self.countries
            ),
            Column(key="total", header=words.TOTAL.say(self.lang), kind="number", width=8),
        )

    def _total(self) -> Row:
        of = attrgetter(self.measure)
        return (
            words.TOTAL_ONCE.say(self.lang),
            *(of(country.figures) for country in self.countries),
            of(self.compilation.total),
        )

    def _note(self) -> str:
        names = "; ".join(
            f"{short(each.code, self.lang)}: {each.label.say(self.lang)}" for each in self.countries
        )
        return f"{words.OVERLAP_TWO_WAY.say(self.lang)} {names}."


def two_ways(compilation: Compilation, lang: str) -> tuple[TwoWay, ...]:
    """The two-way tables of a compilation; none in an edition of the time before them."""
    if not compilation.crossings:
        return ()
    return tuple(TwoWay(compilation, measure, lang) for measure in MEASURES)


def short(country: str, lang: str) -> str:
    """The letters above a column, those of references: HND."""
    return words.NOT_NAMED_SHORT.say(lang) if country == NOT_NAMED else alpha3(country)


def _described(rows: tuple[GridRow, ...], columns: tuple[GridColumn, ...]) -> str:
    told = []
    for row in rows:
        pairs = zip(columns, row.cells, strict=True)
        there = ", ".join(f"{column.name} {cell.shown}" for column, cell in pairs if cell)
        told.append(f"{row.label}: {there}")
    return "; ".join(told) + "."
