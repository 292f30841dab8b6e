"""What would two neighbours see of a made-up case, before and after a rule? By the projection that all pages use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from app.cases.reservations.terms import Terms, selected, selector
from app.cases.reservations.words import label_of, other_label
from app.formats.answers import with_derived
from app.formats.countries import MEMBERS
from app.formats.in_part import RECEIVER, RESERVED_BY, SENDER
from app.formats.shown import NOT_PROVIDED, Shown
from app.formats.spec import Field, Format, Text
from app.formats.words import NOT_PROVIDED as UNANSWERED
from app.reserving.envelope import COUNT, RECIPIENT, SECRETARIAT, SPONSORS, Envelope, Reader
from app.reserving.projection import RESERVED_BY_RECEIVER, RESERVED_BY_SENDER, Projection, project
from app.reserving.rule import SECRETARIAT as ST
from app.reserving.rule import SPONSORS as FUNDERS
from app.reserving.rule import Direction, Effect, Of, Rule
from app.reserving.targets import targets
from app.web import locale
from app.web.sentences import gettext as _

MOST = 12
"""Pieces of data that the example shows."""
NEAR = ("GT", "HN", "SV", "NI", "CR", "PA", "MX", "BZ", "DO", "US", "CA")
_WORD = Text("texto inventado", "invented text")
_WORDS: Mapping[str, Text] = {
    "surname": Text("Apellido Inventado", "Invented Surname"),
    "given_names": Text("Nombre Inventado", "Invented Name"),
}
_BORN, _DETECTED = "1990-03-14", "2004-05-12"
_ABSENT = Text("no aparece", "not there")


@dataclass(frozen=True)
class Line:
    """One piece of data: what the case says, and what each neighbour sees now and with the rule."""

    label: str
    given: str
    seen: Sequence[tuple[str, str]]

    @property
    def is_changed(self) -> bool:
        return any(before != after for before, after in self.seen)


@dataclass(frozen=True)
class Example:
    """The whole of it; `viewers` are who sees, in the order of each line."""

    viewers: Sequence[str]
    lines: Sequence[Line]
    more: int


@dataclass(frozen=True)
class _Viewer:
    label: str
    sent: Envelope
    reader: Reader


def example(
    form: Format, terms: Terms, country: str, before: Iterable[Rule], after: Iterable[Rule],
    today: date,
) -> Example:  # fmt: skip
    """What the rules before and after show of the data that the rule names, and of what hangs on them."""
    case = made_up(form, locale.lang(), consents=terms.effect != Effect.CONSENT_ONLY)
    on = max(today, terms.valid_from or today)
    viewers = _viewers(form, terms, country, on)
    shown = [
        tuple(_texts(form, project(form, case, each.sent, each.reader, rules))
              for rules in (tuple(before), tuple(after)))
        for each in viewers
    ]  # fmt: skip
    given = _given(form, case)
    named = [target.place for target in selected(form, terms.data)]
    gone = _ABSENT.say(locale.lang())
    lines = [
        Line(label_of(target, form), given[place],
             [(old.get(place, gone), new.get(place, gone)) for old, new in shown])
        for place, target in targets(form).items() if place in given
        and (place in named or any(old.get(place) != new.get(place) for old, new in shown))
    ]  # fmt: skip
    lines.sort(key=lambda line: not line.is_changed)
    return Example([each.label for each in viewers], lines[:MOST], max(0, len(lines) - MOST))


def _viewers(form: Format, terms: Terms, country: str, on: date) -> list[_Viewer]:
    marks = [selector(each).value for each in terms.data if selector(each).of is Of.TLP]
    passes_on = terms.direction == Direction.ONWARD
    purpose = next(iter(terms.purposes), "PROTECTION")
    sent = Envelope(country, frozenset(MEMBERS), marks[0] if marks else "GREEN", purpose, on)
    reader = Reader(
        RECIPIENT, purpose=purpose, is_named=True, is_forwarded=passes_on,
        released=frozenset(targets(form)),
    )  # fmt: skip
    if terms.direction == Direction.AGGREGATE:
        return [_Viewer(_("Figures"), sent, Reader(COUNT, purpose=purpose))]
    if terms.direction == Direction.RECEIVE:
        own = replace(reader, country=country)
        return [
            _Viewer(_("sent by %(country)s", country=other_label(each)), replace(sent, sender=each), own)
            for each in _two(terms, country) if each in MEMBERS
        ]  # fmt: skip
    return [_Viewer(other_label(each), sent, _as(reader, each)) for each in _two(terms, country)]


def _as(reader: Reader, code: str) -> Reader:
    """The same reader as a country, the Secretariat or a sponsor."""
    if code in (ST, FUNDERS):
        return Reader(SECRETARIAT if code == ST else SPONSORS, purpose=reader.purpose)
    return replace(reader, country=code)


def _two(terms: Terms, country: str) -> list[str]:
    """One whom the rule concerns, and one whom it does not, if there is one."""
    near = [each for each in NEAR if each != country]
    concerned = [each for each in (*near, ST, FUNDERS) if each in terms.counterparts]
    others = [each for each in near if each not in terms.counterparts]
    return [*concerned, *others][:1] + [*others, *concerned[1:]][:1] if concerned else near[:2]


def _texts(form: Format, projection: Projection) -> dict[str, str]:
    """Place -> what stands there, in words; of a table its first row."""
    found: dict[str, str] = {}
    for section in projection.sections:
        for shown in section.fields:
            if not shown.field.is_rows:
                found[shown.field.key] = _text(shown.field, shown.state, shown.value)
                continue
            for cell in shown.cells:
                found[f"{shown.field.key}.{cell.key}"] = _cell_text(shown, cell)
    return found


def _cell_text(shown: Shown, cell: Field) -> str:
    if not shown.value:
        return _text(cell, shown.state, None)
    value = shown.value[0].get(cell.key)
    return _text(cell, shown.state if value is not None else NOT_PROVIDED, value)


def _text(field: Field, state: str, value: Any) -> str:
    lang = locale.lang()
    if state in (RESERVED_BY_SENDER, RESERVED_BY_RECEIVER):
        return RESERVED_BY[SENDER if state == RESERVED_BY_SENDER else RECEIVER].say(lang)
    if value is None:
        return UNANSWERED.say(lang)
    return field.kind.show(value, field, lang, locale.locale())


def _given(form: Format, case: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for place, target in targets(form).items():
        table, _dot, cell = place.partition(".")
        rows = case.get(table)
        value = rows[0].get(cell) if cell and rows else rows if not cell else None
        if value is not None:
            found[place] = _text(target.field, "", value)
    return found


@lru_cache(maxsize=8)
def made_up(form: Format, lang: str, *, consents: bool) -> Mapping[str, Any]:
    """A case under the format in which every question that can count has an answer, all of them invented."""
    wanted = _wanted(form)
    answers: dict[str, Any] = {}
    for field in form.fields:
        if field.is_rows:
            row = {
                cell.key: _value(cell, f"{field.key}.{cell.key}", wanted, lang)
                for cell in field.cells
            }
            answers[field.key] = [{"id": "r1", **row}]
        else:
            answers[field.key] = _value(field, field.key, wanted, lang)
    for row in answers.get("persons", ()):
        row["consent"] = "GIVEN" if consents else "REFUSED"
    return with_derived(form, answers)


def _wanted(form: Format) -> Mapping[str, Counter[str]]:
    """Place -> the codes by which other questions count, with how often."""
    found: dict[str, Counter[str]] = {}
    for section in form.sections:
        for each in (each for when in section.when for each in when.each):
            found.setdefault(each.field, Counter()).update(each.any_of)
        for field in section.fields:
            for cell in (field, *field.cells):
                for each in cell.when.each if cell.when else ():
                    place = each.field if cell is field else f"{field.key}.{each.field}"
                    found.setdefault(place, Counter()).update(each.any_of)
    return found


def _value(field: Field, place: str, wanted: Mapping[str, Counter[str]], lang: str) -> Any:
    codes = [code for code, _times in wanted.get(place, Counter()).most_common()]
    if not codes and field.codes:
        codes = [field.codes.codes[0].key]
    word = _WORDS.get(field.key, _WORD).say(lang)
    made: dict[str, Any] = {
        "text": word, "long_text": word, "texts": [word], "integer": 7, "decimal": "1500.00",
        "date": _DETECTED, "partial_date": _BORN if "birth" in field.key else _DETECTED,
        "country": "CU", "countries": ["CU"], "yes_no": "no" not in codes, "files": ["example"],
        "choice": codes[0] if codes else None, "choices": codes or None,
        "code_with_detail": {"code": codes[0], "detail": None} if codes else None,
    }  # fmt: skip
    return made.get(field.kind.name)
