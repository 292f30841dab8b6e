"""Which answers are codes of a list? One choice, several, a choice with detail, yes or no, countries."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from app.formats.countries import NO_STATE, choices_of, named_in
from app.formats.kinds.base import BadAnswer, Kind, Value, one
from app.formats.kinds.calendar import DateKind
from app.formats.kinds.words import fit
from app.formats.words import N_, NO, YES

if TYPE_CHECKING:
    from app.formats.spec import Field

NOT_IN_LIST = N_("Choose one of the answers offered.")
CODE_MISSING = N_("Choose an answer from the list as well.")
YES_OR_NO = N_("Choose yes or no.")
NO_SUCH_COUNTRY = N_("Choose a country from the list.")
ONE_ALONE = N_(
    "One of these answers excludes the others, such as “none” or “not known”. Leave that one alone, or take it out."
)
TWO_PARTS = N_("This answer has a choice and a detail.")


FOLLOWING = MappingProxyType({"formula": str, "from": str})
"""An answer that follows from others (see derived.py) where none is given."""
_DAY = DateKind()


def _label(code: str, field: Field, lang: str) -> str:
    return field.codes.label(code, lang) if field.codes else code


class _Called(Kind):
    """A code, or what stands in the place of one."""

    def called(self, code: str, field: Field, lang: str) -> str:
        """What a reader sees of it."""
        return _label(code, field, lang)


class OneKind(_Called):
    """One code of a list, or id. Kept as str."""

    def dump(self, value: Value, field: Field, locale: str) -> list[str]:
        return [] if value is None else [value]

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        return "" if value is None else self.called(value, field, lang)

    def holds(self, value: Value) -> frozenset[str]:
        return frozenset() if value is None else frozenset({value})


class SeveralKind(_Called):
    """Several codes of a list, or ids. Kept as list[str], each once."""

    def dump(self, value: Value, field: Field, locale: str) -> list[str]:
        return list(value or [])

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        return "; ".join(self.called(each, field, lang) for each in value or [])

    def holds(self, value: Value) -> frozenset[str]:
        return frozenset(value or [])


class ChoiceKind(OneKind):
    """One code of a list."""

    name = "choice"
    takes_codes = True
    allows = FOLLOWING

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        code = one(raw)
        if code and (field.codes is None or code not in field.codes):
            raise BadAnswer(NOT_IN_LIST)
        return code or None


class ChoicesKind(SeveralKind):
    """Several codes of a list, in its order."""

    name = "choices"
    takes_codes = True

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        chosen = {code.strip() for code in raw} - {""}
        codes = field.codes.codes if field.codes else ()
        known = [code.key for code in codes if code.key in chosen]
        if len(known) < len(chosen):
            raise BadAnswer(NOT_IN_LIST)
        if len(known) > 1 and any(code.alone for code in codes if code.key in chosen):
            raise BadAnswer(ONE_ALONE)
        return known or None


class CodeWithDetailKind(Kind):
    """One code and, if wanted, words or a day beside it. Kept as {"code", "detail": str or None}."""

    name = "code_with_detail"
    parts = ("code", "detail")
    takes_codes = True
    is_free_text = True
    allows = MappingProxyType({"max": int, "detail": frozenset({"date"})})

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        if len(raw) > 2:
            raise BadAnswer(TWO_PARTS)
        code = raw[0].strip() if raw else ""
        detail = self._detail(raw[1], field, locale) if len(raw) == 2 else ""
        if not code and not detail:
            return None
        if not code:
            raise BadAnswer(CODE_MISSING)
        if field.codes is None or code not in field.codes:
            raise BadAnswer(NOT_IN_LIST)
        return {"code": code, "detail": detail or None}

    def dump(self, value: Value, field: Field, locale: str) -> list[str]:
        if value is None:
            return ["", ""]
        return [
            value["code"],
            *([""] if not value["detail"] else self._written(value, field, locale)),
        ]

    def _detail(self, text: str, field: Field, locale: str) -> str:
        if "detail" in field.options:
            return _DAY.load([text], field, locale) or ""
        return fit(text, longest=int(field.options.get("max", 300)))

    def _written(self, value: Value, field: Field, locale: str) -> list[str]:
        detail = value["detail"]
        return _DAY.dump(detail, field, locale) if "detail" in field.options else [detail]

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        if value is None:
            return ""
        label, detail = _label(value["code"], field, lang), value["detail"]
        if detail and "detail" in field.options:
            detail = _DAY.show(detail, field, lang, locale)
        return f"{label}: {detail}" if detail else label

    def holds(self, value: Value) -> frozenset[str]:
        return frozenset() if value is None else frozenset({value["code"]})


class YesNoKind(Kind):
    """Yes or no. Kept as bool; conditions name it "yes" and "no"."""

    name = "yes_no"
    allows = FOLLOWING

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        word = one(raw)
        if word not in ("", "yes", "no"):
            raise BadAnswer(YES_OR_NO)
        return word == "yes" if word else None

    def dump(self, value: Value, field: Field, locale: str) -> list[str]:
        return [] if value is None else ["yes" if value else "no"]

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        return "" if value is None else (YES if value else NO).say(lang)

    def holds(self, value: Value) -> frozenset[str]:
        return frozenset() if value is None else frozenset({"yes" if value else "no"})


class CountriesKind(Kind):
    """Several countries. Kept as list[str] of ISO alpha-2 codes in alphabetical order of codes."""

    name = "countries"
    allows = MappingProxyType({"of": str})

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        offered = choices_of(field.options.get("of", "all"), "en")
        chosen = {code.strip().upper() for code in raw} - {""}
        if not chosen <= offered.keys():
            raise BadAnswer(NO_SUCH_COUNTRY)
        if len(chosen) > 1 and not chosen.isdisjoint(NO_STATE):
            raise BadAnswer(ONE_ALONE)
        return sorted(chosen) or None

    def dump(self, value: Value, field: Field, locale: str) -> list[str]:
        return list(value or [])

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        names = named_in(field.options.get("of", "all"), lang)
        return "; ".join(names.get(code, code) for code in value or [])

    def holds(self, value: Value) -> frozenset[str]:
        return frozenset(value or [])


class CountryKind(CountriesKind):
    """One country. Kept as its ISO alpha-2 code."""

    name = "country"

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        chosen = super().load([one(raw)], field, locale)
        return chosen[0] if chosen else None

    def dump(self, value: Value, field: Field, locale: str) -> list[str]:
        return [] if value is None else [value]

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        names = named_in(field.options.get("of", "all"), lang)
        return "" if value is None else names.get(value, value)

    def holds(self, value: Value) -> frozenset[str]:
        return frozenset() if value is None else frozenset({value})
