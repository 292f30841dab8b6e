"""What does a format document say? YAML in, a Format out, every mistake named with line and field."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import yaml

from app.formats.code_lists import read_lists
from app.formats.consistency import judge
from app.formats.load_checks import read_check
from app.formats.load_conditions import read_conditions
from app.formats.load_fields import read_field
from app.formats.load_screens import read_screens
from app.formats.mistakes import FormatMistakes, Mistake
from app.formats.nodes import TWICE, Reader
from app.formats.spec import CodeList, Format, Section

__all__ = ["FormatMistakes", "Mistake", "load_format"]

_REQUIRED = ("format", "version", "title", "sections")
_OPTIONAL = ("title_field", "code_lists", "checks", "screens", "published")


def load_format(path_or_text: Path | str, *, name: str | None = None) -> Format:
    """The format of a document.

    Takes a path (a Path, or a str ending in .yaml, .yml or .json) or the document's text; `name` is what mistakes call
    a text. A text brings its code lists along, a file may have a `code_lists: {file: ...}` beside it.
    Raises FormatMistakes with all mistakes at once.
    """
    path = _path(path_or_text)
    reader = Reader(name or (path.name if path else "document"))
    root = reader.root_of_file(path) if path else reader.root(str(path_or_text))
    if root is None:
        raise FormatMistakes(reader.mistakes)
    form = _format(root, reader, path.parent if path else None)
    if not reader.mistakes:
        judge(form, reader)
    reader.stop_if_wrong()
    return form


def _path(path_or_text: Path | str) -> Path | None:
    if isinstance(path_or_text, Path):
        return path_or_text
    is_path = "\n" not in path_or_text and path_or_text.endswith((".yaml", ".yml", ".json"))
    return Path(path_or_text) if is_path else None


def _format(root: yaml.Node, reader: Reader, folder: Path | None) -> Format:
    found = reader.mapping(root, "", required=_REQUIRED, optional=_OPTIONAL)
    lists = read_lists(found["code_lists"], reader, folder) if "code_lists" in found else {}
    reader.places["title_field"] = found.get("title_field", root)
    reader.places["published"] = found.get("published", root)
    checks = reader.items(found["checks"], "checks") if "checks" in found else []
    sections = _sections(found["sections"], reader, lists) if "sections" in found else ()
    return Format(
        name=reader.key(found["format"], "format") if "format" in found else "",
        version=reader.whole(found["version"], "version") if "version" in found else 0,
        title=reader.words_or_blank(found.get("title"), "title"),
        sections=sections,
        title_field=reader.key(found["title_field"], "title_field")
        if "title_field" in found
        else "",
        code_lists=MappingProxyType(lists),
        checks=tuple(read_check(node, number, reader) for number, node in enumerate(checks, 1)),
        screens=read_screens(found["screens"], sections, reader) if "screens" in found else (),
        published=reader.text(found["published"], "published") if "published" in found else None,
    )


def _sections(node: yaml.Node, reader: Reader, lists: dict[str, CodeList]) -> tuple[Section, ...]:
    sections: dict[str, Section] = {}
    taken: set[str] = set()
    for item in reader.items(node, "sections"):
        section = _section(item, reader, lists, taken)
        if section.key in sections:
            reader.mistake(item, section.key, TWICE, key=section.key)
        sections[section.key] = section
    return tuple(sections.values())


def _section(
    node: yaml.Node, reader: Reader, lists: dict[str, CodeList], taken: set[str]
) -> Section:
    called = reader.called(node, "sections")
    found = reader.mapping(
        node, called, required=("key", "title", "fields"), optional=("help", "when")
    )
    key = reader.key(found["key"], "sections") if "key" in found else ""
    title = reader.words_or_blank(found.get("title"), key)
    fields = []
    for item in reader.items(found["fields"], key) if "fields" in found else ():
        field = read_field(item, key, reader, lists)
        if field is None:
            continue
        if field.key in taken:
            reader.mistake(item, field.key, TWICE, key=field.key)
        taken.add(field.key)
        fields.append(field)
    help_text = reader.words(found["help"], key) if "help" in found else None
    when = read_conditions(found["when"], key, reader) if "when" in found else ()
    reader.places[f"section {key}"] = node
    return Section(key, title, help_text, tuple(fields), when)
