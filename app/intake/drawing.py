"""What does a page need to draw a section: names, texts as typed, errors, conflicts, revisions?

Plain data only. Names of inputs are `field` or `field.row.cell`; nothing here knows a kind of answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from flask_babel import gettext as _

from app.formats.completeness import Problem
from app.formats.hidden import is_hidden
from app.formats.spec import Field, Section, Text
from app.intake.answers import Place, Written, row_ids
from app.intake.models import NO_ROW
from app.intake.opened import Stored
from app.intake.sealed.showing import Sealing
from app.intake.sections import FILES
from app.intake.vanished import Vanished
from app.web import locale
from app.web.forms import Posted


class Save(NamedTuple):
    """Where and over which words the page saves one answer."""

    url: str
    seen: str
    saved_at_text: str | None
    """When the text was saved that is seen."""
    mark_id: str
    unsaved: bool = False
    """Whether what is drawn was typed and is not stored: a page that came back with a mistake."""
    sealed_by: str = ""
    """Of a sealed answer: two letters for whoever wrote it."""
    same: str = ""
    """Proves that a box still holds what was opened or saved there (sealed/untouched.py)."""


@dataclass(frozen=True)
class Theirs:
    """The text that somebody else saved meanwhile, for the panel that asks which to keep."""

    who: str
    at: str
    raw: list[str]
    text: str
    mine: str
    seen: str
    joined: str | None
    """Both texts in one, where they fit into one answer."""
    is_own: bool = False
    """Whether it is the reader's own, from another window."""
    is_unwritten: bool = False
    """Whether it is no text of anybody: empty since this draft was opened."""
    is_sealed: bool = False
    """Whether it is sealed, so that neither text is shown: it can be opened to compare."""


class Drawn(NamedTuple):
    """One question, or one cell of a row, ready to be drawn."""

    field: Field
    name: str
    raw: list[str]
    error: str | None
    save: Save
    conflict: Theirs | None = None
    is_in_own_row: bool = False
    """Whether it stands in a row that somebody added, so that its name is like no other's."""
    closed: str = ""
    """Why nothing can be written here now; empty where it can."""


@dataclass(frozen=True)
class DrawnRow:
    """A row of a table; `line` names it in a grid of fixed lines."""

    id: str
    line: Text | None
    cells: tuple[Drawn | DrawnFiles, ...]


@dataclass(frozen=True)
class DrawnTable:
    """A question answered row by row."""

    field: Field
    rows: tuple[DrawnRow, ...]
    error: str | None
    vanished: tuple[Vanished, ...] = ()
    """Rows that are gone, with what was typed into them."""
    removed: str | None = None
    """Where a row was removed just now: the address of the history, "" for who may not read it."""


class Entry(NamedTuple):
    """A row in the list of a table whose rows have pages of their own."""

    id: str
    url: str
    name: str
    problem: str


@dataclass(frozen=True)
class DrawnList:
    """A table whose rows have pages of their own, as a list of them; else as DrawnTable."""

    field: Field
    entries: tuple[Entry, ...]
    error: str | None
    vanished: tuple[Vanished, ...] = ()
    removed: str | None = None


@dataclass(frozen=True)
class DrawnDerived:
    """What Enlace works out from other answers, to be read and not typed."""

    field: Field
    text: str


class DrawnFiles(NamedTuple):
    """A question that asks for files, which have a page of their own."""

    field: Field
    name: str
    is_answered: bool
    said: str
    """How many there are, where that may be told."""
    error: str | None


@dataclass
class Easel:
    """Everything that drawing a section looks at."""

    found: Written
    document: Mapping[str, Any]
    posted: Posted = field(default_factory=Posted)
    conflicts: Mapping[Place, Theirs] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    lost: Mapping[str, tuple[Vanished, ...]] = field(default_factory=dict)
    removed: Mapping[str, str] = field(default_factory=dict)
    """As DrawnTable.removed, by table."""
    sealing: Sealing | None = None
    """How the answers of a sensitive form stand; None for any other."""
    same: Callable[[Place, Stored], str] | None = None
    """Makes Save.same of what was opened; None where nothing is."""
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Of a table whose rows have pages of their own: its rows, and what each is called."""
    locale: str = field(default_factory=locale.locale)


UNDRAWN = ("automatic",)
"""Kinds that no page of a draft asks: Enlace writes them."""


def draw(
    section: Section, easel: Easel
) -> list[Drawn | DrawnTable | DrawnList | DrawnDerived | DrawnFiles]:
    """The section's questions in order."""
    return [_draw(asked, easel) for asked in section.fields if asked.kind.name not in UNDRAWN]


def _draw(asked: Field, easel: Easel) -> Drawn | DrawnTable | DrawnList | DrawnDerived | DrawnFiles:
    if asked.is_rows:
        return draw_table(asked, easel)
    if not asked.is_asked:
        return draw_derived(asked, easel.document)
    return _draw_answer(asked, (NO_ROW, asked.key), asked.key, easel)


