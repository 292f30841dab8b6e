"""Which answers about persons cannot both be true? Ages and dates, minors and adults, and who may seek asylum.

Each gets the values of its fields as they are kept (None: no answer) and gives the name of the problem, or None.
What is not certain, because only a year is known, is no problem.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.formats import ages
from app.formats.hidden import stands_in
from app.formats.regions import REGIONS

MAY_BE_TOLD = "NO_INDICATION"
"""The one answer about asylum that does not bar the country of citizenship; it permits nothing alone."""
ASYLUM = "ASYLUM"
"""Among the needs for protection: says it as well."""
WHO_IS_BARRED = frozenset(
    {
        f"persons.{cell}"
        for cell in ("asylum_flag", "protection_need", "citizenship", "birth_country")
    }
)
"""All that decides who is barred."""


def ordered_days(values: Sequence[Any]) -> str | None:
    """[first, second], both partial dates: the first is not certainly later."""
    first, second = values
    if not first or not second:
        return None
    return "order" if ages.days_of(first)[0] > ages.days_of(second)[1] else None


def lifetime(values: Sequence[Any]) -> str | None:
    """[birth, day]: nobody is older than the longest life."""
    span = ages.ages(*values)
    return "longer" if span and span[0] > ages.LONGEST_LIFE else None


def minor_by_birth(values: Sequence[Any]) -> str | None:
    """[said, birth, day]: who is said to be a minor (yes, or the role MINOR) was under eighteen."""
    said, birth, on = values
    return _against(said, ages.ages(birth, on))


def minor_by_band(values: Sequence[Any]) -> str | None:
    """[said, age group], likewise."""
    said, band = values
    return _against(said, ages.years_of(band))


def _against(said: Any, span: tuple[int, int] | None) -> str | None:
    known = ages.is_minor(span)
    if known is False and said in (True, "MINOR"):
        return "older"
    return "younger" if known is True and said is False else None


def band_by_birth(values: Sequence[Any]) -> str | None:
    """[age group, birth, day]: the group holds an age that the person can have had."""
    band, birth, on = values
    group, span = ages.years_of(band), ages.ages(birth, on)
    if group is None or span is None:
        return None
    last = 10**3 if group[1] == ages.LONGEST_LIFE else group[1]
    return "other" if span[1] < group[0] or span[0] > last else None


def age_by_birth(values: Sequence[Any]) -> str | None:
    """[age at an earlier time, birth, day]: it was not above the age on the day."""
    age, birth, on = values
    span = ages.ages(birth, on)
    return "older" if age is not None and span is not None and age > span[1] else None


def must_be_minor(values: Sequence[Any]) -> str | None:
    """[person, whether a minor]: the person is no adult."""
    person, is_minor = values
    return "adult" if person is not None and is_minor is False else None


def must_say_minor(values: Sequence[Any]) -> str | None:
    """[person, whether a minor]: it is known."""
    person, is_minor = values
    return "unknown" if person is not None and is_minor is None else None


def must_be_adult(values: Sequence[Any]) -> str | None:
    """[person, whether a minor]: the person is no minor, such as an adolescent sibling."""
    person, is_minor = values
    return "minor" if person is not None and is_minor is True else None


def asylum_answered(values: Sequence[Any]) -> str | None:
    """[asylum]: it is answered, and that there is no indication is said with unit and date."""
    (asylum,) = values
    if asylum is None:
        return "missing"
    is_unsigned = asylum["code"] == MAY_BE_TOLD and not asylum.get("detail")
    return "unsigned" if is_unsigned else None


def asylum_guard(values: Sequence[Any]) -> str | None:
    """[State of origin contacted, asylum of every person]: it is not while somebody may seek asylum."""
    contacted, asylum = values
    return "contacted" if contacted == "YES" and any(map(_bars, asylum)) else None


def family_warned(values: Sequence[Any]) -> str | None:
    """[verified relation, warning indicators]: a verified family link alone closes nothing then."""
    relation, indicators = values
    return "warned" if relation == "VERIFIED_FAMILY" and indicators else None


def proposes_closing(minor: Mapping[str, Any]) -> bool:
    """Whether what is known of a minor proposes to close the follow-up; a child-protection officer decides."""
    return minor.get("verified_relation") == "VERIFIED_FAMILY" and not minor.get("indicators")


def asylum_bars(document: Mapping[str, Any], *, is_assessed: bool) -> frozenset[str]:
    """The countries that must learn nothing: those of whoever seeks asylum, may seek it, or was not asked.

    `is_assessed`: a unit says it that may establish that there is no indication; from any other this
    is as good as not known. A sealed answer that was not opened bars like a yes. Of a stateless
    person, or one whose nationality is not known, the country of birth is barred.
    """
    barred: set[str] = set()
    for person in _seeking(document, is_assessed=is_assessed):
        barred |= _countries_of(person)
    return frozenset(barred)


def of_no_country(document: Mapping[str, Any], *, is_assessed: bool) -> bool:
    """Whether of somebody who may seek asylum neither nationality nor country of birth is answered, so that
    nobody knows whom not to tell; that it is not known is an answer."""
    return any(
        not person.get("citizenship") and not person.get("birth_country")
        for person in _seeking(document, is_assessed=is_assessed)
    )


def _seeking(document: Mapping[str, Any], *, is_assessed: bool) -> list[Mapping[str, Any]]:
    return [
        each for each in document.get("persons") or () if _may_seek(each, is_assessed=is_assessed)
    ]


def _may_seek(person: Mapping[str, Any], *, is_assessed: bool) -> bool:
    asylum, needs = person.get("asylum_flag"), person.get("protection_need") or ()
    asks = not stands_in(needs) and ASYLUM in needs
    return asks or asylum is None or not is_assessed or _bars(asylum)


def _bars(asylum: Any) -> bool:
    """Whether an answer, if there is one, keeps the State of origin away."""
    return stands_in(asylum) or (asylum is not None and asylum["code"] != MAY_BE_TOLD)


def _countries_of(person: Mapping[str, Any]) -> set[str]:
    citizenship, birth = person.get("citizenship"), person.get("birth_country")
    named = set() if stands_in(citizenship) else set(citizenship or ()) & REGIONS.keys()
    if not named and birth and not stands_in(birth):
        named = {birth}
    return named
