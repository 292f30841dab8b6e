"""Which few questions does a document put on one page, for whoever must be quick?"""

from __future__ import annotations

import yaml

from app.formats.load_conditions import read_conditions
from app.formats.nodes import TWICE, Reader
from app.formats.spec import Field, Section
from app.formats.words import N_

MOST = 14
NO_SUCH_QUESTION = N_("There is no question “%(name)s”, or it is a table or not asked.")
TOO_MANY = N_("A screen has at most %(most)s questions.")


def read_screens(
    node: yaml.Node, sections: tuple[Section, ...], reader: Reader
) -> tuple[Section, ...]:
    """The screens of a document. Their fields are questions of its sections."""
    asked = {f.key: f for each in sections for f in each.fields if f.is_asked and not f.is_rows}
    taken = {each.key for each in sections}
    screens = []
    for item in reader.items(node, "screens"):
        screen = _screen(item, asked, reader)
        if screen.key in taken:
            reader.mistake(item, screen.key, TWICE, key=screen.key)
        taken.add(screen.key)
        screens.append(screen)
    return tuple(screens)


def _screen(node: yaml.Node, asked: dict[str, Field], reader: Reader) -> Section:
    called = reader.called(node, "screens")
    found = reader.mapping(
        node, called, required=("key", "title", "fields"), optional=("help", "when")
    )
    nodes = reader.items(found["fields"], called) if "fields" in found else []
    fields: dict[str, Field] = {}
    for each in nodes:
        key = reader.text(each, called)
        if key in fields:
            reader.mistake(each, called, TWICE, key=key)
        elif key in asked:
            fields[key] = asked[key]
        elif key:
            reader.mistake(each, called, NO_SUCH_QUESTION, name=key)
    if len(nodes) > MOST:
        reader.mistake(node, called, TOO_MANY, most=MOST)
    key = reader.key(found["key"], "screens") if "key" in found else ""
    reader.places[f"section {key}"] = node
    return Section(
        key,
        reader.words_or_blank(found.get("title"), called),
        reader.words(found["help"], called) if "help" in found else None,
        tuple(fields.values()),
        read_conditions(found["when"], called, reader) if "when" in found else (),
    )
