"""What does a sponsor read of a group: the parts of its needs, added up and in common?

The same shape as the summary of a single need, in both languages. Each need counts once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from app.documents.shown import Shown
from app.formats.spec import Format
from app.groups.reasons import Words, window
from app.groups.similar import shared_by
from app.needs.counting import NOT_STATED
from app.policy.actor import locale_of
from app.summaries.contents import LANGUAGES, Content
from app.summaries.groups.parts import Part, People

Said = dict[str, str]
FEWEST = 2
"""Needs, and countries: one alone is no group, and would be known again."""
TITLE = {"es": "Grupo de necesidades", "en": "Group of needs"}
SECTION = {"es": "Lo que necesitan juntas", "en": "What they need together"}
NEEDS = {"es": "Necesidades", "en": "Needs"}
COUNTRIES = {"es": "Países", "en": "Countries"}
NAMED = {"es": "Países que dejan decir su nombre", "en": "Countries that let their name be said"}
THEMES = {"es": "Contenido temático, de todas", "en": "Thematic content, of all"}
THEMES_OF_SOME = {"es": "Contenido temático, de las que lo dicen",
                  "en": "Thematic content, of those that tell it"}  # fmt: skip
AUDIENCE = {"es": "Participantes por perfil", "en": "Participants by profile"}
HEADS = ({"es": "Perfil", "en": "Profile"}, {"es": "Participantes", "en": "Participants"},
         {"es": "Mujeres", "en": "Women"}, {"es": "Hombres", "en": "Men"},
         {"es": "Sin desagregar", "en": "Not stated"})  # fmt: skip
PEOPLE = {"es": "Participantes en total", "en": "Participants in all"}
LANGUAGE = {"es": "Idiomas en común", "en": "Languages in common"}
LANGUAGE_OF_SOME = {"es": "Idiomas en común entre las que los dicen",
                    "en": "Languages in common to those that tell them"}  # fmt: skip
WINDOW = {"es": "Fechas en que todas pueden", "en": "Dates on which all can"}
WINDOW_OF_SOME = {"es": "Fechas en que pueden las que las dicen",
                  "en": "Dates on which those can that tell them"}  # fmt: skip
HOURS = {"es": "Horas de cada curso", "en": "Hours of each course"}
NONE_IN_COMMON = {"es": "Ninguno en común", "en": "None in common"}
NO_DATES = {"es": "No hay fechas en común", "en": "There are no dates in common"}
NO_PROFILE = {"es": "Sin indicar", "en": "Not stated"}
OF_SOME = {"es": "%s (de %s de %s necesidades)", "en": "%s (of %s of %s needs)"}


def is_group(parts: Sequence[Part]) -> bool:
    """Whether enough of them agreed for a summary of several."""
    return len(parts) >= FEWEST and len({part.country for part in parts}) >= FEWEST


def content_of(parts: Sequence[Part], form: Format) -> Content:
    """What a sponsor would read of these parts together."""
    words = Words(form)
    countries = {part.country for part in parts}
    named = sorted(countries - {part.country for part in parts if not part.is_named})
    items = [
        _item("needs", NEEDS, _number(len(parts))),
        _item("countries", COUNTRIES, _number(len(countries))),
        *_themes(parts, words),
        *_people(parts, words),
        *_languages(parts, words),
        *_window(parts),
        *_hours(parts),
    ]
    common = shared_by([part.need for part in parts]).themes
    title = _both(lambda lang: f"{TITLE[lang]}: {words.list('theme', common, lang)}")
    return {
        "format": f"{form.name} {form.version}", "lang": "", "country": None, "countries": named,
        "of_countries": len(countries), "title": title if common else TITLE,
        "sections": [{"key": "group", "title": SECTION, "items": items}],
    }  # fmt: skip


def _both(say: Callable[[str], str]) -> Said:
    return {lang: say(lang) for lang in LANGUAGES}


def _item(key: str, label: Said, value: Said) -> Content:
    return {"key": key, "label": label, "needs_release": False, "value": value,
            "is_free_text": False}  # fmt: skip


def _number(value: Decimal | int) -> Said:
    return _both(lambda lang: Shown(locale_of(lang, None)).number(value))


def _of(value: Said, some: int, parts: Sequence[Part]) -> Said:
    """A figure, with how many needs say it where not all do."""
    if some == len(parts):
        return value
    return _both(lambda lang: OF_SOME[lang] % (value[lang], some, len(parts)))


def _telling(parts: Sequence[Part], said: Callable[[Part], object]) -> int:
    """How many needs tell a thing."""
    return sum(bool(said(part)) for part in parts)


def _themes(parts: Sequence[Part], words: Words) -> list[Content]:
    themes = {code for part in parts for code in part.need.themes}
    if not themes:
        return []
    some = _telling(parts, lambda part: part.need.themes)
    told = _both(lambda lang: words.list("theme", themes, lang))
    return [_item("themes", THEMES if some == len(parts) else THEMES_OF_SOME,
                  _of(told, some, parts))]  # fmt: skip


def _people(parts: Sequence[Part], words: Words) -> list[Content]:
    """Participants by profile and in all, over the needs that let them be told."""
    sums: dict[str, People] = {}
    for part in parts:
        for profile, people in part.people.items():
            sums[profile] = sums.get(profile, People()) + people
    if not sums:
        return []
    ordered = sorted(sums, key=lambda profile: words.place("profile", profile))
    rows = [[_profile(each, words), *_counts(sums[each])] for each in ordered]
    everybody = sum(people.participants for people in sums.values())
    some = _telling(parts, lambda part: part.people)
    table = {
        "columns": list(HEADS), "numbers": [False, True, True, True, True],
        "keys": ["profile", "total", "women", "men", "not_stated"],
        "free_texts": [False] * 5, "needs_release": [False] * 5, "rows": rows,
    }  # fmt: skip
    return [{"key": "audience", "label": _of(AUDIENCE, some, parts), "needs_release": False, "table": table},
            _item("participants", PEOPLE, _of(_number(everybody), some, parts))]  # fmt: skip


def _profile(code: str, words: Words) -> Said:
    if code == NOT_STATED:
        return NO_PROFILE
    return _both(lambda lang: words.label("profile", code).say(lang))


def _counts(people: People) -> list[Said]:
    rest = people.participants - people.women - people.men
    return [_number(each) for each in (people.participants, people.women, people.men, rest)]


def _languages(parts: Sequence[Part], words: Words) -> list[Content]:
    some = _telling(parts, lambda part: part.need.languages)
    if not some:
        return []
    shared = shared_by([part.need for part in parts]).languages
    common = _both(lambda lang: words.list("language", shared, lang)) if shared else NONE_IN_COMMON
    label = LANGUAGE if some == len(parts) else LANGUAGE_OF_SOME
    return [_item("languages", label, _of(common, some, parts))]


def _window(parts: Sequence[Part]) -> list[Content]:
    some = _telling(parts, lambda part: part.need.window_from or part.need.window_to)
    if not some:
        return []
    shared = shared_by([part.need for part in parts])
    start, end = shared.window_from, shared.window_to
    dates = NO_DATES if "window" in shared.broken else _both(lambda lang: window(start, end, lang))
    label = WINDOW if some == len(parts) else WINDOW_OF_SOME
    return [_item("window", label, _of(dates, some, parts))]


def _hours(parts: Sequence[Part]) -> list[Content]:
    hours = [part.hours for part in parts if part.hours]
    if not hours:
        return []
    least, most = _number(min(hours)), _number(max(hours))
    told = _both(lambda lang: least[lang] if least == most else f"{least[lang]}–{most[lang]}")
    return [_item("hours", HOURS, _of(told, len(hours), parts))]
