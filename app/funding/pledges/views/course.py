"""What does the page of a course show: what it is, who takes part, what is covered, who was asked?"""

from __future__ import annotations

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.funding.courses import asking, parts, queries, sheets, standing
from app.funding.courses.following import CHANGEABLE
from app.funding.courses.lists import LANGUAGES, ROLES
from app.funding.courses.models import Course
from app.funding.courses.reading import revision
from app.funding.courses.views.pages import blueprint
from app.funding.pledges import carrying, lacking
from app.funding.pledges import queries as pledges
from app.funding.pledges.actions import TAKING
from app.funding.pledges.shown import shown
from app.needs.preview import hash_of
from app.policy.permissions import Permission
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page
from app.workflow.tables import COURSE


@blueprint.get("/<course_id>")
@guarded(Permission.COURSE_READ, load=queries.get)
def show(course: Course) -> Response:
    """GET /courses/<id>: one course."""
    actor, lang = current_actor(), locale.lang()
    stands, grid = standing.of_course(course.id), queries.costs(course.id)
    host = queries.host(course)
    newest = queries.newest_sheet(course.id) if actor.is_secretariat else None
    own = pledges.undecided(actor, course.id)
    is_host = course.host_id == actor.organisation_id
    is_st = actor.is_secretariat
    word = queries.host_word(course) if is_host or is_st else None
    roles, components = queries.roles(course.id), queries.components(course.id)
    asked = parts.among(course.id, roles, components) if is_st else []
    is_older = newest is not None and newest.hash != hash_of(sheets.build(actor, course))
    return page(
        "courses/show.html", course=course, lang_name=_language(course.lang, lang),
        host=host.name(lang) if host else "", components=components,
        roles=[(ROLES[each.role], one.name(lang)) for each, one in roles
               if each.role != "host" and not (is_st and each.role in parts.ROLES)],
        parts=asked, role_words=ROLES,
        lacking=lacking.of(course, stands, asked) if is_st and course.state in TAKING else [],
        asks=[] if is_st else asking.of_course(actor, course.id),
        words=asking.words_of(course.id) if is_st else {},
        seats=queries.seats(actor, course.id),
        money=shown(stands, queries.split(course.id), pledges.by_payer(course.id),
                    [line for line, cost in grid.items() if cost.per_participant])
        if stands.lines else None,
        per_participant=stands.per_participant(course.seats),
        pledges=pledges.of_course(actor, course.id),
        log=queries.invitations(course.id) if is_st else [],
        is_older=is_older, is_sent=newest is not None, own=own,
        step=lacking.next_step(course, is_older=is_older, has_costs=bool(grid)) if is_st else None,
        may_edit=COURSE.may(course.state, "edit"), may_cancel=COURSE.may(course.state, "cancel"),
        may_replicate=COURSE.may(course.state, "replicate"),
        original=queries.replicated(actor, course), replicas=queries.replicas(actor, course),
        may_pledge=course.state in TAKING and (actor.is_secretariat or is_host),
        is_host=is_host, may_name=is_host and course.state in CHANGEABLE,
        is_named=(is_host or is_st) and queries.agreed_by(course, word), word=word,
    )  # fmt: skip


def _language(code: str | None, lang: str) -> str:
    return LANGUAGES.label(code, lang) if code else ""


@blueprint.route("/<course_id>/cancellation", methods=["GET", "POST"])
@guarded(Permission.COURSE_EDIT, load=queries.get)
def cancel(course: Course) -> Response:
    """GET, POST /courses/<id>/cancellation: cancel it, with the reason."""
    COURSE.after(course.state, "cancel")
    errors: list[tuple[str, str]] = []
    if is_submitted():
        try:
            carrying.cancel(current_actor(), course, reason=request.form.get("reason", ""),
                            to_sponsors=request.form.get("to_sponsors", ""), revision=revision())  # fmt: skip
        except Refusal as refusal:
            errors = [(refusal.field or "reason", refusal.say())]
        else:
            return done(
                url_for("courses.show", course_id=course.id), _("The course was cancelled.")
            )
    return page("courses/cancel.html", status=422 if errors else 200, course=course, errors=errors,
                typed=request.form, is_sent=course.state != COURSE.initial)  # fmt: skip
