"""Which places of a format can be reserved? Every question and every cell, with what it hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.formats import paths
from app.formats.derived import formula_of, written_sources
from app.formats.spec import Condition, Field, Format, Klass, Section

CARRIAGE = frozenset({"exchange_ref", "report_kind", "tlp", "purpose"})
"""By what a communication is carried: its reference, its kind, its mark, its purpose. Without them nobody knows
what reached a unit, who may read it and for what, so no reservation takes them out of what is delivered."""


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
    above = [place for each in section.when for place in _named(each)]
    grounds = (*above, *_named(field.when))
    if not field.is_rows:
        yield Target(
            field.key, field.key, section.key, field, field.klass, field.required, grounds,
            _sources(form, field, None),
        )  # fmt: skip
        return
    for cell in field.cells:
        beside = [f"{field.key}.{each}" for each in _named(cell.when)]
        yield Target(
            f"{field.key}.{cell.key}", field.key, section.key, cell, cell.klass,
            field.required and cell.required, (*grounds, *beside), _sources(form, cell, field),
        )  # fmt: skip


def _named(when: Condition | None) -> list[str]:
    """The places on which a condition looks."""
    return [each.field for each in when.each] if when else []


def _sources(form: Format, field: Field, table: Field | None) -> tuple[str, ...]:
    """What an answer follows from; of a whole table, all its cells."""
    if formula_of(field) is None:
        return ()
    read = sorted(
        paths.keys_read(form, tuple(written_sources(field)), table.key if table else None)
    )
    return tuple(place for each in read for place in _places(form, each))


def _places(form: Format, key: str) -> list[str]:
    if "." in key or not form.field(key).is_rows:
        return [key]
    return [f"{key}.{cell.key}" for cell in form.field(key).cells]
