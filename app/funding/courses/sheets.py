"""What exactly would a sponsor read of this course?

One builder for the Secretariat's preview and for what is released, so that the two cannot differ. The
sheet holds both languages; it names a country only where it agreed, and holds nothing that leads to a
need. Every text in it is held against the names of the countries that go unnamed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app import clock, money
from app.db.base import new_id
from app.extensions import db
from app.formats.canonical import canonical_json
from app.formats.words import N_
from app.funding.courses import queries
from app.funding.courses.figures import line_cost
from app.funding.courses.lists import LANGUAGES, THEMES
from app.funding.courses.models import Course, CourseCost, CourseSheet
from app.funding.courses.queries import SeatRow
from app.needs.preview import NAMED, NONE, hash_of
from app.organisations.models import Organisation
from app.organisations.naming import Phrase, found, phrase
from app.organisations.naming import of_each as names_of_each
from app.outbox.deeds import LookAgain
from app.policy.actor import Actor, OrganisationKind
from app.summaries import naming
from app.summaries import queries as summaries
from app.summaries.contents import items
from app.web.refusal import Refusal

Content = dict[str, Any]
NOT_FOR_SPONSORS = N_(
    "%(reference)s: its country decided that nothing of this need goes to sponsors. Take its seats out "
    "of the course before you send it."
)
NOBODY = N_("Give at least one country seats before you send the course to sponsors.")
NO_COST = N_("Write what the course costs before you send it to sponsors.")
NO_LAST_DAY = N_("Write the last day for pledges before you send the course to sponsors.")


BY_CONSENT = frozenset({"reference", "countries", "host", "funders"})
"""What in a sheet is no text: its number, and names that stand there because their owners agreed."""
PLACE = "place"
REVIEWED = "is_under_review"
"""Stands in a sheet that tells no figures until the Secretariat sends the course anew."""
Payers = Callable[[str], list[Organisation]]
_payers: list[Payers] = []


def payers(find: Payers) -> Payers:
    """Register who knows whose pledges to a course are confirmed: pledges come after courses."""
    _payers.append(find)
    return find


Completions = Callable[[list[str]], dict[str, tuple[int, int]]]
_completions: list[Completions] = []


def completions(find: Completions) -> Completions:
    """Register who knows how many came to courses and finished them: delivery comes after courses."""
    _completions.append(find)
    return find


def build(actor: Actor, course: Course) -> Content:
    """The sheet as it would be released now."""
    rows = queries.seats(actor, course.id)
    host, costs = queries.host(course), queries.costs(course.id)
    named, told = named_host(course), _told(rows)
    return {
        "reference": course.reference,
        "title": _both(course.title_es, course.title_en),
        "countries": sorted(named_in(rows)),
        "countries_count": len({row.organisation_id for row in rows}),
        "seats": course.seats,
        "cost": f"{_cost(costs, course.seats)}",
        "waiting": sum(max(row.asked - row.seats, 0) for row in rows if _tells_number(row, told)),
        "asked": dict(_asked(row, course, told) for row in rows),
        "themes": _themes(rows, told),
        "each": sorted(line for line, cost in costs.items() if cost.per_participant),
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
        "roles": _roles(course),
        "split": queries.split(course.id),
        "held_before": _held_before(rows, course, named),
        "funders": funders(course, named),
    }  # fmt: skip


def _asked(row: SeatRow, course: Course, told: dict[str, dict[str, str]]) -> tuple[str, int]:
    """A mark of a need, and how many it asks for: so nobody is counted twice who has seats in two courses.

    It is drawn on no page, and nobody can tell the need from it. Where sponsors may not know how many ask,
    it is the seats of this course alone, under a mark of this course.
    """
    of, count = f"asked|{row.need_id}", max(row.asked, row.seats)
    if not _tells_number(row, told):
        of, count = f"{of}|{course.id}", row.seats
    return hashlib.sha256(of.encode()).hexdigest()[:16], count


def _cost(costs: Mapping[str, CourseCost], seats: int) -> Decimal:
    return money.total(
        line_cost(each.amount, per_participant=each.per_participant, seats=seats)
        for each in costs.values()
    )


def cost_of_a_seat(content: Content) -> Decimal | None:
    """What a seat costs by the sheet's own cost and seats, which change together; None without seats."""
    return money.each_of(Decimal(content["cost"]), content["seats"])


