"""Which fields and codes does the Human Trafficking Case Data Standard have, and which of them is meant?

The standard is a document beside this (standard.yaml). Its codes are kept as they are published, misspelt ones too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from app.formats.countries import country_names

_HERE = Path(__file__).parent
_ALIKE = 0.95
"""How alike two names are of which one is misspelt; no two names of the standard are so alike."""
NAME = re.compile(r"(org|prs|vic|per|cas|cco|hte|spl|con)_\w+", re.ASCII)
"""How the name of a field begins."""
_CHECKED = {"TRUE": "Yes", "FALSE": "No"}


def bare(text: str) -> str:
    """A text without what people write in more than one way: capitals, blanks, signs."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


@dataclass(frozen=True)
class Item:
    """A field of the standard. `codes` are what is stored, each with its label."""

    name: str
    label: str
    type: str
    core: bool
    deprecated: bool
    is_country: bool
    codes: Mapping[str, str] = field(hash=False)

    @property
    def is_multiple(self) -> bool:
        return self.type.startswith("Multiselect")

    @cached_property
    def _bare(self) -> Mapping[str, str]:
        """Every way in which a code is written -> the code."""
        labels = {bare(label): code for code, label in self.codes.items()}
        return labels | {bare(code): code for code in self.codes}

    def code_of(self, said: str) -> str | None:
        """The code that is meant: by a code or a label, in any spelling, or with its field's name before it."""
        prefix = bare(self.name.partition("_")[2])
        known = self._bare.get(bare(said)) or self._bare.get(bare(said).removeprefix(prefix))
        return known or (_country_of(said) if self.is_country else None)


@dataclass(frozen=True)
class Standard:
    """The standard."""

    version: str
    attribution: str
    items: tuple[Item, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Item]:
        return {item.name: item for item in self.items}

    @cached_property
    def _by_bare_name(self) -> Mapping[str, Item]:
        return {bare(item.name): item for item in self.items}

    @cached_property
    def _by_bare_label(self) -> Mapping[str, Item]:
        """Of labels that one field alone has."""
        how_many = Counter(bare(item.label) for item in self.items)
        return {bare(item.label): item for item in self.items if how_many[bare(item.label)] == 1}

    def named(self, name: str) -> Item | None:
        """The field that a name means: as it is, written otherwise, or with a letter wrong."""
        said = bare(name)
        if found := self._by_bare_name.get(said):
            return found
        near = get_close_matches(said, self._by_bare_name, n=1, cutoff=_ALIKE)
        return self._by_bare_name[near[0]] if near else None

    def labelled(self, label: str) -> Item | None:
        """The one field that has this label."""
        return self._by_bare_label.get(bare(label))

    def is_label(self, text: str) -> bool:
        """Whether any field has this label."""
        return bool(bare(text)) and bare(text) in self._labels

    @cached_property
    def _labels(self) -> frozenset[str]:
        return frozenset(bare(item.label) for item in self.items)


@lru_cache(maxsize=1)
def standard() -> Standard:
    """HTCDS 2.0."""
    read = _read("standard.yaml")
    return Standard(read["version"], read["attribution"], tuple(map(_item, read["fields"])))


def _item(said: Mapping[str, Any]) -> Item:
    codes, is_country = said.get("codes", {}), said.get("uses") == "countries"
    if is_country:
        codes = _read("countries.yaml")
    elif said.get("type") == "Checkbox":
        codes = _CHECKED
    return Item(said["name"], said["label"], said.get("type", ""), said.get("core", False),
                said.get("deprecated", False), is_country, codes)  # fmt: skip


@lru_cache(maxsize=2)
def _read(name: str) -> Any:
    return yaml.load((_HERE / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    """What a country may be called, in the two languages of Enlace too -> its code."""
    return {bare(name): code for code, name in _country_names()}


def _country_names() -> Iterator[tuple[str, str]]:
    for lang in ("es", "en"):
        yield from country_names(lang).items()


def _country_of(said: str) -> str | None:
    """The country that is called so by people."""
    return _countries().get(bare(said))