def _draw_answer(asked: Field, place: Place, name: str, easel: Easel) -> Drawn | DrawnFiles:
    if asked.kind.name != FILES:
        return draw_one(asked, place, name, easel)
    stored = easel.found.answers.get(place)
    value = stored.value if stored else None
    said = "" if is_hidden(value) else asked.kind.show(value, asked, locale.lang(), easel.locale)
    return DrawnFiles(
        asked, name, bool(value), said, _problem(asked, place[0] or None, place[1], easel)
    )


def draw_derived(asked: Field, document: Mapping[str, Any]) -> DrawnDerived:
    """What is worked out from the answers of this document; empty text while nothing follows."""
    value = document.get(asked.key)
    text = "" if value is None else asked.kind.show(value, asked, locale.lang(), locale.locale())
    return DrawnDerived(asked, text)


def draw_table(asked: Field, easel: Easel) -> DrawnTable | DrawnList:
    """A question answered row by row, with every row there is."""
    if asked.has_pages:
        return _draw_list(asked, easel)
    asked = _as_far_as_told(asked, (NO_ROW, asked.key), easel)
    rows = tuple(_row(asked, row, easel) for row in row_ids(asked, easel.found))
    lost = easel.lost.get(asked.key, ())
    return DrawnTable(
        asked, rows, _problem(asked, None, None, easel), lost, easel.removed.get(asked.key)
    )


def _draw_list(asked: Field, easel: Easel) -> DrawnList:
    wrong = {each.row_id: each.message.say(locale.lang()) for each in reversed(easel.problems)
             if each.field_key == asked.key}  # fmt: skip
    # Seen from /…/sections/<section>, as what an answer is saved to.
    entries = [Entry(row, f"{asked.key}.{row}", name, wrong.get(row, ""))
               for row, name in easel.names.get(asked.key, {}).items()]  # fmt: skip
    return DrawnList(asked, tuple(entries), _problem(asked, None, None, easel),
                     easel.lost.get(asked.key, ()), easel.removed.get(asked.key))  # fmt: skip


def _row(asked: Field, row: str, easel: Easel) -> DrawnRow:
    line = asked.line(row)
    cells = tuple(
        _draw_answer(cell, (row, f"{asked.key}.{cell.key}"), f"{asked.key}.{row}.{cell.key}", easel)
        for cell in asked.cells
        if cell.is_asked and cell.kind.name not in UNDRAWN
    )
    return DrawnRow(row, line.label if line else None, cells)


def draw_one(asked: Field, place: Place, name: str, easel: Easel) -> Drawn:
    """One question: what was just typed if anything was, else what is stored."""
    row, key = place
    asked = _as_far_as_told(asked, place, easel)
    in_own_row = bool(row) and row in easel.found.rows.get(key.split(".")[0], ())
    stored = easel.found.answers.get(place)
    kept = asked.kind.dump(stored.value if stored else None, asked, easel.locale)
    raw = easel.posted.raw.get(place, kept)
    unsaved = raw is not kept and _said(raw) != _said(kept)
    save = Save(
        # Seen from /…/sections/<section>, so that it is the same for every record.
        url="../answers/" + (name.replace(".", "/") if row else key),
        seen=easel.posted.seen.get(place) or str(easel.found.seen(place)),
        saved_at_text=locale.show_moment(stored.saved_at) if stored and not unsaved else None,
        mark_id=f"saved-{name}",
        unsaved=unsaved,
        **_seal_of(asked, place, stored, easel),
    )
    error = easel.posted.errors.get(place) or _problem(asked, row or None, key, easel)
    return Drawn(asked, name, raw, error, save, easel.conflicts.get(place), in_own_row,
                 _why_closed(easel))  # fmt: skip


def _seal_of(asked: Field, place: Place, stored: Stored | None, easel: Easel) -> dict[str, str]:
    if stored is None or stored.sealed is None or not asked.klass.is_sealed or not easel.sealing:
        return {}
    by = {"sealed_by": easel.sealing.by(stored.saved_by)}
    if is_hidden(stored.value) or easel.same is None:
        return by
    return {**by, "same": easel.same(place, stored)}


def _why_closed(easel: Easel) -> str:
    sealing = easel.sealing
    if sealing is None or sealing.is_writable:
        return ""
    if sealing.erased_at:
        return _("Erased for good on %(day)s.", day=locale.show_date(sealing.erased_at.date()))
    return _("Sealed, and closed for now: its key is not there.")


def _as_far_as_told(asked: Field, place: Place, easel: Easel) -> Field:
    """The question, without its condition where that hangs on what is sealed: nobody can tell here."""
    if asked.when is None:
        return asked
    row, key = place
    table, dot, _cell = key.partition(".")
    source = easel.found.answers.get((row, f"{table}." * bool(dot) + asked.when.field))
    return replace(asked, when=None) if source and is_hidden(source.value) else asked


def _said(raw: list[str]) -> list[str]:
    """What inputs hold, whichever way the browser ends its lines or sends what is empty."""
    lines = [text.replace("\r\n", "\n").strip() for text in raw]
    return lines if any(lines) else []


def _problem(asked: Field, row: str | None, key: str | None, easel: Easel) -> str | None:
    for problem in easel.problems:
        place = problem.field_key + (f".{problem.cell}" if problem.cell else "")
        if problem.row_id == row and place == (key or asked.key):
            return problem.message.say(locale.lang())
    return None
