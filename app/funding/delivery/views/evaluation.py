"""Where is it written down and read what participants answered before and after?"""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from app.funding.delivery import assessing, queries
from app.funding.delivery.codes import FEW, KINDS
from app.funding.delivery.forms import SCORES, EvaluationForm, written_evaluation
from app.funding.delivery.models import CourseEvaluation
from app.funding.delivery.queries import Held, Part
from app.funding.delivery.views.pages import PAGES, attempt, blueprint, typed, url
from app.policy.engine import allowed
from app.policy.permissions import Permission
from app.web.guard import current_actor, guarded
from app.web.newer import newer
from app.web.page import done, page
from app.workflow import tables


@blueprint.get("/courses/<course_id>/evaluation")
@guarded(Permission.COURSE_READ, load=queries.get)
def evaluation(held: Held) -> Response:
    """GET /courses/<id>/evaluation: what was answered before and after, question by question."""
    may_write = tables.COURSE.may(held.course.state, assessing.VERB) and allowed(
        current_actor(), Permission.DELIVERY_EDIT, held
    )
    return page(
        "delivery/evaluation.html", held=held, course=held.course, pages=PAGES, kinds=KINDS,
        evaluations=queries.evaluations(held.id), few=FEW, may_write=may_write,
    )  # fmt: skip


@blueprint.route("/courses/<course_id>/evaluation/new", methods=["GET", "POST"])
@guarded(Permission.DELIVERY_EDIT, load=queries.to_write)
def new_question(held: Held) -> Response:
    """GET, POST /courses/<id>/evaluation/new: a further question."""
    return _form(held, None)


@blueprint.route("/courses/questions/<evaluation_id>", methods=["GET", "POST"])
@guarded(Permission.DELIVERY_EDIT, load=queries.evaluation_to_write)
def question(part: Part) -> Response:
    """GET, POST /courses/questions/<id>: one question and its answers."""
    return _form(part.held, part.record)


@blueprint.post("/courses/questions/<evaluation_id>/removal")
@guarded(Permission.DELIVERY_EDIT, load=queries.evaluation_to_write)
def remove_question(part: Part) -> Response:
    """POST /courses/questions/<id>/removal: take it out of the evaluation."""
    assessing.remove(current_actor(), part.held, part.record)
    return done(url("evaluation", part.held), _("The question was taken out of the evaluation."))


def _form(held: Held, found: CourseEvaluation | None) -> Response:
    tables.COURSE.after(held.course.state, assessing.VERB)
    form = EvaluationForm()
    status, errors = attempt(form, lambda: assessing.write(
        current_actor(), held, form.terms(), evaluation=found, revision=form.revision.data))  # fmt: skip
    if status == 303:
        return done(url("evaluation", held), _("The question was saved."))
    first: dict[str, Any] = written_evaluation(found) if found else {}
    return page(
        "delivery/question.html", status=status, held=held, course=held.course, found=found,
        errors=errors, typed=typed(first), newer=newer(first, status), work_form=True, scores=SCORES, few=FEW,
        kinds=[(key, _(label)) for key, label in KINDS.items()],
    )  # fmt: skip
