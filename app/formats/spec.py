"""What is a format made of? Frozen records of sections, fields, code lists and checks, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.formats.fingerprint import fingerprint

if TYPE_CHECKING:
    from app.formats.kinds.base import Kind

AUDIENCES = frozenset({"members", "sponsors"})
"""Who beyond the owner and the Technical Secretariat a field may ever be shown to."""


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


class UnknownField(KeyError):
    """The format has no field (or the rows field no cell) of that key."""


class UnknownSection(KeyError):
    """The format has no section of that key."""


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in the two languages of Enlace."""

    es: str
    en: str

    def say(self, lang: str) -> str:
        """The sentence in `lang`; whatever is not Spanish gets the English one."""
        return self.es if lang.startswith("es") else self.en


class Klass(StrEnum):
    """How sensitive an answer is. A form with personal or secret answers is stored sealed as a whole."""

    PUBLIC = "public"
    MEMBERS = "members"
    RESTRICTED = "restricted"
    PERSONAL = "personal"
    SECRET = "secret"  # noqa: S105, a class of answers and no password

    @property
    def is_sealed(self) -> bool:
        """Whether an answer stays where it was written and is opened on purpose alone: it is in no
        browser's storage, no spreadsheet, and no copy of its record."""
        return self in (Klass.PERSONAL, Klass.SECRET)


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code list."""

    key: str
    label: Text
    help: Text | None = None
    alone: bool = False
    """Whether it excludes every other, as “none” and “not known” do where several may be chosen."""


@dataclass(frozen=True)
class CodeList:
    """A closed list of codes, in the order people should read them."""

    key: str
    codes: tuple[Code, ...]

    @cached_property
    def _by_key(self) -> Mapping[str, Code]:
        return {code.key: code for code in self.codes}

    def get(self, code: object) -> Code | None:
        """The entry, or None when the list has no such code."""
        return self._by_key.get(code) if isinstance(code, str) else None

    def label(self, code: str, lang: str) -> str:
        """The words for a code; an unknown code shows itself, so that nothing stored disappears."""
        known = self.get(code)
        return known.label.say(lang) if known else str(code)

    def __contains__(self, code: object) -> bool:
        return self.get(code) is not None


@dataclass(frozen=True, slots=True)
class Condition:
    """Something counts only when a field holds one of these ("yes"/"no" for yes_no), or else where
    one of `either` is met. `field` may be "persons.is_minor": the cell of any row of a table."""

    field: str
    any_of: tuple[str, ...]
    either: tuple[Condition, ...] = ()

    @property
    def each(self) -> tuple[Condition, ...]:
        """The conditions of which one is enough."""
        return (self, *self.either)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a question is called instead where a condition is met, such as what a reply says."""

    when: Condition
    label: Text
    help: Text | None = None


@dataclass(frozen=True)
class Field:
    """One question of a form, or one cell of a rows question.

    `audience` is who beyond the owner and the secretariat may be shown the answer; `release`
    says that a sponsor sees it only where the country released it at certification.
    """

    key: str
    kind: Kind
    label: Text
    heading: Text | None = None
    help: Text | None = None
    required: bool = False
    first: bool = False
    klass: Klass = Klass.MEMBERS
    audience: frozenset[str] = frozenset()
    release: bool = False
    when: Condition | None = None
    wordings: tuple[Wording, ...] = ()
    fact: str | None = None
    codes: CodeList | None = None
    cells: tuple[Field, ...] = ()
    lines: tuple[Code, ...] = ()
    options: Mapping[str, Any] = field(default_factory=_nothing)
    maps: tuple[str, ...] = ()
    """Columns of other standards that say the same; "~" at the end: nearly the same."""

    def __hash__(self) -> int:
        """Cheap, since fields key caches."""
        return hash((self.key, self.kind.name))

    @property
    def told_as(self) -> Text:
        """What the answer is called for somebody who reads it and was not asked."""
        return self.heading or self.label

    @property
    def is_rows(self) -> bool:
        """Whether the answer is a table of rows with cells of their own."""
        return self.kind.name == "rows"

    @property
    def is_grid(self) -> bool:
        """Whether the rows are fixed lines, whose row ids are the keys of the lines."""
        return bool(self.lines)

    @property
    def has_pages(self) -> bool:
        """Whether each row of it has a page of its own."""
        return self.options.get("item") == "page"

    @property
    def is_asked(self) -> bool:
        """Whether a person answers it (derived and automatic fields are never typed)."""
        return self.kind.is_asked

    @property
    def sequence(self) -> str | None:
        """The letter before the number that Enlace gives each row for good, such as the P of P2; or None."""
        return self.options.get("sequence")

    def cell(self, key: str) -> Field:
        """The cell of that key; raises UnknownField."""
        for cell in self.cells:
            if cell.key == key:
                return cell
        raise UnknownField(f"{self.key}.{key}")

    def line(self, key: str) -> Code | None:
        """The fixed line of that key, or None."""
        return next((line for line in self.lines if line.key == key), None)


