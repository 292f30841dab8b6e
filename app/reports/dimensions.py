"""By what are needs grouped, in which order, and how is each code called in both languages?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.formats.countries import country_names
from app.formats.spec import CodeList, Format, Text
from app.needs.counting import NOT_STATED
from app.reports import words

NOT_NAMED = "not_named"
NOT_RANKED = "not_ranked"


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """One way of grouping needs. `overlaps`: a need may stand under several of its codes."""

    key: str
    title: Text
    header: Text
    overlaps: bool = False
    by_size: bool = False
    """Whether the largest group comes first; otherwise the codes have an order of their own."""

    @property
    def table_title(self) -> Text:
        """What its table is called below the heading, such as "Figures by duration"."""
        es, en = (words_of[0].lower() + words_of[1:] for words_of in (self.title.es, self.title.en))
        return Text(f"Cifras {es}", f"Figures {en}")


DIMENSIONS: Mapping[str, Dimension] = MappingProxyType({
    dimension.key: dimension
    for dimension in (
        Dimension(key="theme", title=words.BY_THEME, header=words.THEME, overlaps=True, by_size=True),
        Dimension(key="profile", title=words.BY_PROFILE, header=words.PROFILE, overlaps=True,
                  by_size=True),
        Dimension(key="duration", title=words.BY_DURATION, header=words.DURATION),
        Dimension(key="country", title=words.BY_COUNTRY, header=words.COUNTRY),
        Dimension(key="modality", title=words.BY_MODALITY, header=words.MODALITY, by_size=True),
        Dimension(key="language", title=words.BY_LANGUAGE, header=words.LANGUAGE, overlaps=True,
                  by_size=True),
        Dimension(key="urgency", title=words.BY_URGENCY, header=words.URGENCY),
    )
})  # fmt: skip
"""The first three in the order in which the network asked for them in 2004."""

_DURATIONS = tuple(words.BANDS)


def label(dimension: str, code: str, format: Format) -> Text:
    """The words for a code; a code that nobody knows any more shows itself."""
    if dimension == "country":
        return words.NOT_NAMED if code == NOT_NAMED else country(code)
    if dimension == "duration":
        return words.BANDS.get(code, words.NOT_STATED)
    if dimension == "urgency":
        return words.NOT_RANKED if code == NOT_RANKED else words.rank(int(code))
    return words.NOT_STATED if code == NOT_STATED else _of_list(codes(dimension, format), code)


def country(code: str) -> Text:
    """A country's name."""
    return Text(country_names("es").get(code, code), country_names("en").get(code, code))


def codes(dimension: str, format: Format) -> CodeList | None:
    """The list from which the codes of a dimension come, None where it has none."""
    field = format.facts.get("audience" if dimension == "profile" else dimension)
    if field is not None and dimension == "profile":
        field = next((cell for cell in field.cells if cell.fact == "profile"), None)
    return field.codes if field is not None else None


def _of_list(known: CodeList | None, code: str) -> Text:
    entry = known.get(code) if known else None
    return entry.label if entry else Text(code, code)


def place(dimension: str, code: str, format: Format) -> tuple[int, str]:
    """Where a code stands among others of its dimension; what was not told comes last."""
    if code in (NOT_STATED, NOT_NAMED, NOT_RANKED):
        return (10_000, code)
    if dimension == "urgency":
        return (int(code), code)
    if dimension == "duration":
        return (_DURATIONS.index(code) if code in _DURATIONS else 9_999, code)
    if dimension == "country":
        return (0, code)
    listed = codes(dimension, format)
    order = [entry.key for entry in listed.codes] if listed else []
    return (order.index(code) if code in order else 9_999, code)
