"""How is a reason put, in Spanish and in English at once?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from app.formats.countries import country_names
from app.formats.dates import say_date
from app.formats.spec import CodeList, Text
from app.matching.facts import Window

Labels = Mapping[str, CodeList]
"""The code lists by which the codes of needs and offers are called."""
LANGUAGES = ("es", "en")
_SOUNDS_AS_I = re.compile(r"[“\"]?h?[ií](?![aeo])", re.IGNORECASE)


def say(es: str, en: str, **values: Text | int) -> Text:
    """A sentence in both languages, with its values put in."""
    spoken = {
        lang: {name: value.say(lang) if isinstance(value, Text) else value
               for name, value in values.items()}
        for lang in LANGUAGES
    }  # fmt: skip
    return Text(es.format(**spoken["es"]), en.format(**spoken["en"]))


def after(first: Text, *others: Text) -> Text:
    """One sentence after another."""
    told = (first, *others)
    return Text(" ".join(text.es for text in told), " ".join(text.en for text in told))


def listed(texts: Iterable[Text]) -> Text:
    """ "a, b y c"; in Spanish "e" stands before the sound of an i: español e inglés."""
    told = tuple(texts)
    return Text(
        _joined([text.es for text in told], "y"), _joined([text.en for text in told], "and")
    )


def _joined(words: list[str], conjunction: str) -> str:
    if len(words) < 2:
        return "".join(words)
    if conjunction == "y" and _SOUNDS_AS_I.match(words[-1]):
        conjunction = "e"
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def called(labels: Labels, name: str, codes: Iterable[str]) -> Text:
    """The words of codes, each between quotation marks, in the order of their list."""
    return listed(quoted(labels, name, code) for code in in_order(labels, name, codes))


def in_order(labels: Labels, name: str, codes: Iterable[str]) -> list[str]:
    """Codes as their list has them; codes that it does not have come last."""
    known = {code.key: place for place, code in enumerate(labels[name].codes)}
    return sorted(codes, key=lambda code: (known.get(code, len(known)), code))


def quoted(labels: Labels, name: str, code: str) -> Text:
    return Text(*(f"“{labels[name].label(code, lang)}”" for lang in LANGUAGES))


def languages(labels: Labels, codes: Iterable[str]) -> Text:
    """Languages as they stand within a sentence: small in Spanish, no quotation marks."""
    names = [[labels["languages"].label(code, lang) for lang in LANGUAGES]
             for code in in_order(labels, "languages", codes)]  # fmt: skip
    return listed(Text(es[:1].lower() + es[1:], en) for es, en in names)


def countries(codes: Iterable[str]) -> Text:
    """Countries by name, in the order of their codes."""
    return listed(
        Text(*(country_names(lang).get(code, code) for lang in LANGUAGES)) for code in sorted(codes)
    )


@lru_cache(maxsize=512)
def day(value: date) -> Text:
    return Text(say_date(value, "es"), say_date(value, "en"))


def window(value: Window) -> Text:
    """ "del 2 de agosto de 2004 al 29 de octubre de 2004"."""
    first, last = value.first, value.last
    if first and last:
        return say(
            "del {first} al {last}", "from {first} to {last}", first=day(first), last=day(last)
        )
    if first:
        return say("desde el {first}", "from {first} on", first=day(first))
    if last:
        return say("hasta el {last}", "until {last}", last=day(last))
    return Text("en cualquier fecha", "at any time")


def count(number: int, one: Text, many: Text) -> Text:
    """ "1 día", "3 días"."""
    said = one if number == 1 else many
    return Text(f"{number} {said.es}", f"{number} {said.en}")


def days(number: int) -> Text:
    return count(number, Text("día", "day"), Text("días", "days"))


def people(number: int) -> Text:
    return count(number, Text("participante", "participant"), Text("participantes", "participants"))


def silent(what: Text, *, is_asked: bool) -> Text:
    """What a side does not say: that which is asked, or that which is offered."""
    if is_asked:
        return say("No consta {what} que se ofrece.", "Not stated: {what} offered.", what=what)
    return say("No consta {what} que se pide.", "Not stated: {what} asked for.", what=what)