def named_host(course: Course) -> Organisation | None:
    """The host, where it agreed to be named."""
    return queries.host(course) if queries.host_agreed(course) else None


def funders(course: Course, named: Organisation | None) -> list[dict[str, str]]:
    """Those whose pledges are confirmed now; who goes unnamed stands last, wherever its name would."""
    told = [funder(each, named) for find in _payers for each in find(course.id)]
    return sorted(told, key=lambda one: (one == THE_HOST, one["en"]))


def _held_before(
    rows: list[SeatRow], course: Course, host: Organisation | None
) -> list[dict[str, Any]]:
    """Courses of the kind that were held, by the title that sponsors read of them.

    Who was named there may go unnamed here: such a title is not repeated.
    """
    held = queries.held_before(course)
    turnouts = [find([each.id for each in held]) for find in _completions if held]
    numbers = {of: people for counted in turnouts for of, people in counted.items()}
    keeps = names_kept(rows, course, host) if held else Kept()
    return [
        {"title": A_COURSE if any(map(keeps.told_by, each.title.values())) else each.title,
         "ends_on": each.ends_on and each.ends_on.isoformat(),
         "came": numbers.get(each.id, (0, 0))[0], "finished": numbers.get(each.id, (0, 0))[1]}
        for each in held
    ]  # fmt: skip


def _told(rows: list[SeatRow]) -> dict[str, dict[str, str]]:
    """Need -> what its released summary says of it, key -> in Spanish; of needs that have one."""
    found = summaries.released_of([row.need_id for row in rows])
    return {
        need: {item["key"]: item["value"]["es"] for item in items(content) if "value" in item}
        for need, content in found.items()
    }


def _themes(rows: list[SeatRow], told: dict[str, dict[str, str]]) -> list[str]:
    """Codes of what the course is about, without those that a country withholds from sponsors.

    Nor those that its released summary says in broader words.
    """
    return sorted({
        code for row in rows if "themes" not in row.withheld for code in row.themes.split()
        if row.need_id not in told
        or THEMES.label(code, "es") in told[row.need_id].get("themes", "")
    })  # fmt: skip


def _tells_number(row: SeatRow, told: dict[str, dict[str, str]]) -> bool:
    """Whether sponsors may know how many its country asks for: not where its summary says it broadly."""
    if row.need_id not in told:
        return True
    said = told[row.need_id].get("participants", "")
    return "".join(filter(str.isdigit, said)) == str(row.asked)


def _roles(course: Course) -> list[dict[str, Any]]:
    """Who does what apart from paying and hosting; a delegation's part is its own to tell."""
    return [
        {"role": each.role, "by": name_of(organisation)}
        for each, organisation in queries.roles(course.id)
        if each.role not in ("payer", "host")
        and organisation.kind != OrganisationKind.DELEGATION.value
    ]


def named_in(rows: list[SeatRow]) -> set[str]:
    """The countries that agreed to be named for each of their needs in a course."""
    unnamed = {row.organisation_id for row in rows if row.sponsors != NAMED}
    return {row.country for row in rows if row.organisation_id not in unnamed}


def release_after(sheet: CourseSheet, content: Content) -> Callable[[], None]:
    """For a deed: release what was made of this sheet, if sponsors still read this one."""
    course_id, number = sheet.course_id, sheet.number

    def write() -> None:
        newest = queries.newest_sheet(course_id)
        if newest is None or newest.number != number:
            raise LookAgain(course_id)
        release(course_id, content)

    return write


def release(course_id: str, content: Content) -> CourseSheet:
    """Keep the sheet as what sponsors read from now on; the same again stays what it is.

    Of two released at once one finds its number taken, and is undone.
    """
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


def reviewed(content: Content, rows: list[SeatRow]) -> Content:
    """A released sheet without what a need says of which nothing may go to sponsors any more."""
    if all(row.sponsors != NONE for row in rows):
        return content
    themes = {code for row in rows if row.sponsors != NONE for code in row.themes.split()}
    named = [each for each in content["countries"] if each in named_in(rows)]
    return {
        **content, "seats": 0, "waiting": 0, "cost": "0", "countries_count": len(named),
        "seats_min": None, "seats_max": None,
        "themes": [each for each in content["themes"] if each in themes], REVIEWED: True,
    }  # fmt: skip


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
    refuse_naming(rows, course, dict(texts(content)))


