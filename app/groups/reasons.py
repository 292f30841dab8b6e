"""Why do these needs belong together, in what do they differ, and what keeps another one out? In words.

Every sentence is made in both languages from the values themselves, and kept in both.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from app.documents.shown import Shown
from app.formats.countries import country_names
from app.formats.dates import say_date
from app.formats.spec import CodeList, Format, Text
from app.groups.similar import Comparable, Criterion, Near, Shared, misfits
from app.needs.counting import NOT_STATED
from app.policy.actor import locale_of

Sentence = Callable[[str], str]
"""A sentence in the language it is asked in."""
NOBODY = "—"
OWN_COURSE = Text(
    "Su país prefiere un curso propio, sin otros países.",
    "Its country prefers a course of its own, without other countries.",
)


def both(say: Sentence) -> Text:
    """A sentence in both languages."""
    return Text(say("es"), say("en"))


class Words:
    """The words of a form's codes, by which reasons are told."""

    def __init__(self, format: Format) -> None:
        self._lists: Mapping[str, CodeList | None] = MappingProxyType({
            name: format.facts[name].codes if name in format.facts else None
            for name in ("theme", "language", "level", "modality")
        } | {"profile": _profiles(format)})  # fmt: skip

    def level_place(self, code: str | None) -> int | None:
        """The place of a level among the others; None where it was not said."""
        listed = self._lists["level"]
        keys = [entry.key for entry in listed.codes] if listed else []
        return keys.index(code) if code in keys else None

    def place(self, name: str, code: str) -> tuple[int, str]:
        """Where a code stands in its list."""
        listed = self._lists[name]
        keys = [entry.key for entry in listed.codes] if listed else []
        return (keys.index(code) if code in keys else len(keys), code)

    def label(self, name: str, code: str) -> Text:
        """The words for a code; one that nobody knows any more shows itself."""
        listed = self._lists[name]
        entry = listed.get(code) if listed else None
        return entry.label if entry else Text(code, code)

    def level(self, place: int | None, lang: str) -> str:
        listed = self._lists["level"]
        return listed.codes[place].label.say(lang) if listed and place is not None else NOBODY

    def list(self, name: str, codes: Collection[str], lang: str) -> str:
        """The words for codes, in the order of their list."""
        found = sorted(codes, key=lambda code: self.place(name, code))
        return "; ".join(self.label(name, code).say(lang) for code in found) or NOBODY


def _profiles(format: Format) -> CodeList | None:
    rows = format.facts.get("audience")
    cells = rows.cells if rows is not None else ()
    return next((cell.codes for cell in cells if cell.fact == "profile"), None)


def reasons(shared: Shared, needs: Sequence[Comparable], words: Words) -> tuple[Text, ...]:
    """What holds for all of these needs together."""
    return tuple(both(say) for say in _reasons(shared, needs, words))


def _reasons(shared: Shared, needs: Sequence[Comparable], words: Words) -> Iterator[Sentence]:
    broken = shared.broken
    if shared.themes:
        yield lambda lang: (
            ("Contenido temático en común: " if lang == "es" else "Thematic content in common: ")
            + words.list("theme", shared.themes, lang) + "."
        )  # fmt: skip
    if "level" not in broken and shared.lowest is not None:
        yield lambda lang: _level(shared, words, lang) + _silent(needs, lambda n: n.level, lang)
    if shared.profiles:
        yield lambda lang: (
            ("Perfil en común: " if lang == "es" else "Profile in common: ")
            + words.list("profile", shared.profiles, lang) + "."
        )  # fmt: skip
    if shared.languages:
        yield lambda lang: (
            ("Idioma en común: " if lang == "es" else "Language in common: ")
            + words.list("language", shared.languages, lang) + "."
            + _silent(needs, lambda n: n.languages, lang)
        )  # fmt: skip
    if "window" not in broken and (shared.window_from or shared.window_to):
        yield lambda lang: (
            ("Fechas en común: " if lang == "es" else "Dates in common: ")
            + window(shared.window_from, shared.window_to, lang) + "."
            + _silent(needs, lambda n: n.window_from or n.window_to, lang)
        )  # fmt: skip
    said = {need.joint for need in needs}
    if "countries" not in broken and True in said and False not in said:
        yield (
            lambda lang: (
                _accepting(None not in said, lang) + _silent(needs, lambda n: n.joint, lang)
            )
        )


