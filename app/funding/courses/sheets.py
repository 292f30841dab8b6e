"""What exactly would a sponsor read of this course?

One builder for the Secretariat's preview and for what is released, so that the two cannot differ. The
sheet holds both languages; it names a country only where it agreed, and holds nothing that leads to a
need. What the Secretariat wrote is held against the names of the countries that go unnamed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from app import clock
from app.db.base import new_id
from app.extensions import db
from app.formats.canonical import canonical_json
from app.formats.words import N_
from app.funding.courses import queries
from app.funding.courses.lists import LANGUAGES
from app.funding.courses.models import Course, CourseSheet
from app.funding.courses.queries import SeatRow
from app.needs.preview import NAMED, NONE, hash_of
from app.organisations.models import Organisation
from app.policy.actor import Actor, OrganisationKind
from app.summaries import naming
from app.web.refusal import Refusal

Content = dict[str, Any]
NOT_FOR_SPONSORS = N_(
    "%(reference)s: its country decided that nothing of this need goes to sponsors. Take its seats out "
    "of the course before you send it."
)
NOBODY = N_("Give at least one country seats before you send the course to sponsors.")
NO_COST = N_("Write what the course costs before you send it to sponsors.")
NO_LAST_DAY = N_("Write the last day for pledges before you send the course to sponsors.")


def build(actor: Actor, course: Course, funders: Iterable[Organisation] = ()) -> Content:
    """The sheet as it would be released now. `funders` are those whose pledges are confirmed."""
    rows = queries.seats(actor, course.id)
    host = queries.host(course)
    named = host if host and queries.host_agreed(course) else None
    return {
        "reference": course.reference,
        "title": _both(course.title_es, course.title_en),
        "countries": sorted(named_in(rows)),
        "countries_count": len({row.organisation_id for row in rows}),
        "seats": course.seats,
        "waiting": sum(max(row.asked - row.seats, 0) for row in rows),
        "themes": _themes(rows),
        "each": sorted(line for line, cost in queries.costs(course.id).items() if cost.per_participant),
        "seats_min": course.seats_min,
        "seats_max": course.seats_max,
        "lang": _language(course.lang),
        "days": course.days,
        "hours_per_day": _exact(course.hours_per_day),
        "starts_on": course.starts_on and course.starts_on.isoformat(),
        "ends_on": course.ends_on and course.ends_on.isoformat(),
        "decide_by": course.decide_by and course.decide_by.isoformat(),
        "host": name_of(named) if named else None,
        "has_host": host is not None,
        "place": course.place if named or host is None else "",
        "vetting": course.vetting,
        "components": [
            {"title": _both(part.title_es, part.title_en), "hours": _exact(part.hours),
             "provider": _provider(part.provider, provider, named)}
            for part, provider in queries.components(course.id)
        ],
        "split": queries.split(course.id),
        "held_before": [
            {"title": _both(each.title_es, each.title_en),
             "ends_on": each.ends_on and each.ends_on.isoformat()}
            for each in queries.held_before(course)
        ],
        "funders": [funder(each, named) for each in sorted(funders, key=lambda one: one.key)],
    }  # fmt: skip


def _themes(rows: list[SeatRow]) -> list[str]:
    """Codes of what the course is about, without those that a country withholds from sponsors."""
    return sorted(
        {code for row in rows if "themes" not in row.withheld for code in row.themes.split()}
    )


def named_in(rows: list[SeatRow]) -> set[str]:
    """The countries that agreed to be named for each of their needs in a course."""
    unnamed = {row.organisation_id for row in rows if row.sponsors != NAMED}
    return {row.country for row in rows if row.organisation_id not in unnamed}


def release(course_id: str, content: Content) -> CourseSheet:
    """Keep the sheet as what sponsors read from now on; the same again stays what it is."""
    newest = queries.newest_sheet(course_id)
    if newest is not None and newest.hash == hash_of(content):
        return newest
    sheet = CourseSheet(
        id=new_id(), course_id=course_id, number=newest.number + 1 if newest else 1,
        content=json.loads(canonical_json(content)), hash=hash_of(content), released_at=clock.now(),
    )  # fmt: skip
    db.session.add(sheet)
    db.session.flush()
    return sheet


def refuse_unready(actor: Actor, course: Course, content: Content) -> None:
    """Refusal where the course may not go to sponsors yet, or its words name who goes unnamed."""
    rows = queries.seats(actor, course.id)
    if not rows:
        raise Refusal(NOBODY, field="sponsors")
    for row in rows:
        if row.sponsors == NONE:
            raise Refusal(NOT_FOR_SPONSORS, field="sponsors", reference=row.reference)
    if not queries.costs(course.id):
        raise Refusal(NO_COST, field="sponsors")
    if course.decide_by is None:
        raise Refusal(NO_LAST_DAY, field="sponsors")
    refuse_naming(rows, course, _words(content))


def refuse_naming(rows: list[SeatRow], course: Course, written: dict[str, str]) -> None:
    """Refusal at the first text that names a country which takes part, or hosts, unnamed."""
    unnamed = {row.organisation_id for row in rows if row.sponsors != NAMED}
    if course.host_id and not queries.host_agreed(course):
        unnamed.add(course.host_id)
    references = [row.reference for row in rows]
    delegations = db.session.scalars(
        db.select(Organisation).where(
            Organisation.id.in_(unnamed), Organisation.kind == OrganisationKind.DELEGATION.value
        )
    )
    naming.refuse_names_of(list(delegations), references, written)


def is_named_in(delegation: Organisation, text: str) -> bool:
    """Whether a text names a delegation, or its country."""
    try:
        naming.refuse_names_of([delegation], [], {"": text})
    except Refusal:
        return True
    return False


def _words(content: Content) -> dict[str, str]:
    """What the Secretariat wrote of it, by a name that its page knows."""
    found = {f"title.{lang}": text for lang, text in content["title"].items()}
    for number, part in enumerate(content["components"], start=1):
        found |= {f"component-{number}.{lang}": text for lang, text in part["title"].items()}
        # The host stands there by its name only because it agreed to.
        provider = {} if part["provider"] in (None, content["host"]) else part["provider"]
        found |= {f"provider-{number}.{lang}": text for lang, text in provider.items()}
    return {**found, "place": content["place"], "vetting": content["vetting"]}


def _both(es: str, en: str) -> dict[str, str]:
    return {"es": es or en, "en": en or es}


def name_of(organisation: Organisation) -> dict[str, str]:
    return {"es": organisation.name_es, "en": organisation.name_en}


def _provider(
    typed: str, provider: Organisation | None, host: Organisation | None
) -> dict[str, str] | None:
    """Who gives a component; a delegation only where it agreed to be named as the host."""
    if provider is None:
        return _both(typed, typed) if typed else None
    is_delegation = provider.kind == OrganisationKind.DELEGATION.value
    if is_delegation and provider != host:
        return None
    return name_of(provider)


THE_HOST = {"es": "El país sede", "en": "The host country"}
A_COURSE = {"es": "Curso regional", "en": "Regional course"}
A_COMPONENT = {"es": "Componente del curso", "en": "Component of the course"}
"""What stands for words that would name who goes unnamed."""


def funder(organisation: Organisation, host: Organisation | None) -> dict[str, str]:
    """A co-funder by its name; a host that does not want to be named by what it is."""
    is_delegation = organisation.kind == OrganisationKind.DELEGATION.value
    return THE_HOST if is_delegation and organisation != host else name_of(organisation)


def _language(code: str | None) -> dict[str, str] | None:
    return {lang: LANGUAGES.label(code, lang) for lang in ("es", "en")} if code else None


def _exact(value: Any) -> str | None:
    return None if value is None else f"{value.normalize():f}"
