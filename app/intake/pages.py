"""Which pages does a draft have, in which order? Quick screens, the sections that count, and a page for each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from app.db.errors import Missing
from app.formats.bound import Lists, bound, row_name
from app.formats.conditions import applies, counted_sections, counts
from app.formats.spec import Field, Format, Section, UnknownField, UnknownSection
from app.intake.answers import Written
from app.intake.mounting import Mount
from app.intake.opened import Opened
from app.web import locale


@dataclass(frozen=True, slots=True)
class Item(Section):
    """The page of one row; `key` and `title` are its section's, and its only field is the table."""

    row: str = ""

    @property
    def table(self) -> Field:
        """The table of the row, which asks its cells here."""
        return self.fields[0]


def page_of(opened: Opened, key: str) -> Section:
    """A section of this record's format, or a screen. Raises Missing."""
    try:
        return opened.format.page(key)
    except UnknownSection:
        raise Missing(key) from None


def item_of(opened: Opened, table: str, row: str) -> Item:
    """The page of a row. Raises Missing where the rows of the table have none."""
    try:
        asked, section = opened.format.field(table), opened.format.section_of(table)
    except UnknownField:
        raise Missing(table) from None
    if not asked.has_pages:
        raise Missing(table)
    options = MappingProxyType({k: v for k, v in asked.options.items() if k != "item"})
    return Item(section.key, section.title, None, (replace(asked, options=options),), row=row)


def page_named(opened: Opened, name: str) -> Section:
    """The page that a form names: a section, a screen, or with a dot the row of a table. Raises Missing."""
    table, dot, row = name.partition(".")
    return item_of(opened, table, row) if dot else page_of(opened, name)


def name_of(page: Section) -> str:
    """How a form names a page."""
    return f"{page.table.key}.{page.row}" if isinstance(page, Item) else page.key


def answers_on(page: Section, found: Written) -> Written:
    """The answers that a page shows: none of a table whose rows have pages, and of such a page its row's."""
    shown = {each.key for each in page.fields if not each.has_pages}
    row = page.row if isinstance(page, Item) else None
    return replace(found, answers={
        place: stored for place, stored in found.answers.items()
        if place[1].partition(".")[0] in shown and row in (None, place[0])
    })  # fmt: skip


def narrowed(page: Section, found: Written) -> Written:
    """What is drawn of a draft: on the page of a row, of its table no other."""
    if not isinstance(page, Item):
        return found
    return replace(found, rows={**found.rows, page.table.key: [page.row]})


def pages(form: Format, document: Mapping[str, Any]) -> tuple[Section, ...]:
    """The screens and sections that count, in the order in which they are worked through."""
    screens = tuple(each for each in form.screens if counts(form, each, document))
    return (*screens, *counted_sections(form, document))


def is_enough(form: Format, page: Section, document: Mapping[str, Any]) -> bool:
    """Whether the first page asks everything that is required, so that the rest are details."""
    first = pages(form, document)[0]
    asked = {each.key for each in page.fields}
    return page.key == first.key and not isinstance(page, Item) and all(
        each.key in asked for each in form.fields
        if each.required and applies(form, each, document)
    )  # fmt: skip


def around(
    form: Format, page: Section, document: Mapping[str, Any], found: Written
) -> tuple[Section | None, Section | None]:
    """The page before and the page after: of a row those of its table."""
    if isinstance(page, Item):
        ids = found.rows.get(page.table.key, [])
        return _neighbours([replace(page, row=each) for each in ids], ids.index(page.row))
    there = pages(form, document)
    keys = [each.key for each in there]
    return _neighbours(there, keys.index(page.key)) if page.key in keys else (None, there[0])


def _neighbours(there: Sequence[Section], place: int) -> tuple[Section | None, Section | None]:
    after = there[place + 1 : place + 2]
    return (there[place - 1] if place else None), (after[0] if after else None)


def address(mount: Mount, opened: Opened, page: Section) -> str:
    """Where a page of a draft is."""
    if isinstance(page, Item):
        return mount.url(opened, "item", table=page.table.key, row=page.row)
    return mount.url(opened, "section", section=page.key)


def place_url(
    mount: Mount, opened: Opened, section: str, field: str, row: str | None = None,
    cell: str | None = None,
) -> str:  # fmt: skip
    """Where an answer is given: its page, and its place on it."""
    if row and cell and opened.format.field(field).has_pages:
        return mount.url(opened, "item", table=field, row=row) + f"#{field}.{row}.{cell}"
    anchor = f"{field}.{row}.{cell}" if row and cell else field
    return mount.url(opened, "section", section=section) + f"#{anchor}"


def bound_page(form: Format, page: Section, document: Mapping[str, Any], lists: Lists) -> Section:
    """The page with what may be chosen where answers point at rows, units or people."""
    fields = tuple(bound(form, each, document, lists) for each in page.fields)
    return page if fields == page.fields else replace(page, fields=fields)


def names(
    form: Format, table: Field, document: Mapping[str, Any], found: Written, lists: Lists
) -> dict[str, str]:
    """What each row of a table is called in lists and at the head of its page, in their order."""
    said = {row["id"]: row for row in document.get(table.key) or ()}
    known, lang = bound(form, table, document, lists), locale.lang()
    return {
        row: row_name(known, said.get(row, {}), number, lang)
        for number, row in enumerate(found.rows.get(table.key, ()), start=1)
    }
