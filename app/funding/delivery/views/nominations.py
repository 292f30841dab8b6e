"""Where does a delegation say whom it sends, and where is that read?"""

from __future__ import annotations

from flask import Response
from flask_babel import gettext as _

from app.funding.courses.lists import choices
from app.funding.delivery import nominating, queries
from app.funding.delivery.codes import PROFILES
from app.funding.delivery.forms import SEXES, NominationForm, written_nomination
from app.funding.delivery.numbers import add_up
from app.funding.delivery.queries import Held
from app.funding.delivery.views.pages import PAGES, attempt, blueprint, may_write, typed, url
from app.policy.permissions import Permission
from app.web import locale
from app.web.guard import current_actor, guarded
from app.web.newer import newer
from app.web.page import done, page
from app.workflow import tables

SPARE = 2
"""Empty rows below those that are filled."""


@blueprint.get("/courses/<course_id>/nominations")
@guarded(Permission.COURSE_READ, load=queries.get)
def nominations(held: Held) -> Response:
    """GET /courses/<id>/nominations: how many each delegation sends, as far as one may know."""
    actor, lang = current_actor(), locale.lang()
    turnouts = queries.turnouts(actor, held, lang)
    known = [each.organisation_id for each in turnouts if each.nominated is not None]
    rows: dict[str, list[object]] = {}
    for row in queries.nomination_rows(held, known):
        rows.setdefault(row.organisation_id, []).append(row)
    return page(
        "delivery/nominations.html", held=held, course=held.course, pages=PAGES, turnouts=turnouts,
        rows=rows, totals=add_up(turnouts), profiles=dict(choices(PROFILES, lang)),
        may_write=may_write(held, nominating.VERB, Permission.NOMINATE), own_id=actor.organisation_id,
    )  # fmt: skip


@blueprint.route("/courses/<course_id>/nomination", methods=["GET", "POST"])
@guarded(Permission.NOMINATE, load=queries.with_seats)
def nominate(held: Held) -> Response:
    """GET, POST /courses/<id>/nomination: whom the own delegation sends."""
    tables.COURSE.after(held.course.state, nominating.VERB)
    actor, form = current_actor(), NominationForm()
    status, errors = attempt(form, lambda: nominating.nominate(
        actor, held, form.rows(), host_told=bool(form["host_told"].data),
        revision=form.revision.data))  # fmt: skip
    if status == 303:
        return done(url("nominations", held), _("Your nomination was saved."))
    found, rows = queries.nomination(actor, held)
    first = written_nomination(rows, host_told=bool(found and found.host_told))
    shown = min(max(len(rows) + SPARE, 3), nominating.ROWS)
    if errors or status != 200:
        shown = nominating.ROWS
    return page(
        "delivery/nominate.html", status=status, held=held, course=held.course, errors=errors,
        typed=typed(first), newer=newer(first, status), revision=found.revision if found else 0, work_form=True, numbers=range(1, shown + 1), sexes=SEXES,
        profiles=choices(PROFILES, locale.lang()), is_host=queries.is_host(actor, held.course),
    )  # fmt: skip
