"""What does a document say about the rules between its answers?"""

from __future__ import annotations

from types import MappingProxyType

import yaml

from app.formats.checks import RULES
from app.formats.nodes import MISSING_KEY, UNKNOWN_KEY, Reader
from app.formats.spec import Check, Text
from app.formats.words import N_

FIELD_COUNT = N_("The rule %(rule)s takes %(fewest)s to %(most)s fields.")


def read_check(node: yaml.Node, number: int, reader: Reader) -> Check:
    """One rule of `checks:`; it is called "check 1", "check 2" … in mistakes."""
    at = f"check {number}"
    reader.places[at] = node
    found = reader.mapping(
        node, at, required=("rule", "fields", "messages"), optional=("rows", "soft")
    )
    rule = reader.one_of(found["rule"], at, RULES) if "rule" in found else ""
    fields = (
        [reader.text(each, at) for each in reader.items(found["fields"], at)]
        if "fields" in found
        else []
    )
    check = Check(
        rule=rule,
        fields=tuple(fields),
        messages=MappingProxyType(
            _messages(found["messages"], at, rule, reader) if "messages" in found else {}
        ),
        rows=reader.text(found["rows"], at) if "rows" in found else None,
        is_soft=reader.flag(found["soft"], at) if "soft" in found else False,
    )
    if rule and not RULES[rule].fewest <= len(fields) <= RULES[rule].most:
        of = RULES[rule]
        reader.mistake_at(at, FIELD_COUNT, rule=rule, fewest=of.fewest, most=of.most)
    return check


def _messages(node: yaml.Node, at: str, rule: str, reader: Reader) -> dict[str, Text]:
    """A sentence for each way the rule may be broken, and for no other."""
    pairs = reader.pairs(node, at)
    messages = {key: reader.words(value, at) for key, _, value in pairs}
    if rule:
        for key, key_node, _ in pairs:
            if key not in RULES[rule].problems:
                known = ", ".join(sorted(RULES[rule].problems))
                reader.mistake(key_node, at, UNKNOWN_KEY, key=key, known=known)
        for key in sorted(RULES[rule].problems - messages.keys()):
            reader.mistake(node, at, MISSING_KEY, key=key)
    return messages
