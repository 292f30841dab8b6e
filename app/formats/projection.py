"""Which values of a record does a viewer see? The one place that decides; everything else asks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.formats.answers import Answers, value_of
from app.formats.bound import NONE, Lists, bound
from app.formats.completeness import applies, cell_applies
from app.formats.derived import written_sources
from app.formats.kinds import Value
from app.formats.kinds.table import Row, is_filled, living_rows
from app.formats.shown import NOT_PROVIDED, VALUE, Shown, ShownSection, telling
from app.formats.spec import Field, Format, Section

OWN, SECRETARIAT, MEMBERS, SPONSORS = "own", "secretariat", "members", "sponsors"
WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Viewer:
    """For whom a record is drawn: "own", "secretariat", "members" or "sponsors".

    `withheld` and `released` are keys of fields, or "audience.region" for the cell of a table: what
    the country keeps from this audience, and what it released to sponsors at certification.
    """

    audience: str
    withheld: frozenset[str] = frozenset()
    released: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.audience not in (OWN, SECRETARIAT, MEMBERS, SPONSORS):
            raise ValueError("a viewer is own, secretariat, members or sponsors")

    @property
    def sees_all(self) -> bool:
        """Whether nothing is kept from the viewer."""
        return self.audience in (OWN, SECRETARIAT)


def project(
    form: Format, answers: Answers, viewer: Viewer, lists: Lists = NONE
) -> tuple[ShownSection, ...]:
    """The record as the viewer sees it; sections without any field for the viewer are left out.

    `lists` name what answers point at outside the record (see bound.py).
    """
    sections = []
    for section in form.sections:
        fields = tuple(_shown_fields(form, section, answers, viewer, lists))
        if fields:
            sections.append(ShownSection(section, fields))
    return tuple(sections)


def _shown_fields(
    form: Format, section: Section, answers: Answers, viewer: Viewer, lists: Lists
) -> Iterator[Shown]:
    for field in section.fields:
        shown = show_field(form, field, answers, viewer, lists)
        if shown is not None:
            yield shown


def show_field(
    form: Format, field: Field, answers: Answers, viewer: Viewer, lists: Lists = NONE
) -> Shown | None:
    """One field as the viewer sees it; None where it does not exist for the viewer or not count."""
    if not is_for(field, viewer) or not _is_told(form, field, viewer):
        return None
    if not applies(form, field, answers):
        return None
    return _shown(form, bound(form, field, answers, lists), answers, viewer)


def _is_told(form: Format, field: Field, viewer: Viewer) -> bool:
    """Whether the viewer sees what the field depends on: its mere presence would tell the rest."""
    if viewer.sees_all:
        return True
    for when in (each for one in form.section_of(field.key).when for each in one.each):
        named = form.field(when.field.split(".", maxsplit=1)[0])
        if not is_for(named, viewer) or is_withheld(form, named, viewer):
            return False
    while field.when is not None:
        field = form.field(field.when.field)
        if not is_for(field, viewer) or is_withheld(form, field, viewer):
            return False
    return True


def is_for(field: Field, viewer: Viewer) -> bool:
    """Whether the field exists for the viewer at all."""
    return viewer.sees_all or viewer.audience in field.audience


def is_withheld(form: Format, field: Field, viewer: Viewer) -> bool:
    """Whether the country keeps the field, or what it is computed from, from this viewer."""
    if any(is_withheld(form, form.field(each), viewer) for each in _sources(field)):
        return True
    return _is_kept(field, field.key, viewer)


def _sources(field: Field) -> set[str]:
    """The fields, or tables, that a field of the record is computed from."""
    return {each.removeprefix("/").split(".", maxsplit=1)[0] for each in written_sources(field)}


def _is_kept(field: Field, key: str, viewer: Viewer) -> bool:
    if viewer.sees_all:
        return False
    unreleased = viewer.audience == SPONSORS and field.release and key not in viewer.released
    return key in viewer.withheld or unreleased


def _shown(form: Format, field: Field, answers: Answers, viewer: Viewer) -> Shown:
    """Withheld is said alike whether or not there is an answer, so that it tells nothing."""
    if is_withheld(form, field, viewer):
        return Shown(field, WITHHELD, None)
    value = value_of(form, field, answers)
    if not field.is_rows:
        is_there = field.kind.is_answered(value)
        return Shown(field, VALUE if is_there else NOT_PROVIDED, value if is_there else None)
    return _shown_rows(field, living_rows(value, field), viewer)


def _shown_rows(field: Field, rows: list[Row], viewer: Viewer) -> Shown:
    """A table with its visible cells; rows of which the viewer would see nothing are left out."""
    cells = visible_cells(field, viewer)
    seen = [_visible(row, field, cells) for row in rows]
    filled = telling(seen, cells)
    if filled:
        return Shown(field, VALUE, filled, cells)
    hidden = any(is_filled(row, field) for row in rows)
    return Shown(field, WITHHELD if hidden else NOT_PROVIDED, None, cells)


def visible_cells(field: Field, viewer: Viewer) -> tuple[Field, ...]:
    """The cells of a table that the viewer may see."""
    return tuple(
        cell
        for cell in field.cells
        if is_for(cell, viewer) and not _is_kept(cell, f"{field.key}.{cell.key}", viewer)
    )


def _visible(row: Row, field: Field, cells: tuple[Field, ...]) -> dict[str, Value]:
    seen = {cell.key: row.get(cell.key) for cell in cells if cell_applies(field, cell, row)}
    return {"id": row["id"], **seen}


def releasable(form: Format) -> tuple[str, ...]:
    """Keys a country may release to sponsors at certification, cells as "audience.region"."""
    keys = []
    for field in form.fields:
        keys += [field.key] if field.release else []
        keys += [f"{field.key}.{cell.key}" for cell in field.cells if cell.release]
    return tuple(keys)


def withholdable(form: Format, audience: str) -> tuple[str, ...]:
    """Keys of fields "members" or "sponsors" see unless the country withholds them."""
    return tuple(
        field.key
        for field in form.fields
        if audience in field.audience and not (audience == SPONSORS and field.release)
    )
