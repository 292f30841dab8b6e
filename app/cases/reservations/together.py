"""What can which country tell which other, as all their reservations stand? The Secretariat's table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.cases.common_format.format import CASE
from app.cases.common_format.words import CLASS_WORDS
from app.cases.reservations import queries, words
from app.documents.model import Column
from app.formats.countries import MEMBERS, country_names
from app.reserving.matrix import Line, Pair, matrix
from app.reserving.rule import Effect
from app.reserving.targets import targets
from app.web import locale
from app.web.sentences import gettext as _


@dataclass(frozen=True)
class Asked:
    """What a reader chose above the table; "" for no choice."""

    section: str = ""
    sender: str = ""
    receiver: str = ""
    purpose: str = ""
    mark: str = ""

    @property
    def is_filtered(self) -> bool:
        return any(vars(self).values())

    def query(self) -> dict[str, str]:
        """The choices as they stand in an address."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Cell:
    """What holds between two countries: in any case, and for some purpose or mark."""

    always: str
    at_worst: str

    @property
    def text(self) -> str:
        """In words: "passes", or "passes; at times does not pass"."""
        said = _(words.DONE[self.always])
        if self.at_worst == self.always:
            return said
        return _("%(said)s; at times %(worst)s", said=said, worst=_(words.DONE[self.at_worst]))

    @property
    def look(self) -> str:
        """How its tag looks."""
        return "bad" if self.at_worst == Effect.DENY else "warn"

    @property
    def is_plain(self) -> bool:
        """Whether nothing is kept."""
        return self.at_worst == Effect.ALLOW


@dataclass(frozen=True)
class Row:
    """One piece of data."""

    label: str
    section: str
    klass: str
    is_core: bool
    is_closed: bool
    is_core_reserved: bool
    summary: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """The rows that were asked for; `columns` are the pairs of each row's cells, none of a summary."""

    columns: Sequence[Pair]
    rows: Sequence[Row]
    closed: int
    core: int
    """How many pieces of data, of all, nobody can exchange, and how many required ones are reserved."""

    def headings(self, asked: Asked) -> list[str]:
        """What each column is called."""
        if asked.sender and asked.receiver:
            return [
                _(
                    "%(sender)s to %(receiver)s",
                    sender=_name(asked.sender),
                    receiver=_name(asked.receiver),
                )
            ]
        at = 1 if asked.sender else 0
        return [_name(pair[at]) for pair in self.columns]


def table(asked: Asked, on: date) -> Table:
    """The table of all reservations that are in force; one question however many countries there are."""
    rules = queries.confirmed_rules(on)
    lines = matrix(CASE, rules, MEMBERS, on, asked.purpose or None, asked.mark or None)
    columns = _columns(asked)
    rows = [_row(line, columns) for line in lines if asked.section in ("", line.target.section)]
    return Table(
        columns, rows, sum(line.is_closed for line in lines),
        sum(line.is_core_reserved for line in lines),
    )  # fmt: skip


def _columns(asked: Asked) -> list[Pair]:
    if not asked.sender and not asked.receiver:
        return []
    senders = [asked.sender] if asked.sender else MEMBERS
    receivers = [asked.receiver] if asked.receiver else MEMBERS
    return [(one, other) for one in senders for other in receivers if one != other]


def _row(line: Line, columns: Sequence[Pair]) -> Row:
    target = line.target
    section = CASE.section(target.section).title.say(locale.lang())
    return Row(
        words.label_of(target, CASE), section, _(CLASS_WORDS[target.klass]), target.is_required,
        line.is_closed, line.is_core_reserved, _summary(line), [_cell(line, pair) for pair in columns],
    )  # fmt: skip


def _cell(line: Line, pair: Pair) -> Cell:
    return Cell(line.effect(pair).value, line.worst(pair).value)


def _summary(line: Line) -> str:
    """How many of the pairs are kept from it, and how."""
    counted = Counter(
        each.effect for each in line.at_worst.values() if each.effect is not Effect.ALLOW
    )
    said = [f"{count} × {_(words.DONE[effect])}" for effect, count in sorted(counted.items())]
    return "; ".join(said)


def _name(code: str) -> str:
    return country_names(locale.lang()).get(code, code)


def pairs() -> list[Pair]:
    """Every ordered pair of members."""
    return [(one, other) for one in MEMBERS for other in MEMBERS if one != other]


def file_of(asked: Asked, on: date) -> tuple[list[Column], list[tuple[str, ...]]]:
    """The whole table for a file: a row for each piece of data, a column for each pair asked for."""
    columns = _columns(asked) or pairs()
    rules = queries.confirmed_rules(on)
    lines = matrix(CASE, rules, MEMBERS, on, asked.purpose or None, asked.mark or None)
    headers = [_("Section"), _("Data"), _("Class"), _("Required"), _("Nobody can exchange it"),
               *(f"{one} → {other}" for one, other in columns)]  # fmt: skip
    found = []
    for line in lines:
        if asked.section in ("", line.target.section):
            row = _row(line, columns)
            found.append((row.section, row.label, row.klass, _yes(row.is_core), _yes(row.is_closed),
                          *(cell.text for cell in row.cells)))  # fmt: skip
    named = [Column(key=f"c{number}", header=header, width=24 if number < 2 else 14)
             for number, header in enumerate(headers)]  # fmt: skip
    return named, found


def _yes(is_so: bool) -> str:
    return _("yes") if is_so else ""


def sections() -> list[tuple[str, str]]:
    """Sections to choose from."""
    used = {target.section for target in targets(CASE).values()}
    return [(each.key, each.title.say(locale.lang())) for each in CASE.sections if each.key in used]
