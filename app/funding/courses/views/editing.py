"""Where does the Secretariat write what a course is, who takes part and what it costs?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count, takewhile
from typing import Any

from flask import Response, request
from flask_babel import gettext as _

from app.formats.dates import write_date
from app.funding.courses import actions, queries
from app.funding.courses.actions import Cost, Part, Stale, Terms
from app.funding.courses.lists import (
    COST_LINES,
    LANGUAGES,
    LINE_KEYS,
    PAYERS,
    ROLES,
    by_name,
    choices,
)
from app.funding.courses.models import Course
from app.funding.courses.reading import Typed, revision, written
from app.funding.courses.split import apply_default_split
from app.funding.courses.views.pages import at_its_place, blueprint, typed, url_of
from app.policy.actor import OrganisationKind
from app.policy.permissions import Permission
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.newer import newer
from app.web.page import done, page
from app.web.transaction import start_over
from app.workflow import tables

HOURS_OF_A_DAY = 24
MOST_HOURS = 1000
"""Of one component."""
PARTS = 4
"""Components for which the form has room at first; then for one more than there are."""
TWICE = 2
"""Payers of one line for which the form has room at first; then for one more than there are."""
PAYER_KEYS = tuple(code.key for code in PAYERS.codes)
PLAIN = ("title_es", "title_en", "place", "vetting")
COUNTS = ("days", "seats_min", "seats_max")
DAYS = ("starts_on", "ends_on", "decide_by")


def attempt(
    course: Course, read: Typed, save: Callable[[], None]
) -> tuple[int, dict[str, str], Course]:
    """Save what was typed: 303 where it was done, else why not, and the course as it stands now."""
    if not is_submitted():
        return 200, {}, course
    if read.errors:
        return 422, read.errors, course
    try:
        save()
    except Refusal as refusal:
        # Some of it was written before it was refused: the page is drawn from what stands.
        start_over()
        return 422, at_its_place(refusal), queries.get(current_actor(), course.id)
    except Stale:
        return 409, {}, queries.get(current_actor(), course.id)
    return 303, {}, course


@blueprint.route("/<course_id>/edit", methods=["GET", "POST"])
@guarded(Permission.COURSE_EDIT, load=queries.get)
def edit(course: Course) -> Response:
    """GET, POST /courses/<id>/edit: what it is, when, where, by whom."""
    tables.COURSE.after(course.state, "edit")
    read = Typed()
    saved = _held(course)
    terms = _terms(_standing(saved), read) if is_submitted() else None
    status, errors, course = attempt(course, read, lambda: actions.edit(
        current_actor(), course, terms=terms or _nothing(), revision=revision()))  # fmt: skip
    if status == 303:
        return done(url_of(course), _("The course was saved."))
    everybody = queries.to_choose(
        _standing(saved), OrganisationKind.DELEGATION, OrganisationKind.SPONSOR, OrganisationKind.OBSERVER,
        OrganisationKind.SECRETARIAT,
    )  # fmt: skip
    lang, saved = locale.lang(), _held(course) if is_submitted() else saved
    held = typed(saved)
    return page(
        "courses/edit.html", status=status, course=course, errors=errors, work_form=True,
        typed=held, newer=newer(saved, status),
        parts=range(1, max(_written(held) + 1, PARTS) + 1), languages=choices(LANGUAGES, lang),
        hosts=by_name((one for one in everybody if one.kind == "delegation"), lang),
        providers=by_name(everybody, lang), roles=list(ROLES.items()),
    )  # fmt: skip


def _nothing() -> Terms:
    return Terms(title_es="", title_en="")


def _terms(standing: set[str], read: Typed) -> Terms:
    form = request.form
    known = {one.id for one in queries.to_choose(standing, *OrganisationKind)}
    parts = []
    form["part1_es"]  # a form without components is no form of ours
    for number in range(1, _written(form) + 1):
        part = Part(
            title_es=read.words(f"part{number}_es"), title_en=read.words(f"part{number}_en"),
            provider_id=read.chosen(f"part{number}_by", known),
            hours=read.hours(f"part{number}_hours", MOST_HOURS),
        )  # fmt: skip
        if part.title_es or part.title_en:
            parts.append(part)
    roles = [(role, one) for role in ROLES for one in form.getlist(f"role_{role}") if one in known]
    return Terms(
        title_es=read.words("title_es"), title_en=read.words("title_en"),
        place=read.words("place"), vetting=read.words("vetting", lines=True),
        days=read.count("days"), hours_per_day=read.hours("hours_per_day", HOURS_OF_A_DAY),
        seats_min=read.count("seats_min"), seats_max=read.count("seats_max"),
        starts_on=read.day("starts_on"), ends_on=read.day("ends_on"),
        decide_by=read.day("decide_by"),
        lang=read.chosen("lang", (code.key for code in LANGUAGES.codes)),
        host_id=read.chosen("host_id", known),
        components=tuple(parts), roles=tuple(roles),
    )  # fmt: skip


def _written(held: Mapping[str, Any]) -> int:
    """The last of the components in a form that has a title."""
    rows = takewhile(lambda number: f"part{number}_es" in held, count(1))
    return max((n for n in rows if held[f"part{n}_es"] or held.get(f"part{n}_en")), default=0)


def _held(course: Course) -> dict[str, Any]:
    """A course as its form holds it."""
    held: dict[str, Any] = {name: getattr(course, name) for name in PLAIN}
    held |= {name: written(getattr(course, name)) for name in (*COUNTS, "hours_per_day")}
    for name in DAYS:
        day = getattr(course, name)
        held[name] = write_date(day, locale.locale()) if day else ""
    held |= {"lang": course.lang or "", "host_id": course.host_id or ""}
    for number, (part, _provider) in enumerate(queries.components(course.id), start=1):
        held |= {f"part{number}_es": part.title_es, f"part{number}_en": part.title_en,
                 f"part{number}_by": part.provider_id or "",
                 f"part{number}_hours": written(part.hours)}  # fmt: skip
    for each, organisation in queries.roles(course.id):
        held.setdefault(f"role_{each.role}", []).append(organisation.id)
    return held


def _standing(held: Mapping[str, Any]) -> set[str]:
    """The organisations that a course names, whether they are still there or not."""
    parts = {held[name] for name in held if name.startswith("part") and name.endswith("_by")}
    roles = {each for role in ROLES for each in held.get(f"role_{role}", ())}
    return {each for each in {held["host_id"], *parts, *roles} if each}


@blueprint.route("/<course_id>/costs", methods=["GET", "POST"])
@guarded(Permission.COURSE_EDIT, load=queries.get)
def costs(course: Course) -> Response:
    """GET, POST /courses/<id>/costs: the grid, and from whom each line is expected."""
    tables.COURSE.after(course.state, "edit")
    read = Typed()
    wanted = _costs(read) if is_submitted() else {}
    status, errors, course = attempt(course, read, lambda: actions.set_costs(
        current_actor(), course, costs=wanted, revision=revision()))  # fmt: skip
    if status == 303:
        return done(url_of(course) + "#money", _("The costs were saved."))
    lang, saved = locale.lang(), _costs_held(course)
    held = typed(saved)
    return page(
        "courses/costs.html", status=status, course=course, errors=errors, work_form=True,
        typed=held, newer=newer(saved, status), lines=choices(COST_LINES, lang),
        payers=choices(PAYERS, lang),
        beside={line: range(TWICE, _payers_of(held, line) + 1) for line in LINE_KEYS},
    )  # fmt: skip


def _costs(read: Typed) -> dict[str, Cost]:
    """The lines with an amount."""
    found = {}
    for line in LINE_KEYS:
        amount, note = read.amount(f"amount-{line}"), read.words(f"note-{line}")
        chosen = [read.chosen(f"payer{n}-{line}", PAYER_KEYS) for n in _numbers(PAYER_KEYS)]
        if amount:
            found[line] = Cost(
                amount=amount, note=note, per_participant=f"each-{line}" in request.form,
                payers=tuple(dict.fromkeys(each for each in chosen if each)),
            )  # fmt: skip
    return found


def _numbers(of: Sequence[str]) -> range:
    return range(1, len(of) + 1)


def _payers_of(held: Mapping[str, Any], line: str) -> int:
    """Payers for which the form has room at a line: one more than stand there, while there are others."""
    chosen = [n for n in _numbers(PAYER_KEYS) if held.get(f"payer{n}-{line}")]
    return min(max(max(chosen, default=0) + 1, TWICE), len(PAYER_KEYS))


def _costs_held(course: Course) -> dict[str, Any]:
    """The grid as its form holds it; at first with the split of 2004."""
    grid, split = queries.costs(course.id), queries.split(course.id)
    held: dict[str, Any] = {}
    for line in LINE_KEYS:
        cost = grid.get(line)
        payers = split.get(line, []) if cost else apply_default_split([line])[line]
        held |= {f"payer{n}-{line}": payer for n, payer in enumerate(payers, start=1)}
        if cost:
            held |= {f"amount-{line}": written(cost.amount), f"note-{line}": cost.note}
            if cost.per_participant:
                held[f"each-{line}"] = "yes"
    return held
