"""Which code lists does a document use? Those written in it and those of the file beside it."""

from __future__ import annotations

from pathlib import Path

import yaml

from app.formats.nodes import CODE, TWICE, Reader
from app.formats.spec import Code, CodeList
from app.formats.words import N_

NO_FOLDER = N_("A document given as text has no file beside it; write its lists in it.")
NO_SUCH_FILE = N_("There is no file “%(name)s” beside the document.")
PLAIN_NAME = N_("Name a file beside the document, without folders.")
EMPTY_LIST = N_("A code list needs at least one code.")
NO_SUCH_LIST = N_("There is no code list “%(name)s”.")


def read_lists(node: yaml.Node, reader: Reader, folder: Path | None) -> dict[str, CodeList]:
    """Name -> list, of a document's `code_lists:`; `file:` names the file beside it."""
    lists: dict[str, CodeList] = {}
    for key, key_node, value in reader.pairs(node, "code_lists"):
        if key == "file":
            lists |= _lists_of_file(value, reader, folder)
            continue
        name = reader.key(key_node, "code_lists")
        if name in lists:
            reader.mistake(key_node, name, TWICE, key=name)
        lists[name] = read_list(name, value, reader)
    return lists


def _lists_of_file(node: yaml.Node, reader: Reader, folder: Path | None) -> dict[str, CodeList]:
    name = reader.text(node, "code_lists")
    if Path(name).name != name:
        reader.mistake(node, "code_lists", PLAIN_NAME)
        return {}
    if folder is None:
        reader.mistake(node, "code_lists", NO_FOLDER)
        return {}
    if not (folder / name).is_file():
        reader.mistake(node, "code_lists", NO_SUCH_FILE, name=name)
        return {}
    return _read_file(folder / name, reader)


def _read_file(path: Path, reader: Reader) -> dict[str, CodeList]:
    """The lists of a file; its mistakes carry its own name and lines."""
    beside = Reader(path.name)
    root = beside.root_of_file(path)
    lists = {}
    if root is not None:
        for key, key_node, value in beside.pairs(root, ""):
            lists[key] = read_list(beside.key(key_node, key) or key, value, beside)
    reader.mistakes += beside.mistakes
    return lists


def read_list(name: str, node: yaml.Node, reader: Reader) -> CodeList:
    """One list of codes, each with its words in both languages."""
    codes: dict[str, Code] = {}
    items = reader.items(node, name)
    for item in items:
        code = _code(item, name, reader)
        if code.key in codes:
            reader.mistake(item, name, TWICE, key=code.key)
        codes[code.key] = code
    if not items and isinstance(node, yaml.SequenceNode):
        reader.mistake(node, name, EMPTY_LIST)
    return CodeList(name, tuple(codes.values()))


def _code(node: yaml.Node, name: str, reader: Reader) -> Code:
    found = reader.mapping(node, name, required=("code", "label"), optional=("help", "alone"))
    key = reader.key(found["code"], name, CODE) if "code" in found else ""
    at = f"{name}.{key}"
    label = reader.words_or_blank(found.get("label"), at)
    help_text = reader.words(found["help"], at) if "help" in found else None
    return Code(
        key, label, help_text, reader.flag(found["alone"], at) if "alone" in found else False
    )


def codes_of(
    node: yaml.Node, field: str, reader: Reader, lists: dict[str, CodeList]
) -> CodeList | None:
    """The list a field names, or the one written at the field."""
    if isinstance(node, yaml.SequenceNode):
        return read_list(field, node, reader)
    name = reader.text(node, field)
    if name and name not in lists:
        reader.mistake(node, field, NO_SUCH_LIST, name=name)
    return lists.get(name)
