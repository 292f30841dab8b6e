"""Where is it written down and read what participants answered before and after?"""

from __future__ import annotations

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from app.formats.words import N_
from app.funding.delivery import assessing, queries
from app.funding.delivery.codes import FEW, KINDS
from app.funding.delivery.forms import SCORES, EvaluationForm, written_evaluation
from app.funding.delivery.queries import Held, Part
from app.funding.delivery.views.pages import PAGES, blueprint, may_write
from app.funding.delivery.views.parts import PartPages
from app.policy.permissions import Permission
from app.web.guard import guarded
from app.web.page import page


@blueprint.get("/courses/<course_id>/evaluation")
@guarded(Permission.COURSE_READ, load=queries.get)
def evaluation(held: Held) -> Response:
    """GET /courses/<id>/evaluation: what was answered before and after, question by question."""
    return page(
        "delivery/evaluation.html", held=held, course=held.course, pages=PAGES, kinds=KINDS,
        evaluations=queries.evaluations(held.id), few=FEW,
        may_write=may_write(held, assessing.VERB, Permission.DELIVERY_EDIT),
    )  # fmt: skip


@blueprint.route("/courses/<course_id>/evaluation/new", methods=["GET", "POST"])
@guarded(Permission.DELIVERY_EDIT, load=queries.to_write)
def new_question(held: Held) -> Response:
    """GET, POST /courses/<id>/evaluation/new: a further question."""
    return QUESTIONS.answer(held)


@blueprint.route("/courses/questions/<evaluation_id>", methods=["GET", "POST"])
@guarded(Permission.DELIVERY_EDIT, load=queries.evaluation_to_write)
def question(part: Part) -> Response:
    """GET, POST /courses/questions/<id>: one question and its answers."""
    return QUESTIONS.answer(part.held, part.record)


@blueprint.post("/courses/questions/<evaluation_id>/removal")
@guarded(Permission.DELIVERY_EDIT, load=queries.evaluation_to_write)
def remove_question(part: Part) -> Response:
    """POST /courses/questions/<id>/removal: take it out of the evaluation."""
    return QUESTIONS.take_out(part)


def _around(held: Held, _found: Any) -> dict[str, Any]:
    kinds = [(key, _(label)) for key, label in KINDS.items()]
    return {"scores": SCORES, "few": FEW, "kinds": kinds}


QUESTIONS = PartPages(
    verb=assessing.VERB, template="delivery/question.html", place="evaluation",
    address=lambda found: url_for("delivery.question", evaluation_id=found.id),
    form=EvaluationForm, written=written_evaluation, write=assessing.write,
    remove=assessing.remove, saved=N_("The question was saved."),
    removed=N_("The question was taken out of the evaluation."), around=_around,
)  # fmt: skip
