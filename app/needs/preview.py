"""What exactly would a sponsor read of this need?

One builder for the preview at certification and for the summary that is released later, so that the
two cannot differ. The result holds both languages, names no country unless it agreed, and is hashed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.formats.canonical import canonical_json
from app.formats.projection import Viewer, project
from app.formats.shown import VALUE, Shown, ShownSection
from app.formats.spec import Field, Format
from app.policy.actor import locale_of

LANGUAGES = ("es", "en")
NAMED, UNNAMED, NONE = "named", "unnamed", "none"
CHOICES = (NAMED, UNNAMED, NONE)
Words = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a certifier decided about members and sponsors; nothing is decided by default."""

    members: str
    sponsors: str
    withheld: frozenset[str] = frozenset()
    released: frozenset[str] = frozenset()


def preview(
    format: Format, answers: Mapping[str, Any], choices: Choices, *, country: str, lang: str
) -> dict[str, Any]:
    """What a sponsor would read, in both languages; `lang` is the one the country wrote in."""
    viewer = Viewer("sponsors", withheld=choices.withheld, released=choices.released)
    sections = project(format, answers, viewer)
    title = _title(format, sections)
    return {
        "format": f"{format.name} {format.version}",
        "lang": lang,
        "country": country if choices.sponsors == NAMED else None,
        "title": title,
        "sections": [
            shown for shown in (_section(format, each) for each in sections) if shown["items"]
        ],
    }


def hash_of(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical_json(content)).hexdigest()


def _title(format: Format, sections: tuple[ShownSection, ...]) -> Words:
    """The released title, else the themes: a summary always has a name."""
    shown = {each.field.key: each for section in sections for each in section.fields}
    own = shown.get(format.title_field)
    if own is not None and own.state == VALUE:
        return _words(own)
    themes = shown.get("themes")
    return _words(themes) if themes is not None and themes.state == VALUE else format_title(format)


def format_title(format: Format) -> Words:
    return {lang: format.title.say(lang) for lang in LANGUAGES}


def _section(format: Format, shown: ShownSection) -> dict[str, Any]:
    return {
        "key": shown.section.key,
        "title": {lang: shown.section.title.say(lang) for lang in LANGUAGES},
        "items": [_item(format, each) for each in shown.fields if each.state == VALUE],
    }


def _item(format: Format, shown: Shown) -> dict[str, Any]:
    item: dict[str, Any] = {
        "key": shown.field.key,
        "label": _label(shown.field),
        "needs_release": _needs_release(format, shown.field),
    }
    if shown.field.is_rows:
        item["table"] = _table(shown)
    else:
        item["value"] = _words(shown)
        item["is_free_text"] = shown.field.kind.is_free_text
    return item


def _needs_release(format: Format, field: Field) -> bool:
    """Whether a sponsor reads it only where the country said so: it, or what it tells something of."""
    source = field.options.get("from") if field.kind.name == "derived" else None
    told = [key for key in (source, field.when.field if field.when else None) if key]
    return field.release or any(_needs_release(format, format.field(key)) for key in told)


def _cell_needs_release(field: Field, cell: Field) -> bool:
    """The same of a table's column, within the table."""
    source = cell.options.get("from") if cell.kind.name == "derived" else None
    told = {key for key in (source, cell.when.field if cell.when else None) if key}
    return cell.release or any(
        _cell_needs_release(field, other) for other in field.cells if other.key in told
    )


def _table(shown: Shown) -> dict[str, Any]:
    cells = [
        c for c in shown.cells if any(c.kind.is_answered(row.get(c.key)) for row in shown.value)
    ]
    rows = []
    for row in shown.value:
        line = shown.field.line(row["id"])
        said = [{lang: line.label.say(lang) for lang in LANGUAGES}] if line else []
        rows.append(said + [_cell(cell, row.get(cell.key)) for cell in cells])
    heads = [_label(cell) for cell in cells]
    if shown.field.is_grid:
        heads = [_label(shown.field), *heads]
    lead = [False] if shown.field.is_grid else []
    return {
        "columns": heads,
        "numbers": lead + [cell.kind.is_number for cell in cells],
        "keys": [""] * len(lead) + [cell.key for cell in cells],
        "free_texts": lead + [cell.kind.is_free_text for cell in cells],
        "needs_release": lead + [_cell_needs_release(shown.field, cell) for cell in cells],
        "rows": rows,
    }


def _label(field: Field) -> Words:
    """What a sponsor reads above an answer: a heading, where the country was asked a question."""
    return {lang: field.told_as.say(lang) for lang in LANGUAGES}


def _cell(cell: Field, value: Any) -> Words:
    return {lang: cell.kind.show(value, cell, lang, locale_of(lang, None)) for lang in LANGUAGES}


def _words(shown: Shown) -> Words:
    return {lang: shown.text(lang, locale_of(lang, None)) for lang in LANGUAGES}
