"""At which places of a draft may files stand, and which stand there?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.attachments.sealed.keeping import Holder
from app.db.errors import Missing
from app.formats.hidden import is_hidden
from app.formats.spec import Field, Format, Section
from app.intake.answers import Place, Written
from app.intake.models import NO_ROW
from app.intake.opened import Opened
from app.intake.pages import item_of
from app.intake.sealed import sealing

KIND = "files"
MOST = 20
"""How many files stand at one place, where its question says no other number."""


@dataclass(frozen=True)
class Spot:
    """One place at which files may stand: its question, the page it is on, its name in addresses."""

    place: Place
    field: Field
    page: Section
    name: str

    @property
    def most(self) -> int:
        return int(self.field.options.get("max", MOST))


def holder_of(opened: Opened) -> Holder:
    """Under whose key the files of a record are."""
    return Holder(opened.id, opened.organisation_id)


def has_any(form: Format) -> bool:
    """Whether a form asks for files anywhere."""
    return any(True for _each in keys(form))


def keys(form: Format) -> Iterator[str]:
    """The keys of the questions that ask for files."""
    for each in form.fields:
        if each.kind.name == KIND:
            yield each.key
        yield from (f"{each.key}.{cell.key}" for cell in each.cells if cell.kind.name == KIND)


def asked(form: Format, key: str) -> Field | None:
    """The question of this key, where it asks for files."""
    if key not in set(keys(form)):
        return None
    name, _dot, cell = key.partition(".")
    field = form.field(name)
    return field.cell(cell) if cell else field


def spot(opened: Opened, name: str, found: Written) -> Spot:
    """The place that an address names: `attachments`, or `persons.<row>.photo`. Raises Missing."""
    table, _dot, rest = name.partition(".")
    row, _dot, cell = rest.partition(".")
    key = f"{table}.{cell}" if cell else table
    field = asked(opened.format, key)
    if field is None or bool(rest) != bool(cell):
        raise Missing(name)
    if not row:
        return Spot((NO_ROW, key), field, opened.format.section_of(key), name)
    if row not in found.rows.get(table, ()):
        raise Missing(name)
    has_page = opened.format.field(table).has_pages
    page = item_of(opened, table, row) if has_page else opened.format.section_of(table)
    return Spot((row, key), field, page, name)


def ids_at(opened: Opened, found: Written, place: Place) -> list[str]:
    """Which files stand at a place of the draft. Raises Refusal where that is closed for now.

    The answer names files by their ids alone; who opens it here reads nothing of them.
    """
    stored = found.answers.get(place)
    value = stored.value if stored else None
    if stored is not None and is_hidden(value):
        alone = replace(found, answers={place: stored})
        value = sealing.opened(opened.open_draft, opened.format, alone).get(place)
    return list(value or [])


def without_unknown(
    form: Format, document: dict[str, Any], known: Mapping[str, Any]
) -> dict[str, Any]:
    """A document without files that are not there: whoever writes an id of another record gets nothing."""
    return each_list(form, document, lambda ids: [each for each in ids if each in known])


def each_list(form: Format, document: dict[str, Any], change: Any) -> dict[str, Any]:
    """A document in which every list of files is what `change` makes of it; an empty one is no answer."""
    made = dict(document)
    for key in keys(form):
        table, _dot, cell = key.partition(".")
        if cell and isinstance(made.get(table), list):
            made[table] = [_changed(row, cell, change) for row in made[table]]
        elif not cell:
            made = _changed(made, key, change)
    return made


def _changed(held: Mapping[str, Any], key: str, change: Any) -> dict[str, Any]:
    kept = dict(held)
    if isinstance(kept.get(key), list):
        kept[key] = change(kept[key])
        if not kept[key]:
            del kept[key]
    return kept