def refuse_naming(rows: list[SeatRow], course: Course, written: dict[str, str]) -> None:
    """Refusal at the first text that names a country but those that stand there by their consent."""
    kept = names_kept(rows, course, named_host(course))
    references = {phrase(row.reference) for row in rows}
    for field, text in written.items():
        is_place = field == PLACE
        hidden = kept.hidden_of_place if is_place else kept.hidden
        naming.refuse_names(hidden | references, {field: text})
        if text not in kept.registered:
            naming.refuse_names(kept.of_place if is_place else kept.anywhere, {field: text},
                                naming.NAMES_A_COUNTRY)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """What no text of a course may say: any country but those that stand there by their consent."""

    anywhere: frozenset[Phrase] = frozenset()
    of_place: frozenset[Phrase] = frozenset()
    """Not what a host is called that agreed: its yes to being named is one to the place as well."""
    hidden: frozenset[Phrase] = frozenset()
    """What those are called who take part, or host, and go unnamed."""
    hidden_of_place: frozenset[Phrase] = frozenset()
    registered: frozenset[str] = frozenset()
    """Names of providers as they stand in the register: nobody wrote them, yet they tell no hidden one."""

    def told_by(self, text: str) -> str:
        """The words of a text that tell what is kept; empty if none."""
        return found(text, self.hidden if text in self.registered else self.anywhere)


def names_kept(rows: list[SeatRow], course: Course, host: Organisation | None) -> Kept:
    """What may stand in no text of a course, and what may be no place of it; `host` where it agreed."""
    delegations = naming.delegations()
    called = names_of_each(delegations)
    hidden = {each.id: each for each in delegations if each.id in unnamed_ids(rows, course, host)}
    told = _by_name(rows, course, host) - {each.country for each in hidden.values()}
    at_place = told | ({host.country} if host and host.country else set())

    def of(ids: Iterable[str]) -> frozenset[Phrase]:
        return frozenset().union(*(called[id] for id in ids))

    def others(but: set[str]) -> frozenset[Phrase]:
        untold = [each.id for each in delegations if each.country not in but]
        return of(untold) | naming.of_members_but(but)

    hidden_of_place = of(id for id in hidden if host is None or id != host.id)
    return Kept(
        anywhere=of(hidden) | others(told), of_place=hidden_of_place | others(at_place),
        hidden=of(hidden), hidden_of_place=hidden_of_place,
        registered=frozenset(
            name for _, provider in queries.components(course.id) if provider is not None
            for name in name_of(provider).values()
        ),
    )  # fmt: skip


def _by_name(rows: list[SeatRow], course: Course, host: Organisation | None) -> set[str]:
    """The countries that sponsors read of in a sheet: those that take part, host or fund by name."""
    givers = [host, *(each for find in _payers for each in find(course.id)
                      if each.kind != OrganisationKind.DELEGATION.value)]  # fmt: skip
    return named_in(rows) | {each.country for each in givers if each is not None and each.country}


def unnamed_ids(rows: list[SeatRow], course: Course, host: Organisation | None) -> set[str]:
    """The organisations that take part, or host, and go unnamed; `host` where it agreed."""
    ids = {row.organisation_id for row in rows if row.sponsors != NAMED}
    return ids | ({course.host_id} if course.host_id and host is None else set())


def texts(content: Content) -> Iterator[tuple[str, str]]:
    """(Its place, a text) for every text that sponsors read, whoever wrote it."""
    for key, value in content.items():
        if key not in BY_CONSENT:
            yield from _texts(key, value, content["host"])


def _texts(at: str, value: Any, host: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, list):
        for number, each in enumerate(value, start=1):
            yield from _texts(f"{at}-{number}", each, host)
    elif isinstance(value, dict) and value != host:  # a host that agreed may be the provider too
        for key, each in value.items():
            yield from _texts(f"{at}.{key}", each, host)


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
