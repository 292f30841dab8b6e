"""How are the answers to the five questions said? In the words of a lawyer, and never in those of the program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.cases.common_format.words import CLASS_WORDS
from app.cases.reservations.terms import OTHERS, PURPOSES, Terms, selector
from app.formats import in_part
from app.formats.countries import country_names
from app.formats.spec import Field, Format, Klass
from app.formats.words import N_
from app.reserving.masks import FITS
from app.reserving.rule import SECRETARIAT, SPONSORS, Direction, Effect, Of
from app.reserving.targets import CARRIAGE, Target
from app.reserving.tlp import MARKS
from app.web import locale
from app.web.sentences import gettext as _

WAYS: Mapping[str, str] = {
    Direction.SEND: N_("When my country sends"),
    Direction.RECEIVE: N_("When my country receives"),
    Direction.ONWARD: N_("When whoever received it from us passes it on"),
    Direction.AGGREGATE: N_("When figures are made of several cases"),
}
DEEDS: Mapping[str, str] = {
    Effect.DENY: N_("Not deliver it"),
    Effect.MASK: N_("Deliver only a part"),
    Effect.AFTER_APPROVAL: N_("Deliver it only once my country has authorised it, each time"),
    Effect.CONSENT_ONLY: N_("Deliver it only if the person consented"),
}
DONE: Mapping[str, str] = {
    Effect.ALLOW: N_("passes"),
    Effect.AFTER_APPROVAL: N_("after authorisation"),
    Effect.CONSENT_ONLY: N_("with consent"),
    Effect.MASK: N_("passes in part"),
    Effect.DENY: N_("does not pass"),
}
"""What becomes of a piece of data, in the table of all countries."""
PARTS: Mapping[str, str] = {
    in_part.YEAR: N_("Only the year, of a date"),
    in_part.AGE_BAND: N_("Only the age group, of a date of birth or an age"),
    in_part.REGION: N_("Only the region of the world, of a country"),
    in_part.INITIALS: N_("Only the initials, of a name"),
    in_part.COUNT_BAND: N_("Only a range, of a figure"),
}


def label_of(target: Target, form: Format) -> str:
    """What a place is called: "Personas: Alias"."""
    lang = locale.lang()
    said = target.field.told_as.say(lang)
    field = form.field(target.key)
    return f"{field.told_as.say(lang)}: {said}" if field.is_rows else said


def data_label(code: str, form: Format) -> str:
    """What a code of data is called; a code of an older format shows itself."""
    one, lang = selector(code), locale.lang()
    if one.of is Of.SECTION:
        title = next((each.title for each in form.sections if each.key == one.value), None)
        return _("the whole section %(section)s", section=title.say(lang) if title else one.value)
    if one.of is Of.CLASS:
        return class_label(one.value)
    if one.of is Of.TLP:
        return mark_label(one.value)
    table, _dot, cell = one.value.partition(".")
    if table not in form:
        return one.value
    field = form.field(table)
    known: Field | None = next((each for each in field.cells if each.key == cell), None)
    if not cell:
        return field.told_as.say(lang)
    return f"{field.told_as.say(lang)}: {known.told_as.say(lang) if known else cell}"


def class_label(klass: str) -> str:
    return _("all data of class “%(name)s”", name=_(CLASS_WORDS[Klass(klass)]))


def mark_label(mark: str) -> str:
    return _("everything marked %(mark)s", mark=f"TLP:{mark.replace('_', '+')}")


def other_label(code: str) -> str:
    """A country, or who beside countries may be named."""
    if code == SECRETARIAT:
        return _("Technical Secretariat")
    return _("sponsors") if code == SPONSORS else country_names(locale.lang()).get(code, code)


def purpose_label(code: str, form: Format) -> str:
    return form.code_lists["purpose"].label(code, locale.lang())


def listed(words: Iterable[str]) -> str:
    return "; ".join(words)


def with_whom(terms: Terms) -> str:
    """On which way, and with whom."""
    others = listed(map(other_label, terms.counterparts)) or _("everybody")
    return f"{_(WAYS[terms.direction])}: {others}" if terms.direction else others


def what_for(terms: Terms, form: Format) -> str:
    return listed(purpose_label(each, form) for each in terms.purposes) or _("any purpose")


def what_is_done(terms: Terms) -> str:
    """What Enlace does: "Deliver only a part: only the year, of a date"."""
    deed = _(DEEDS[terms.effect])
    return f"{deed}: {_(PARTS[terms.mask]).lower()}" if terms.mask else deed


def sections_of_data(form: Format) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(key of a section, its title, its data) for choosing, each with its class."""
    lang = locale.lang()
    found = []
    for section in form.sections:
        whole = [(f"{Of.SECTION}:{section.key}", _("The whole section"))]
        single = [choice for field in section.fields if field.key not in CARRIAGE
                  for choice in _choices(field, lang)]  # fmt: skip
        found.append((section.key, section.title.say(lang), [*whole, *single]))
    return found


def _choices(field: Field, lang: str) -> list[tuple[str, str]]:
    name = field.told_as.say(lang)
    if not field.is_rows:
        return [(f"{Of.KEY}:{field.key}", _classed(name, field))]
    whole = (f"{Of.KEY}:{field.key}", _("%(table)s: the whole table", table=name))
    cells = [
        (f"{Of.KEY}:{field.key}.{cell.key}", _classed(f"{name}: {cell.told_as.say(lang)}", cell))
        for cell in field.cells
    ]
    return [whole, *cells]


def _classed(name: str, field: Field) -> str:
    return f"{name} ({_(CLASS_WORDS[field.klass])})"


def wide_data() -> list[tuple[str, str]]:
    """Data named by class or by mark."""
    classes = [(f"{Of.CLASS}:{each.value}", class_label(each.value)) for each in Klass
               if each is not Klass.MEMBERS]  # fmt: skip
    return [*classes, *((f"{Of.TLP}:{mark}", mark_label(mark)) for mark in MARKS)]


def others_to_choose(own: str | None) -> list[tuple[str, str]]:
    return [(code, other_label(code)) for code in OTHERS if code != own]


def purposes_to_choose(form: Format) -> list[tuple[str, str]]:
    return [(code, purpose_label(code, form)) for code in PURPOSES]


def said(table: Mapping[str, str]) -> list[tuple[str, str]]:
    """(code, words) of one of the tables above."""
    return [(str(code), _(words)) for code, words in table.items()]


def parts_to_choose() -> list[tuple[str, str]]:
    return [(mask, words) for mask, words in said(PARTS) if mask in FITS]
