"""How many needs, people and hours are there, by each dimension, as of an instant?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from app.extensions import db
from app.formats.spec import Format
from app.reports.counted import statement
from app.reports.dimensions import DIMENSIONS, NOT_NAMED, NOT_RANKED, label, place
from app.reports.figures import Basis, Compilation, Crossing, Figures, Grouping, Line


def compile_figures(basis: Basis, format: Format) -> Compilation:
    """All groupings, crossings and the total, in one query for each dimension."""
    groupings, crossings, total = [], [], Figures()
    for dimension in DIMENSIONS:
        rows = db.session.execute(statement(basis, dimension)).all()
        sums = _sums(rows)
        groupings.append(_grouping(dimension, sums, format))
        if dimension == "theme":
            # Each row is one theme of one country already: nothing more has to be asked.
            crossings = _crossings(rows, format)
        if dimension == "country":
            # Each need has one country, so that its lines together are the needs themselves.
            total = _together(sums.values()).figures()
    return Compilation(total=total, groupings=tuple(groupings), crossings=tuple(crossings))


def _crossings(rows: Iterable[Any], format: Format) -> list[Crossing]:
    """By theme in the order of the form, then by country."""
    found = [
        Crossing(theme=str(theme), country=country, needs=needs, participants=int(participants))
        for theme, country, needs, participants, *_ in rows
    ]
    return sorted(
        found, key=lambda each: (place("theme", each.theme, format),
                                 place("country", each.country, format)),
    )  # fmt: skip


@dataclass
class _Sum:
    """Figures in the making."""

    countries: set[str] = field(default_factory=set)
    needs: int = 0
    participants: int = 0
    women: int = 0
    men: int = 0
    not_stated: int = 0
    course_hours: Decimal = Decimal(0)
    participant_hours: Decimal = Decimal(0)

    def add(self, country: Iterable[str], numbers: Iterable[Any]) -> None:
        self.countries.update(country)
        names = ("needs", "participants", "women", "men", "not_stated", "course_hours",
                 "participant_hours")  # fmt: skip
        for name, number in zip(names, numbers, strict=True):
            setattr(self, name, getattr(self, name) + number)

    def numbers(self) -> tuple[Any, ...]:
        return (self.needs, self.participants, self.women, self.men, self.not_stated,
                self.course_hours, self.participant_hours)  # fmt: skip

    def figures(self) -> Figures:
        return Figures(
            needs=self.needs, countries=len(self.countries - {NOT_NAMED}),
            participants=int(self.participants), women=int(self.women), men=int(self.men),
            not_stated=int(self.not_stated), course_hours=self.course_hours,
            participant_hours=self.participant_hours,
        )  # fmt: skip


def _sums(rows: Iterable[Any]) -> dict[str, _Sum]:
    sums: dict[str, _Sum] = {}
    for code, country, *numbers in rows:
        key = NOT_RANKED if code is None else str(code)
        sums.setdefault(key, _Sum()).add((country,), numbers)
    return sums


def figures_by_code(rows: Iterable[Any]) -> dict[str, Figures]:
    """The figures of each code, from rows that begin with the code and the country."""
    return {code: each.figures() for code, each in _sums(rows).items()}


def _together(sums: Iterable[_Sum]) -> _Sum:
    whole = _Sum()
    for each in sums:
        whole.add(each.countries, each.numbers())
    return whole


def _grouping(dimension: str, sums: dict[str, _Sum], format: Format) -> Grouping:
    lines = [
        Line(code=code, label=label(dimension, code, format), figures=each.figures())
        for code, each in sums.items()
    ]
    if DIMENSIONS[dimension].by_size:
        lines.sort(
            key=lambda line: (-line.figures.participants, place(dimension, line.code, format))
        )
    else:
        lines.sort(key=lambda line: place(dimension, line.code, format))
    return Grouping(dimension=dimension, lines=tuple(lines))