def _level(shared: Shared, words: Words, lang: str) -> str:
    low, high = words.level(shared.lowest, lang), words.level(shared.highest, lang)
    if low == high:
        return f"Nivel que se busca: {low}." if lang == "es" else f"Level aimed for: {low}."
    return (
        f"Niveles vecinos: {low}; {high}."
        if lang == "es"
        else f"Neighbouring levels: {low}; {high}."
    )


def _accepting(all_say_so: bool, lang: str) -> str:
    """That a joint course suits them; where some did not say, that none is against it."""
    if all_say_so:
        return "Todas aceptan un curso conjunto." if lang == "es" else "All accept a joint course."
    return (
        "Ninguna excluye un curso conjunto." if lang == "es" else "None rules out a joint course."
    )


def _silent(
    needs: Sequence[Comparable], said: Callable[[Comparable], object], lang: str
) -> str:  # fmt: skip
    """How many of them said nothing about it; empty where all did."""
    count = sum(not said(need) and said(need) != 0 for need in needs)
    if not count:
        return ""
    if lang == "es":
        return " Una de ellas no lo indica." if count == 1 else f" {count} de ellas no lo indican."
    return " One of them does not say." if count == 1 else f" {count} of them do not say."


def window(start: date | None, end: date | None, lang: str) -> str:
    """Such as "from 6 September 2004 to 26 November 2004", "from … on" or "until …"."""
    first, last = (say_date(day, lang) if day else "" for day in (start, end))
    if first and last:
        return f"del {first} al {last}" if lang == "es" else f"from {first} to {last}"
    if first:
        return f"desde el {first}" if lang == "es" else f"from {first} on"
    if last:
        return f"hasta el {last}" if lang == "es" else f"until {last}"
    return "en cualquier fecha" if lang == "es" else "on any date"


def differences(shared: Shared, needs: Sequence[Comparable], words: Words) -> tuple[Text, ...]:
    """In what these needs differ, and what of a group does not hold for all of them."""
    return tuple(both(say) for say in _differences(shared, needs, words))


def _differences(shared: Shared, needs: Sequence[Comparable], words: Words) -> Iterator[Sentence]:
    for criterion in shared.broken:
        yield lambda lang, criterion=criterion: NOT_COMMON[criterion].say(lang)  # type: ignore[misc]
    if declined := [need for need in needs if need.joint is False]:
        yield lambda lang: (
            f"No quieren un curso conjunto: {_countries(declined, lang)}." if lang == "es"
            else f"Do not want a joint course: {_countries(declined, lang)}."
        )  # fmt: skip
    hours = sorted({need.course_hours for need in needs if need.course_hours})
    if len(hours) > 1:
        yield (
            lambda lang: (
                f"Duran entre {_number(hours[0], lang)} y {_number(hours[-1], lang)} horas."
                if lang == "es"
                else f"They last between {_number(hours[0], lang)} and {_number(hours[-1], lang)} hours."
            )
        )
    modalities = {need.modality for need in needs} - {NOT_STATED, ""}
    if len(modalities) > 1:
        yield lambda lang: (
            ("Modalidades distintas: " if lang == "es" else "Different modalities: ")
            + words.list("modality", modalities, lang) + "."
        )  # fmt: skip
    if others := _some(needs, "profiles") - shared.profiles:
        yield lambda lang: (
            ("Solo algunas piden además: " if lang == "es" else "Only some also ask for: ")
            + words.list("profile", others, lang) + "."
        )  # fmt: skip
    if themes := _some(needs, "themes") - shared.themes:
        yield lambda lang: (
            ("Solo algunas tratan además: " if lang == "es" else "Only some also deal with: ")
            + words.list("theme", themes, lang) + "."
        )  # fmt: skip


