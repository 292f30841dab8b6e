"""Which courses are there, and how does a new one begin?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response, request
from flask_babel import gettext as _

from app.funding.courses import actions, queries
from app.funding.courses.models import Course
from app.funding.courses.reading import Typed
from app.funding.courses.views.pages import at_its_place, blueprint, typed, url_of
from app.groups import queries as groups
from app.policy.permissions import Permission
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page
from app.web.states import state_words
from app.workflow.tables import COURSE

MOST = 100
"""Needs of one course."""


@blueprint.get("")
@guarded(Permission.COURSE_READ)
def index() -> Response:
    """GET /courses: courses, the newest first."""
    state, states = request.args.get("state", ""), state_words(COURSE)
    state = state if state in states else ""
    found = queries.list_courses(current_actor(), state, request.args.get("after", "")[:400])
    return page("courses/list.html", block="results", found=found, state=state,
                is_first="after" not in request.args, states=list(states.items()))  # fmt: skip


@blueprint.route("/new", methods=["GET", "POST"])
@guarded(Permission.COURSE_EDIT)
def new() -> Response:
    """GET, POST /courses/new: a plan, of chosen needs or of none."""
    errors: dict[str, str] = {}
    if is_submitted():
        read = Typed()
        titles = {name: read.words(name) for name in ("title_es", "title_en")}
        errors = read.errors
        if not errors:
            try:
                course = actions.create(
                    current_actor(), title_es=titles["title_es"], title_en=titles["title_en"], need_ids=request.form.getlist("needs")[:MOST],
                    as_in_2004="as_in_2004" in request.form)  # fmt: skip
            except Refusal as refusal:
                errors = at_its_place(refusal)
            else:
                made = _("The course was made. Only the Secretariat sees it.")
                return done(url_of(course), " ".join((made, *_without_seats(course))))
    chosen, titles = _begun_with()
    return page(
        "courses/new.html", status=422 if errors else 200, errors=errors, work_form=True,
        typed=typed({"as_in_2004": "yes", **titles}),
        chosen=request.form.getlist("needs") if is_submitted() else chosen,
        needs=(needs := _needs(chosen)), left=_left(needs), group=request.args.get("group", ""),
    )  # fmt: skip


def _begun_with() -> tuple[list[str], dict[str, str]]:
    """The needs of which the address says that it is made, and titles: of a group, all that it holds."""
    if not (group_id := request.args.get("group", "")):
        return request.args.getlist("need"), {}
    group = groups.get(current_actor(), group_id)
    needs = [each.need_id for each in groups.members(group.id) if each.is_in_force]
    return needs, {"title_es": group.name.es, "title_en": group.name.en}


def _without_seats(course: Course) -> Iterator[str]:
    """Who was chosen and got no seats, and why; nobody is left out in silence."""
    given = {row.need_id for row in queries.seats(current_actor(), course.id)}
    chosen = [need for need in request.form.getlist("needs")[:MOST] if need not in given]
    rows = queries.needs_to_choose(current_actor(), chosen) if chosen else []
    for row in sorted(rows, key=lambda row: row.reference):
        name = row.name_en if locale.lang() == "en" else row.name_es
        yield _("%(need)s got no seats: other courses give it all that it asks for.",
                need=f"{name}, {row.reference}")  # fmt: skip


def _needs(chosen: list[str]) -> list[Any]:
    """What the form offers: the needs with which it begins, and then the newest others."""
    actor = current_actor()
    first = queries.needs_to_choose(actor, chosen) if chosen else []
    known = {row.need_id for row in first}
    others = [row for row in queries.needs_to_choose(actor) if row.need_id not in known]
    return [*first, *others]


def _left(needs: list[Any]) -> dict[str, int]:
    """Need -> the seats that no course gives it yet."""
    given = queries.given_elsewhere([row.need_id for row in needs], "")
    return {row.need_id: max(row.asked - given.get(row.need_id, 0), 0) for row in needs}
