"""What does each place of a YAML document hold, and is it what belongs there?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from app.formats.compose import Unreadable, compose
from app.formats.mistakes import FormatMistakes, Mistake
from app.formats.spec import Text
from app.formats.words import N_

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,59}")
"""Also 50+ and the long codes of other standards."""

NOT_UTF8 = N_("This file is not UTF-8 text.")
MAPPING_EXPECTED = N_("Keys with values are expected here.")
LIST_EXPECTED = N_("A list is expected here.")
TEXT_EXPECTED = N_("A text is expected here, and it may not be blank.")
FLAG_EXPECTED = N_("Write true or false.")
WHOLE_EXPECTED = N_("Write a whole number.")
KEY_EXPECTED = N_(
    "“%(key)s” is no key: small letters, figures and _ only, beginning with a letter."
)
CODE_EXPECTED = N_("“%(key)s” is no code: letters, figures, “_”, “.”, “+” and “-” only.")
UNKNOWN_KEY = N_("“%(key)s” is not known here. Known: %(known)s.")
PERHAPS = N_("“%(key)s” is not known here. Perhaps “%(perhaps)s”?")
MISSING_KEY = N_("“%(key)s” is missing.")
TWICE = N_("“%(key)s” is there twice.")
NOT_ONE_OF = N_("“%(value)s” is not one of: %(known)s.")


class Reader:
    """Reads nodes of one file and remembers every mistake instead of stopping at the first."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.mistakes: list[Mistake] = []
        self.places: dict[str, yaml.Node] = {}
        """Where each field, section or check was written, for mistakes found later."""

    def root(self, text: str) -> yaml.Node | None:
        """The document's node; None, with its mistake, when the text is no usable YAML."""
        try:
            return compose(text)
        except Unreadable as why:
            self.mistakes.append(Mistake(self.file, why.line, "", why.message_id, why.params))
            return None

    def root_of_file(self, path: Path) -> yaml.Node | None:
        """The node of a file's document; None, with its mistake, when it is no UTF-8 YAML."""
        try:
            return self.root(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            self.mistakes.append(Mistake(self.file, 1, "", NOT_UTF8))
            return None

    def mistake(self, node: yaml.Node | None, field: str, message_id: str, **params: Any) -> None:
        """Remember a mistake at the line of the node."""
        line = node.start_mark.line + 1 if node is not None else 1
        self.mistakes.append(Mistake(self.file, line, field, message_id, params))

    def mistake_at(self, place: str, message_id: str, **params: Any) -> None:
        """Remember a mistake at a field or check read earlier."""
        self.mistake(self.places.get(place), place, message_id, **params)

    def called(self, node: yaml.Node, otherwise: str) -> str:
        """What to call a section or field in mistakes before it is known to be sound: its key."""
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            if key.value == "key" and isinstance(value, yaml.ScalarNode) and value.value:
                return str(value.value)
        return otherwise

    def stop_if_wrong(self) -> None:
        """Raise FormatMistakes with all that was remembered, if anything was."""
        if self.mistakes:
            raise FormatMistakes(self.mistakes)

    def mapping(
        self,
        node: yaml.Node,
        field: str,
        *,
        required: Iterable[str] = (),
        optional: Iterable[str] = (),
    ) -> dict[str, yaml.Node]:
        """The known keys of a mapping; unknown, repeated and missing ones are mistakes."""
        known = [*required, *optional]
        found = {}
        for key, key_node, value in self.pairs(node, field):
            if key in known:
                found[key] = value
            elif close := get_close_matches(key, known, n=1):
                self.mistake(key_node, field, PERHAPS, key=key, perhaps=close[0])
            else:
                self.mistake(key_node, field, UNKNOWN_KEY, key=key, known=", ".join(sorted(known)))
        if isinstance(node, yaml.MappingNode):
            for key in required:
                if key not in found:
                    self.mistake(node, field, MISSING_KEY, key=key)
        return found

    def pairs(self, node: yaml.Node, field: str) -> list[tuple[str, yaml.Node, yaml.Node]]:
        """(key, its node, value) of a mapping whose keys are free; repeated keys are mistakes."""
        if not isinstance(node, yaml.MappingNode):
            self.mistake(node, field, MAPPING_EXPECTED)
            return []
        found: dict[str, tuple[str, yaml.Node, yaml.Node]] = {}
        for key_node, value in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            if key in found:
                self.mistake(key_node, field, TWICE, key=key)
            else:
                found[key] = (key, key_node, value)
        return list(found.values())

    def items(self, node: yaml.Node, field: str) -> list[yaml.Node]:
        """The items of a list."""
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self.mistake(node, field, LIST_EXPECTED)
        return []

    def text(self, node: yaml.Node, field: str) -> str:
        """A text that is not blank, its line breaks folded."""
        if isinstance(node, yaml.ScalarNode) and node.value.strip():
            return " ".join(node.value.split())
        self.mistake(node, field, TEXT_EXPECTED)
        return ""

    def words(self, node: yaml.Node, field: str) -> Text:
        """A text in both languages."""
        found = self.mapping(node, field, required=("es", "en"))
        return Text(
            **{
                lang: self.text(found[lang], field) if lang in found else ""
                for lang in ("es", "en")
            }
        )

    def words_or_blank(self, node: yaml.Node | None, field: str) -> Text:
        """The words of a key whose absence, if it is absent, was named already."""
        return self.words(node, field) if node is not None else Text("", "")

    def flag(self, node: yaml.Node, field: str) -> bool:
        """true or false."""
        if isinstance(node, yaml.ScalarNode) and node.value in ("true", "false"):
            return node.value == "true"
        self.mistake(node, field, FLAG_EXPECTED)
        return False

    def whole(self, node: yaml.Node, field: str) -> int:
        """A whole number."""
        if isinstance(node, yaml.ScalarNode) and re.fullmatch(r"-?[0-9]{1,12}", node.value):
            return int(node.value)
        self.mistake(node, field, WHOLE_EXPECTED)
        return 0

    def key(self, node: yaml.Node, field: str, pattern: re.Pattern[str] = KEY) -> str:
        """A key of a field, section or list, or with `pattern=CODE` a code."""
        if isinstance(node, yaml.ScalarNode) and pattern.fullmatch(node.value):
            return node.value
        message = KEY_EXPECTED if pattern is KEY else CODE_EXPECTED
        self.mistake(node, field, message, key=node.value if isinstance(node.value, str) else "?")
        return ""

    def one_of(self, node: yaml.Node, field: str, known: Iterable[str]) -> str:
        """One of a closed set of words."""
        options = sorted(known)
        if isinstance(node, yaml.ScalarNode) and node.value in options:
            return node.value
        value = node.value if isinstance(node.value, str) else "?"
        self.mistake(node, field, NOT_ONE_OF, value=value, known=", ".join(options))
        return ""
