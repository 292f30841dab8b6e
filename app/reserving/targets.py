"""Which places of a format can be reserved? Every question and every cell, with what it hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.formats.spec import Field, Format, Klass, Section

_SOURCE = "from"


@dataclass(frozen=True, slots=True)
class Target:
    """One place. `key` is the question, `place` the question or "table.cell".

    `grounds` are the places by whose answers it counts or not, `sources` those it is computed from.
    """

    place: str
    key: str
    section: str
    field: Field
    klass: Klass
    is_required: bool
    grounds: tuple[str, ...]
    sources: tuple[str, ...]


@lru_cache(maxsize=16)
def targets(form: Format) -> Mapping[str, Target]:
    """Place -> target, in the order of the format; a table stands for its cells."""
    return {
        target.place: target
        for section in form.sections
        for field in section.fields
        for target in _targets(form, section, field)
    }


def _targets(form: Format, section: Section, field: Field) -> Iterator[Target]:
    grounds = (field.when.field,) if field.when else ()
    if not field.is_rows:
        yield Target(
            field.key, field.key, section.key, field, field.klass, field.required, grounds,
            _sources(form, field, None),
        )  # fmt: skip
        return
    for cell in field.cells:
        above = (f"{field.key}.{cell.when.field}",) if cell.when else ()
        yield Target(
            f"{field.key}.{cell.key}", field.key, section.key, cell, cell.klass,
            field.required and cell.required, (*grounds, *above), _sources(form, cell, field),
        )  # fmt: skip


def _sources(form: Format, field: Field, table: Field | None) -> tuple[str, ...]:
    """What a computed answer is computed from; of a table, all its cells."""
    source = field.options.get(_SOURCE)
    if source is None or field.is_asked:
        return ()
    if table is not None:
        return (f"{table.key}.{source}",)
    if "." in source or not form.field(source).is_rows:
        return (source,)
    return tuple(f"{source}.{cell.key}" for cell in form.field(source).cells)
