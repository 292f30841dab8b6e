"""What are the questions of a form called, and by those names, what was typed into a refused section?

The form is read by its document alone: whoever is no longer signed in cannot open the draft, and must
see the text all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from flask_babel import gettext as _

from app.formats.kinds import BadAnswer
from app.formats.spec import Field, Format, Section, UnknownField, UnknownSection
from app.web import locale
from app.web.typed_text import Form, Kept, Namer


def namer(format: Format) -> Namer:
    """Names what was posted for a section of this format."""

    def name(parts: Mapping[str, str], form: Form) -> tuple[list[Kept], set[str]]:
        try:
            section = _page(format, parts, form)
        except (UnknownSection, UnknownField):
            return [], set()
        kept, told = [], set()
        for label, asked, at in _places(section.fields, form):
            told.update(_names(asked, at))
            if words := said(lambda name: form.get(name, [""]), asked, at):
                kept.append((label, words))
        return kept, told

    return name


def _page(format: Format, parts: Mapping[str, str], form: Form) -> Section:
    """The section or screen that an address or a form names, or whose row it names. Raises what is not known."""
    named = parts.get("section") or "".join(form.get("_section", ()))
    table = parts.get("table") or named.partition(".")[0] * ("." in named)
    return format.section_of(table) if table else format.page(named)


def place_label(asked: Field, row: str = "", cell: Field | None = None) -> str:
    """What a question is called, or a cell with its table and its line: “Costs, Materials, Note”."""
    lang = locale.lang()
    said = (asked.label.say(lang), row, cell.label.say(lang) if cell else "")
    return ", ".join(part for part in said if part)


def row_label(asked: Field, row: str, number: int) -> str:
    """What a row of a table is called: its line, or its number."""
    line = asked.line(row)
    return line.label.say(locale.lang()) if line else _("row %(number)s", number=number)


def _places(fields: tuple[Field, ...], form: Form) -> Iterator[tuple[str, Field, str]]:
    for asked in fields:
        if not asked.is_rows:
            if asked.is_asked:
                yield place_label(asked), asked, asked.key
            continue
        for number, row in enumerate(_rows(asked, form), start=1):
            for cell in asked.cells:
                if cell.is_asked:
                    label = place_label(asked, row_label(asked, row, number), cell)
                    yield label, cell, f"{asked.key}.{row}.{cell.key}"


def _rows(asked: Field, form: Form) -> list[str]:
    """The rows of a table that were posted, in their order."""
    named = (name.split(".") for name in form if name.startswith(f"{asked.key}."))
    return list(dict.fromkeys(parts[1] for parts in named if len(parts) > 2))


def _names(asked: Field, at: str) -> list[str]:
    return [f"{at}.{part}" for part in asked.kind.parts] or [at]


def said(posted: Callable[[str], list[str]], asked: Field, at: str) -> str:
    """The answer posted under this name as it is read; what is no answer as it was typed."""
    raw = [value for name in _names(asked, at) for value in posted(name)]
    if not "".join(raw).strip():
        return ""
    lang, region = locale.lang(), locale.locale()
    try:
        value = asked.kind.load(raw, asked, region)
    except BadAnswer:
        return asked.kind.typed(raw, asked, lang)
    return asked.kind.show(value, asked, lang, region)
