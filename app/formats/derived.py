"""What follows from other answers? Hours of a course, people of an audience, the age group of a person.

A derived field has no other answer. A choice or yes/no with a `formula` has the one that was given, and else
what follows: itself hidden, where that needs an answer that is sealed and was not opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.formats import ages, paths
from app.formats.hidden import hidden, stands_in, without_hidden
from app.formats.kinds.length import course_hours
from app.formats.regions import REGIONS, is_american

if TYPE_CHECKING:
    from app.formats.spec import Field, Format


def row_participants(row: Mapping[str, Any]) -> int | None:
    """People of one audience row: its total, or women, men and those not stated; None: not said."""
    if row.get("total") is not None:
        return int(row["total"])
    parts = [row.get(key) for key in ("women", "men", "not_stated")]
    said = [int(part) for part in parts if part is not None]
    return sum(said) if said else None


def participants(rows: Any) -> int | None:
    """People of a whole audience table; None while no row says a number."""
    said = [count for count in map(row_participants, rows or []) if count is not None]
    return sum(said) if said else None


def _hours(value: Any) -> str | None:
    hours = course_hours(value)
    return None if hours is None else _shortest(hours)


def _shortest(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _age_band(birth: str | None, on: str | None) -> str | None:
    return ages.band_of(ages.ages(birth, on))


def _is_minor(
    birth: str | None, on: str | None, band: str | None, role: str | None, presumed: Sequence[Any]
) -> bool | None:
    """Under eighteen by the date of birth, else by the age group; who is presumed so, or said to be a
    minor, is one while nothing says otherwise."""
    for span in (ages.ages(birth, on), ages.years_of(band)):
        if (known := ages.is_minor(span)) is not None:
            return known
    return True if role == "MINOR" or "YES" in presumed else None


def _region(citizenships: Sequence[list[str] | None]) -> str | None:
    """The one region from which all of them are; "MIXED" where they are of several."""
    found = {REGIONS[each] for some in citizenships for each in some or () if each in REGIONS}
    return next(iter(found)) if len(found) == 1 else "MIXED" if found else None


def _extracontinental(citizenships: Sequence[list[str] | None]) -> bool | None:
    """Whether anybody has a nationality from outside the Americas; None where none is known."""
    known = [is_american(each) for some in citizenships for each in some or ()]
    if False in known:
        return True
    return False if True in known else None


def _number(number: int) -> int:
    return number


@dataclass(frozen=True)
class Formula:
    """What is made of the answers that `from` names; `sources` are the kinds these must have, None for any."""

    compute: Callable[..., Any]
    sources: tuple[str | None, ...]


FORMULAS: Mapping[str, Formula] = MappingProxyType({
    "course_hours": Formula(_hours, ("duration",)),
    "participants": Formula(participants, ("rows",)),
    "age_band": Formula(_age_band, ("partial_date", "partial_date")),
    "is_minor": Formula(
        _is_minor, ("partial_date", "partial_date", "choice", "choice", "choice")
    ),
    "region_of_origin": Formula(_region, ("countries",)),
    "extracontinental": Formula(_extracontinental, ("countries",)),
    "row_number": Formula(_number, (None,)),
})  # fmt: skip
"""Name of a formula in documents -> how it is computed."""


def formula_of(field: Field) -> Formula | None:
    """The formula of a field or cell that follows from others; None for what is only asked."""
    return FORMULAS.get(field.options.get("formula", ""))


def written_sources(field: Field) -> list[str]:
    """The paths of what a field is computed from."""
    return str(field.options.get("from", "")).split()


def derive(
    form: Format, field: Field, answers: Mapping[str, Any], table: Field | None = None,
    rows: Sequence[Mapping[str, Any]] = (), at: int = 0,
) -> Any:  # fmt: skip
    """What follows for a field, or for its cell in `rows[at]` of `table`; decimals as str."""
    formula = formula_of(field)
    if formula is None:
        return None
    found = [
        paths.follow(paths.read(form, each, table.key if table else None), answers, rows, at)
        for each in written_sources(field)
    ]
    value = formula.compute(*map(_seen, found))
    is_unseen = value is None and field.is_asked and any(map(paths.holds_hidden, found))
    return hidden(paths.UNSEEN) if is_unseen else value


def _seen(value: Any) -> Any:
    """What was found, as far as it can be read."""
    if isinstance(value, list):
        return [without_hidden(each) for each in value if not stands_in(each)]
    return None if stands_in(value) else value
