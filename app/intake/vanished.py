"""What was typed into a row that a colleague removed meanwhile?

Its inputs are drawn no more, so the page that comes back shows the text below the table, to be copied
or put into a new row. The form carries it on; whoever was shown it may save everything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import request

from app.formats.spec import Field, Section
from app.intake.answers import Place, Written
from app.intake.history import value_at
from app.intake.labels import said
from app.intake.opened import Opened
from app.intake.typed import seen_at
from app.web import locale
from app.web.forms import Posted

KNOWN = "_vanished"
"""Under this name a form says of which rows its writer was shown that they are gone."""


@dataclass(frozen=True)
class Vanished:
    """A row that is gone, with what was typed into it."""

    id: str
    said: tuple[tuple[str, str], ...]
    """Question and text."""
    carried: tuple[tuple[str, str], ...]
    """Names and values as the form sent them."""
    is_known: bool
    """Whether its writer was shown it before."""


Lost = dict[str, tuple[Vanished, ...]]
"""By table."""


def take_out(opened: Opened, chosen: Section, posted: Posted, found: Written) -> Lost:
    """Take the rows that are gone out of what was posted; those in which something was typed."""
    lost: Lost = {}
    for asked in chosen.fields:
        if asked.is_rows and not asked.is_grid:
            rows = list(_rows_gone(asked, posted, found))
            typed = tuple(_vanished(asked, row) for row in rows
                          if _is_typed_in(opened, asked, row, posted, found))  # fmt: skip
            for row in rows:
                _let_go(asked, row, posted)
            if typed:
                lost[asked.key] = typed
    return lost


def is_news(lost: Lost) -> bool:
    """Whether there is a row of which its writer was not shown yet that it is gone."""
    return any(not each.is_known for rows in lost.values() for each in rows)


def _rows_gone(asked: Field, posted: Posted, found: Written) -> Iterator[str]:
    of_table = dict.fromkeys(r for r, key in posted.raw if key.startswith(f"{asked.key}."))
    return (row for row in of_table if row not in found.rows.get(asked.key, ()))


def _places(asked: Field, row: str) -> Iterator[tuple[Field, Place, str]]:
    for cell in asked.cells:
        if cell.is_asked:
            yield cell, (row, f"{asked.key}.{cell.key}"), f"{asked.key}.{row}.{cell.key}"


def _is_typed_in(
    opened: Opened, asked: Field, row: str, posted: Posted, found: Written
) -> bool:  # fmt: skip
    if row == request.form.get("_remove"):
        return False  # its writer does not want it either
    for _cell, place, name in _places(asked, row):
        if place in posted.errors:
            return True
        if place not in posted.values:
            continue  # an empty box over what is sealed says nothing
        value = posted.values[place]
        if value != found.value(place[1], row) and value != value_at(opened, place, seen_at(name)):
            return True
    return False


def _vanished(asked: Field, row: str) -> Vanished:
    lang = locale.lang()
    texts = ((cell.label.say(lang), said(request.form.getlist, cell, name))
             for cell, _place, name in _places(asked, row))  # fmt: skip
    inside = f"{asked.key}.{row}."
    carried = tuple((name, value) for name, value in request.form.items(multi=True)
                    if name.removeprefix("_revision.").startswith(inside))  # fmt: skip
    return Vanished(row, tuple(pair for pair in texts if pair[1]), carried,
                    row in request.form.getlist(KNOWN))  # fmt: skip


def _let_go(asked: Field, row: str, posted: Posted) -> None:
    for _cell, place, _name in _places(asked, row):
        for kept in (posted.raw, posted.values, posted.errors):
            kept.pop(place, None)