NOT_COMMON: Mapping[Criterion, Text] = MappingProxyType({
    "countries": Text("Alguna nombró, para un curso conjunto, solo a otros países.",
                      "One of them named only other countries for a joint course."),
    "theme": Text("Ningún contenido temático es común a todas.",
                  "No thematic content is common to all."),
    "level": Text("Los niveles que se buscan están lejos entre sí.",
                  "The levels aimed for are far apart."),
    "profile": Text("Ningún perfil es común a todas.", "No profile is common to all."),
    "language": Text("Ningún idioma es común a todas.", "No language is common to all."),
    "window": Text("No hay fechas en que todas puedan.", "There are no dates on which all can."),
})  # fmt: skip


def but_for(near: Near, shared: Shared, words: Words) -> Text:
    """The one thing that keeps a need out, with the values on both sides."""
    return why_not(near.but_for, near.need, shared, words)


def obstacles(need: Comparable, shared: Shared, words: Words) -> tuple[Text, ...]:
    """Everything that keeps a need out; nothing where it fits."""
    return tuple(why_not(each, need, shared, words) for each in misfits(shared, need))


def why_not(criterion: Criterion, need: Comparable, shared: Shared, words: Words) -> Text:
    """What one criterion finds between a need and those that share this."""
    if criterion == "joint":
        return OWN_COURSE
    return both(lambda lang: _why_not(criterion, need, shared, words, lang))


def _why_not(
    criterion: Criterion, need: Comparable, shared: Shared, words: Words, lang: str
) -> str:
    es = lang == "es"
    if criterion == "window":
        own = window(need.window_from, need.window_to, lang)
        theirs = window(shared.window_from, shared.window_to, lang)
        return (
            f"Las fechas: {own}; las demás, {theirs}."
            if es
            else f"The dates: {own}; the others {theirs}."
        )
    if criterion == "level":
        own = words.level(need.level, lang)
        low, high = words.level(shared.lowest, lang), words.level(shared.highest, lang)
        theirs = low if low == high else f"{low}; {high}"
        return (
            f"El nivel: {own}; las demás: {theirs}."
            if es
            else f"The level: {own}; the others: {theirs}."
        )
    if criterion == "countries":
        return _countries_apart(need, shared, lang)
    name, own_codes, common = {
        "theme": (("El contenido temático", "The thematic content"), need.themes, shared.themes),
        "profile": (("El perfil", "The profile"), need.profiles, shared.profiles),
        "language": (("El idioma", "The language"), need.languages, shared.languages),
    }[criterion]
    own = words.list(criterion, own_codes, lang)
    theirs = words.list(criterion, common, lang)
    return (
        f"{name[0]}: {own}; las demás: {theirs}."
        if es
        else f"{name[1]}: {own}; the others: {theirs}."
    )


def _countries_apart(need: Comparable, shared: Shared, lang: str) -> str:
    es = lang == "es"
    if need.accepted and (beyond := shared.countries - need.accepted):
        names = _names(beyond, lang)
        return (
            f"Los países: no nombró a {names} para un curso conjunto."
            if es
            else f"The countries: it did not name {names} for a joint course."
        )
    own = _names({need.country}, lang)
    return (
        f"Los países: alguna de las demás no nombró a {own}."
        if es
        else f"The countries: one of the others did not name {own}."
    )


def name_of(theme: str, shared: Shared, words: Words) -> Text:
    """What a group is called until somebody names it: its theme, and the profile it is for."""
    profile = min(shared.profiles, key=lambda code: words.place("profile", code), default=None)
    return both(lambda lang: (
        words.label("theme", theme).say(lang)
        + (f" · {words.label('profile', profile).say(lang)}" if profile else "")
    ))  # fmt: skip


def _some(needs: Iterable[Comparable], name: str) -> frozenset[str]:
    return frozenset(code for need in needs for code in getattr(need, name))


def _countries(needs: Iterable[Comparable], lang: str) -> str:
    return _names({need.country for need in needs}, lang)


def _names(codes: Collection[str], lang: str) -> str:
    names = country_names(lang)
    return "; ".join(sorted(names.get(code, code) for code in codes))


def _number(value: Decimal, lang: str) -> str:
    return Shown(locale_of(lang, None)).number(value)
