"""Which courses are there, and how does a new one begin?"""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_babel import gettext as _

from app.funding.courses import actions, queries
from app.funding.courses.reading import Typed
from app.funding.courses.views.pages import at_its_place, blueprint, typed, url_of
from app.groups import queries as groups
from app.policy.permissions import Permission
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page
from app.web.states import state_words
from app.workflow.tables import COURSE


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
                    current_actor(), title_es=titles["title_es"], title_en=titles["title_en"], need_ids=request.form.getlist("needs")[:100],
                    as_in_2004="as_in_2004" in request.form)  # fmt: skip
            except Refusal as refusal:
                errors = at_its_place(refusal)
            else:
                return done(url_of(course), _("The course was made. Only the Secretariat sees it."))
    chosen, titles = _begun_with()
    return page(
        "courses/new.html", status=422 if errors else 200, errors=errors, work_form=True,
        typed=typed({"as_in_2004": "yes", **titles}),
        chosen=request.form.getlist("needs") if is_submitted() else chosen,
        needs=_needs(chosen), group=request.args.get("group", ""),
    )  # fmt: skip


def _begun_with() -> tuple[list[str], dict[str, str]]:
    """The needs of which the address says that it is made, and titles: of a group, all that it holds."""
    if not (group_id := request.args.get("group", "")):
        return request.args.getlist("need"), {}
    group = groups.get(current_actor(), group_id)
    needs = [each.need_id for each in groups.members(group.id) if each.is_in_force]
    return needs, {"title_es": group.name.es, "title_en": group.name.en}


def _needs(chosen: list[str]) -> list[Any]:
    """What the form offers: the needs with which it begins, and then the newest others."""
    actor = current_actor()
    first = queries.needs_to_choose(actor, chosen) if chosen else []
    known = {row.need_id for row in first}
    others = [row for row in queries.needs_to_choose(actor) if row.need_id not in known]
    return [*first, *others]
