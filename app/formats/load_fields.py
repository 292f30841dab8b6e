"""What does a document say about one field? Its kind, words, class, audience, codes and cells."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import yaml

from app.formats.code_lists import codes_of
from app.formats.kinds import KINDS, Kind
from app.formats.load_conditions import read_condition
from app.formats.nodes import TWICE, Reader
from app.formats.spec import AUDIENCES, CodeList, Field, Klass, Wording
from app.formats.words import N_

CELL_ID = N_("“id” is the row's own; call the cell something else.")
NEEDS_CODES = N_("A field of kind %(kind)s needs `codes`.")
TAKES_NO = N_("A field of kind %(kind)s takes no `%(key)s`.")
NEEDS_CELLS = N_("A field of kind rows needs `cells`.")
NESTED = N_("A cell cannot hold rows.")
ONLY_FIELDS = N_("A cell has no `%(key)s`.")

_REQUIRED = ("key", "kind", "label")
_OPTIONAL = (
    *("heading", "help", "required", "first", "class", "audience", "release", "when", "fact"),
    *("wordings", "codes", "cells", "lines", "options", "maps"),
)
Lists = dict[str, CodeList]
Nodes = dict[str, yaml.Node]


def read_field(node: yaml.Node, place: str, reader: Reader, lists: Lists) -> Field | None:
    """One field of a section; None, with its mistakes, when it has no usable key and kind."""
    return _read(node, place, reader, lists, above=None)


def _read(
    node: yaml.Node, place: str, reader: Reader, lists: Lists, above: Field | None
) -> Field | None:
    """A field, or with `above` a cell of it, which inherits its class and audience."""
    found = reader.mapping(node, reader.called(node, place), required=_REQUIRED, optional=_OPTIONAL)
    key = reader.key(found["key"], place) if "key" in found else ""
    at = f"{above.key}.{key}" if above else key
    kind_name = reader.one_of(found["kind"], at, KINDS) if "kind" in found else ""
    if not key or not kind_name:
        return None
    reader.places[at] = node
    kind = KINDS[kind_name]
    _refuse_what_does_not_belong(found, at, kind, reader, above)
    field = _field(found, key, at, kind, reader, lists, above)
    if "cells" in found and above is None:
        field = _with_cells(field, found["cells"], reader, lists)
    return field


def _field(
    found: Nodes, key: str, at: str, kind: Kind, reader: Reader, lists: Lists, above: Field | None
) -> Field:
    def flag(name: str) -> bool:
        return reader.flag(found[name], at) if name in found else False

    lines = codes_of(found["lines"], at, reader, lists) if "lines" in found else None
    return Field(
        key=key,
        kind=kind,
        label=reader.words_or_blank(found.get("label"), at),
        heading=reader.words(found["heading"], at) if "heading" in found else None,
        help=reader.words(found["help"], at) if "help" in found else None,
        required=flag("required"),
        first=flag("first"),
        klass=_class(found, at, reader, above),
        audience=_audience(found, at, reader, above),
        release=flag("release"),
        when=read_condition(found["when"], at, reader) if "when" in found else None,
        wordings=_wordings(found, at, reader),
        fact=reader.key(found["fact"], at) if "fact" in found else None,
        codes=codes_of(found["codes"], at, reader, lists) if "codes" in found else None,
        lines=lines.codes if lines else (),
        options=MappingProxyType(_options(found, at, kind, reader)),
        maps=_maps(found, at, reader),
    )


def _class(found: Nodes, at: str, reader: Reader, above: Field | None) -> Klass:
    if "class" in found:
        word = reader.one_of(found["class"], at, [each.value for each in Klass])
        return Klass(word) if word else Klass.SECRET
    return above.klass if above else Klass.MEMBERS


def _audience(found: Nodes, at: str, reader: Reader, above: Field | None) -> frozenset[str]:
    """Nobody beyond the owner and the secretariat, unless the document says so."""
    if "audience" not in found:
        return above.audience if above else frozenset()
    named = [reader.one_of(each, at, AUDIENCES) for each in reader.items(found["audience"], at)]
    return frozenset(named) - {""}


def _wordings(found: Nodes, at: str, reader: Reader) -> tuple[Wording, ...]:
    """What it is called instead, each under its condition."""
    nodes = reader.items(found["wordings"], at) if "wordings" in found else []
    read = (_wording(each, at, reader) for each in nodes)
    return tuple(each for each in read if each is not None)


def _wording(node: yaml.Node, at: str, reader: Reader) -> Wording | None:
    found = reader.mapping(node, at, required=("when", "label"), optional=("help",))
    when = read_condition(found["when"], at, reader) if "when" in found else None
    if when is None:
        return None
    help_text = reader.words(found["help"], at) if "help" in found else None
    return Wording(when, reader.words_or_blank(found.get("label"), at), help_text)


def _maps(found: Nodes, at: str, reader: Reader) -> tuple[str, ...]:
    nodes = reader.items(found["maps"], at) if "maps" in found else []
    return tuple(reader.text(each, at) for each in nodes)


def _options(found: Nodes, at: str, kind: Kind, reader: Reader) -> dict[str, Any]:
    if "options" not in found:
        return {}
    read: dict[Any, Any] = {int: reader.whole, bool: reader.flag, str: reader.text}
    nodes = reader.mapping(found["options"], at, optional=kind.allows)
    return {
        key: reader.one_of(node, at, takes)
        if isinstance(takes := kind.allows[key], frozenset)
        else read[takes](node, at)
        for key, node in nodes.items()
    }


def _with_cells(field: Field, node: yaml.Node, reader: Reader, lists: Lists) -> Field:
    cells: dict[str, Field] = {}
    for item in reader.items(node, field.key):
        cell = _read(item, field.key, reader, lists, above=field)
        if cell is None:
            continue
        if cell.key in cells:
            reader.mistake(item, f"{field.key}.{cell.key}", TWICE, key=cell.key)
        cells[cell.key] = cell
    return replace(field, cells=tuple(cells.values()))


def _refuse_what_does_not_belong(
    found: Nodes, at: str, kind: Kind, reader: Reader, above: Field | None
) -> None:
    if kind.takes_codes and "codes" not in found:
        reader.mistake_at(at, NEEDS_CODES, kind=kind.name)
    may_take_codes = kind.takes_codes or not kind.is_asked
    if not may_take_codes and "codes" in found:
        reader.mistake(found["codes"], at, TAKES_NO, kind=kind.name, key="codes")
    if above:
        _refuse_in_cell(found, at, kind, reader)
    elif kind.name == "rows" and "cells" not in found:
        reader.mistake_at(at, NEEDS_CELLS)
    for key in ("cells", "lines"):
        if key in found and kind.name != "rows":
            reader.mistake(found[key], at, TAKES_NO, kind=kind.name, key=key)
    if "required" in found and not kind.is_asked:
        reader.mistake(found["required"], at, TAKES_NO, kind=kind.name, key="required")


def _refuse_in_cell(found: Nodes, at: str, kind: Kind, reader: Reader) -> None:
    if found["key"].value == "id":
        reader.mistake(found["key"], at, CELL_ID)
    if kind.name == "rows":
        reader.mistake(found["kind"], at, NESTED)
    for key in ("first", "wordings"):
        if key in found:
            reader.mistake(found[key], at, ONLY_FIELDS, key=key)