@dataclass(frozen=True, slots=True)
class Section:
    """A page of a form. It counts only where each condition of `when` is met."""

    key: str
    title: Text
    help: Text | None
    fields: tuple[Field, ...]
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Check:
    """A rule between fields, or between the cells of each row of `rows`.

    `messages` has a sentence for each way in which the rule (see checks.RULES) may be broken. What a
    soft one says stops nothing. How `fields` may reach further: see paths.py.
    """

    rule: str
    fields: tuple[str, ...]
    messages: Mapping[str, Text] = field(hash=False)
    rows: str | None = None
    is_soft: bool = False


@dataclass(frozen=True)
class Format:
    """One version of a form. `published` is the fingerprint it was published with, if it was."""

    name: str
    version: int
    title: Text
    sections: tuple[Section, ...]
    title_field: str = ""
    """The text by which a record is called in lists; "" where its reference alone calls it."""
    code_lists: Mapping[str, CodeList] = field(default_factory=_nothing)
    checks: tuple[Check, ...] = ()
    screens: tuple[Section, ...] = ()
    """Few questions of several sections on one page, for whoever must be quick."""
    published: str | None = None

    def __hash__(self) -> int:
        """Cheap, since formats key caches."""
        return hash((self.name, self.version))

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every field, in the order of the document."""
        return tuple(each for section in self.sections for each in section.fields)

    @cached_property
    def is_sensitive(self) -> bool:
        """Whether any answer is personal or secret, so that no browser may keep a trace of it."""
        return bool(self.sealed)

    @cached_property
    def sealed(self) -> Mapping[str, Klass]:
        """Key of a field, or `field.cell` -> its class, for all that is opened on purpose alone."""
        return {key: klass for key, klass in self._classes.items() if klass.is_sealed}

    @cached_property
    def stored_sealed(self) -> Mapping[str, Klass]:
        """As `sealed`, for all that is stored sealed: every answer of a form with sensitive ones.

        What was certified or recorded is written once: only a destroyed key makes a record forget it.
        """
        return self._classes if self.is_sensitive else {}

    @cached_property
    def kept_title(self) -> str:
        """The field whose answer lists keep apart; "" also where it may lie nowhere in plain."""
        return "" if self.is_sensitive else self.title_field

    @cached_property
    def _classes(self) -> Mapping[str, Klass]:
        cells = {f"{each.key}.{c.key}": c.klass for each in self.fields for c in each.cells}
        plain = {each.key: each.klass for each in self.fields if not each.is_rows}
        return plain | cells

    @cached_property
    def _by_key(self) -> Mapping[str, tuple[Section, Field]]:
        return {each.key: (section, each) for section in self.sections for each in section.fields}

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def field(self, key: str) -> Field:
        """The field of that key; raises UnknownField."""
        try:
            return self._by_key[key][1]
        except KeyError:
            raise UnknownField(key) from None

    def section_of(self, field_key: str) -> Section:
        """The section that holds the field; raises UnknownField."""
        try:
            return self._by_key[field_key][0]
        except KeyError:
            raise UnknownField(field_key) from None

    def section(self, key: str) -> Section:
        """The section of that key; raises UnknownSection."""
        return _of_key(self.sections, key)

    def page(self, key: str) -> Section:
        """The section, or else the screen, of that key; raises UnknownSection."""
        return _of_key((*self.sections, *self.screens), key)

    @cached_property
    def facts(self) -> Mapping[str, Field]:
        """Name of a fact for reports -> the field that fills it (cells keep their own `.fact`)."""
        return {each.fact: each for each in self.fields if each.fact}

    @cached_property
    def hash(self) -> str:
        """sha256 hex of what the form means: not of its labels and help, which may be reworded."""
        return fingerprint(self)


def _of_key(sections: tuple[Section, ...], key: str) -> Section:
    for section in sections:
        if section.key == key:
            return section
    raise UnknownSection(key)
