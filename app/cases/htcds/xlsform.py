"""Does a survey form (XLSForm, as KoboToolbox and ODK read it) ask what the standard says?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from app.cases.htcds.codes import read_code, read_label
from app.cases.htcds.findings import (
    CODE_MISSING,
    CORE_MISSING,
    LIST_CUT,
    LIST_MISSING,
    MANY_FOR_ONE,
    NOT_REQUIRED,
    ONE_FOR_MANY,
    OTHER_LABEL,
    OTHER_TYPE,
    RENAMED,
    TWICE,
    UNKNOWN_FIELD,
    UNKNOWN_LIST,
    WRONG_LABEL,
    At,
    Finding,
    tidy,
)
from app.cases.htcds.opening import Page
from app.cases.htcds.standard import Item, standard

SURVEY, CHOICES = "survey", "choices"
_TYPES = {
    "Text": {"text"}, "Long Text": {"text"}, "Date": {"date"}, "Number": {"integer", "decimal"},
    "Geolocation": {"geopoint", "decimal", "text"}, "Checkbox": {"select_one", "acknowledge"},
    "Picklist": {"select_one"}, "Multiselect Picklist": {"select_multiple"},
    "Picklist or Text": {"select_one", "text"},
}  # fmt: skip
"""Types of the standard -> types of a form that ask for the same. Whatever is looked up may be typed."""
_SELECTS = {"select_one", "select_multiple"}
_NO = frozenset({"", "false", "no"})


def is_form(pages: Sequence[Page]) -> bool:
    """Whether the sheets are those of a survey form."""
    return {SURVEY, CHOICES} <= {page.name.strip().casefold() for page in pages}


def judge(pages: Sequence[Page]) -> list[Finding]:
    """Every mismatch between the form and the standard."""
    by_name = {page.name.strip().casefold(): page for page in pages}
    choices = _Choices(by_name[CHOICES])
    survey = _Survey(by_name[SURVEY], choices)
    return [*survey.judge(), *choices.judge(survey.asked)]


def _headings(page: Page) -> tuple[dict[str, int], list[tuple[int, dict[int, str]]]]:
    lines = list(page.texts())
    first = lines[0][1] if lines else {}
    return {tidy(text).casefold(): at for at, text in first.items()}, lines[1:]


class _Survey:
    """Reads the questions of a form."""

    def __init__(self, page: Page, choices: _Choices) -> None:
        self._sheet, self._choices = page.name, choices
        self._columns, self._lines = _headings(page)
        self.asked: dict[str, Item] = {}
        """Name of a list -> the field that is answered out of it."""
        self._seen: set[str] = set()

    def judge(self) -> Iterator[Finding]:
        """Every mismatch, row by row, and what is not asked."""
        for row, cells in self._lines:
            yield from self._row(row, {key: cells.get(at, "") for key, at in self._columns.items()})
        for item in standard().items:
            if item.core and not item.deprecated and item.name not in self._seen:
                yield At(self._sheet, 1).finding(CORE_MISSING, item.name)

    def _at(self, row: int, key: str) -> At:
        return At(self._sheet, row, self._columns.get(key, 0))

    def _row(self, row: int, said: dict[str, str]) -> Iterator[Finding]:
        name, label = tidy(said.get("name", "")), tidy(said.get("label", ""))
        item = standard().named(name)
        if item is None:
            if name:
                yield self._at(row, "name").finding(UNKNOWN_FIELD, found=name)
            return
        if item.name in self._seen:
            yield self._at(row, "name").finding(TWICE, found=name)
        self._seen.add(item.name)
        if name != item.name:
            yield self._at(row, "name").finding(RENAMED, item.name, name)
        if label != item.label:
            what = WRONG_LABEL if standard().is_label(label) else OTHER_LABEL
            yield self._at(row, "label").finding(what, item.label, label)
        yield from self._type(row, item, tidy(said.get("type", "")))
        if item.core and tidy(said.get("required", "")).casefold() in _NO:
            yield self._at(row, "required").finding(NOT_REQUIRED, "true", said.get("required", ""))

    def _type(self, row: int, item: Item, said: str) -> Iterator[Finding]:
        kind, _blank, name = said.partition(" ")
        at = self._at(row, "type")
        allowed = _TYPES.get(item.type, {"text"})
        if kind in _SELECTS and allowed & _SELECTS and kind not in allowed:
            what = ONE_FOR_MANY if item.is_multiple else MANY_FOR_ONE
            yield at.finding(what, " / ".join(sorted(allowed)), kind)
        elif kind not in allowed:
            yield at.finding(OTHER_TYPE, " / ".join(sorted(allowed)), kind)
        if kind in _SELECTS:
            yield from self._list(item, tidy(name), at)

    def _list(self, item: Item, name: str, at: At) -> Iterator[Finding]:
        if name in self._choices.lists:
            self.asked[name] = item
            return
        meant = _uncut(name, [*self._choices.lists])
        if meant:
            self.asked[meant] = item
            yield at.finding(LIST_CUT, meant, name)
        else:
            yield at.finding(LIST_MISSING, found=name)


def _uncut(name: str, lists: Sequence[str]) -> str:
    """The one list whose name this is, cut short or with a letter wrong; "" where there is none."""
    longer = [each for each in lists if name and each.startswith(name)]
    near = get_close_matches(name, lists, n=1, cutoff=0.9)
    return longer[0] if len(longer) == 1 else near[0] if near else ""


class _Choices:
    """Reads the lists out of which questions are answered."""

    def __init__(self, page: Page) -> None:
        self._sheet = page.name
        self._columns, lines = _headings(page)
        self.lists: dict[str, list[tuple[int, dict[str, str]]]] = {}
        for row, cells in lines:
            said = {key: cells.get(at, "") for key, at in self._columns.items()}
            self.lists.setdefault(tidy(said.get("list_name", "")), []).append((row, said))

    def _at(self, row: int, key: str) -> At:
        return At(self._sheet, row, self._columns.get(key, 0))

    def judge(self, asked: Mapping[str, Item]) -> Iterator[Finding]:
        """Every mismatch between a list and the codes of the field that is answered out of it."""
        for name, rows in self.lists.items():
            item = asked.get(name)
            if item is None:
                yield self._at(rows[0][0], "list_name").finding(UNKNOWN_LIST, found=name)
            elif item.codes:
                yield from self._list(item, rows)

    def _list(self, item: Item, rows: Sequence[tuple[int, dict[str, str]]]) -> Iterator[Finding]:
        there = set()
        for row, said in rows:
            code, found = read_code(item, said.get("name", ""), self._at(row, "name"))
            yield from found
            if code is not None:
                there.add(code)
                yield from read_label(
                    item.codes[code], said.get("label", ""), self._at(row, "label")
                )
        for code in item.codes:
            if code not in there:
                yield self._at(rows[0][0], "name").finding(CODE_MISSING, code)
