"""Which needs stand behind a figure, and which needs does a report list?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, and_

from app.extensions import db
from app.formats.kinds.length import DurationKind
from app.formats.spec import Format, Text
from app.groups.gathering import MEMBER, NAME, in_use
from app.intake.models import Dossier, Version
from app.policy.actor import locale_of
from app.reports import dimensions, words
from app.reports.counted import (
    CODE,
    FACT,
    PEOPLE,
    behind,
    counted,
    country_of,
    source,
    with_group,
)
from app.reports.dimensions import NOT_NAMED, NOT_RANKED, label, place
from app.reports.figures import GROUP, Basis, Coded, ListedNeed, Participants, SimilarNeeds
from app.web.keyset import Page, page_of


class NeedRow(Protocol):
    """What a page reads of a need; `under` is its country's code, `themes` codes with blanks."""

    need_id: str
    reference: str
    title: str
    lang: str
    under: str
    themes: str
    participants: int
    course_hours: Decimal
    group_es: str | None
    group_en: str | None


def needs_behind(
    basis: Basis, *, dimension: str | None = None, code: str = "", country: str = "", mark: str = ""
) -> Page:
    """The needs (NeedRow) that one line of a table counts, or all of them without a dimension.

    With a country those of the line alone that are its. The newest accepted first, a page at a time.
    """
    condition = behind(basis, dimension, code, country) if dimension else counted(basis)
    return page_of(_needs(basis, condition), FACT.c.valid_from, FACT.c.version_id, mark)


def _needs(basis: Basis, condition: ColumnElement[bool]) -> Select[Any]:
    return (
        db.select(
            FACT.c.version_id, FACT.c.need_id, Dossier.reference, FACT.c.title, Version.lang,
            country_of(basis).label("under"), FACT.c.themes, FACT.c.participants,
            FACT.c.course_hours, FACT.c.duration_band, FACT.c.duration_unit, FACT.c.duration_count,
            FACT.c.modality, FACT.c.urgency, FACT.c.valid_from,
            MEMBER.c.group_id, NAME.c.name_es.label("group_es"), NAME.c.name_en.label("group_en"),
        )
        .select_from(with_group(basis, source(basis)))
        .outerjoin(NAME, and_(NAME.c.group_id == MEMBER.c.group_id, in_use(basis.as_of)))
        .join(Dossier, Dossier.id == FACT.c.need_id)
        .join(Version, Version.id == FACT.c.version_id)
        .where(condition)
    )  # fmt: skip


def listed_needs(
    basis: Basis, format: Format, groups: Iterable[SimilarNeeds] = ()
) -> tuple[ListedNeed, ...]:
    """All needs of a report in three queries, by theme and then by country, each with its group.

    Needs whose country is not named follow those of named ones and are ordered by what is shown of
    them alone, so that the order tells nothing either.
    """
    rows = db.session.execute(_needs(basis, counted(basis))).all()
    codes = _by_version(_beside(basis, CODE, CODE.c.dimension, CODE.c.code))
    people = _by_version(
        _beside(basis, PEOPLE, PEOPLE.c.profile, PEOPLE.c.participants, PEOPLE.c.women,
                PEOPLE.c.men, PEOPLE.c.not_stated)
    )  # fmt: skip
    names = {group.code: Coded(code=group.code, label=group.label) for group in groups}
    listed = [
        _listed(row, codes[row.version_id], people[row.version_id], names.get(row.group_id), format)
        for row in rows
    ]
    return tuple(sorted(listed, key=lambda need: _order(need, format)))


def _beside(basis: Basis, table: Any, *columns: Any) -> Select[Any]:
    joined = source(basis).join(table, table.c.version_id == FACT.c.version_id)
    return db.select(table.c.version_id, *columns).select_from(joined).where(counted(basis))


def _by_version(query: Select[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for version_id, *values in db.session.execute(query):
        found[version_id].append(values)
    return found


def _listed(
    row: Any, codes: list[Any], people: list[Any], group: Coded | None, format: Format
) -> ListedNeed:
    def coded(dimension: str, code: str) -> Coded:
        return Coded(code=code, label=label(dimension, code, format))

    def all_of(dimension: str) -> tuple[Coded, ...]:
        own = [code for name, code in codes if name == dimension]
        own.sort(key=lambda code: place(dimension, code, format))
        return tuple(coded(dimension, code) for code in own)

    is_named = row.under != NOT_NAMED
    people.sort(key=lambda each: place("profile", each[0], format))
    return ListedNeed(
        need_id=row.need_id if is_named else None,
        reference=row.reference if is_named else None,
        title=row.title if is_named else None,
        title_lang=row.lang if is_named else "",
        country=coded("country", row.under),
        themes=all_of("theme"),
        audience=tuple(
            Participants(profile=coded("profile", profile), participants=everybody, women=women,
                         men=men, not_stated=not_stated)
            for profile, everybody, women, men, not_stated in people
        ),
        participants=row.participants,
        duration=coded("duration", row.duration_band),
        length=length(row),
        course_hours=row.course_hours,
        modality=coded("modality", row.modality),
        languages=all_of("language"),
        urgency=coded("urgency", NOT_RANKED if row.urgency is None else str(row.urgency)),
        group=group,
    )  # fmt: skip


def length(row: Any) -> Text:
    """A duration in words, as its country wrote it."""
    if not row.duration_count or not row.course_hours:
        return words.NOT_STATED
    each = (row.course_hours / row.duration_count).quantize(Decimal("0.01"))
    value = {"unit": row.duration_unit, "count": row.duration_count, "hours": f"{each:f}"}
    return Text(*(_said(value, lang) for lang in ("es", "en")))


def _said(value: dict[str, Any], lang: str) -> str:
    return DurationKind().show(value, None, lang, locale_of(lang, None))  # type: ignore[arg-type]


def _order(need: ListedNeed, format: Format) -> tuple[Any, ...]:
    themes = tuple(place("theme", each.code, format) for each in need.themes)
    is_named = need.country.code != NOT_NAMED
    return (
        themes[:1], not is_named, need.country.code, need.reference or "", themes,
        need.participants, need.course_hours, need.length.es, need.modality.code, need.urgency.code,
        tuple((each.profile.code, each.women, each.men, each.not_stated, each.participants)
              for each in need.audience),
        tuple(each.code for each in need.languages), need.duration.code,
        need.group.code if need.group else "",
    )  # fmt: skip


def of_frozen(
    needs: Iterable[ListedNeed], dimension: str | None, code: str, country: str = ""
) -> tuple[tuple[int, ListedNeed], ...]:
    """The needs of a published edition behind one line, or all of them without a dimension.

    Each with its number, which is the same in all lists of the edition.
    """
    numbered = tuple(enumerate(needs, 1))
    if dimension is None:
        return numbered
    if dimension != GROUP:
        dimensions.DIMENSIONS[dimension]  # a dimension nobody knows is a mistake, not an empty list
    return tuple(
        each
        for each in numbered
        if code in each[1].carries(dimension) and country in ("", each[1].country.code)
    )
