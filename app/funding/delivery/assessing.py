"""How is it written down what participants answered before and after a course? Counted, never one by one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from sqlalchemy import delete, update

from app import clock
from app.audit import trail
from app.db.base import new_id
from app.db.changing import changed
from app.extensions import db
from app.formats.words import N_
from app.funding.courses.actions import Stale
from app.funding.delivery.codes import KINDS, SCALES
from app.funding.delivery.holding import hold
from app.funding.delivery.models import CourseEvaluation
from app.funding.delivery.numbers import average_of
from app.funding.delivery.queries import Held
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.refusal import Refusal
from app.workflow import tables

VERB = "assess"
NO_KIND = N_("Choose what the question measures.")
NO_QUESTION = N_("Write the question, in one of the languages at least.")
NO_ANSWERS = N_("Write how many answered, before or after the course.")
NO_AVERAGE = N_("Write the average of these answers, or how many gave each score.")
BEYOND = N_("The average lies between %(least)s and %(most)s.")
NOT_COUNTED = N_("Scores from 1 to 5 belong to no test; write its average.")
UNEQUAL = N_("The scores add up to %(sum)s answers, not to %(answers)s.")
CENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What was answered at one moment, as it was written."""

    answers: int = 0
    average: Decimal | None = None
    counts: tuple[int, ...] = ()
    """How many gave 1, 2, 3, 4 and 5; empty where that is not known."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """A question and what was answered, as it was written."""

    kind: str
    question_es: str
    question_en: str
    before: Measured
    after: Measured


def write(
    actor: Actor, held: Held, terms: Terms, *, found: CourseEvaluation | None = None,
    revision: int = 0,
) -> None:  # fmt: skip
    """Add a question with its answers, or rewrite one as its page saw it. Raises Refusal or Stale."""
    require(actor, Permission.DELIVERY_EDIT, held)
    held = hold(actor, held, VERB)
    values = _values(terms)
    values |= {"recorded_by": actor.person_id, "recorded_at": clock.now()}
    if found is None:
        db.session.add(CourseEvaluation(id=new_id(), course_id=held.id, revision=1, **values))
        db.session.flush()
    elif not changed(
        db.session(),
        update(CourseEvaluation)
        .where(CourseEvaluation.id == found.id, CourseEvaluation.revision == revision)
        .values(revision=revision + 1, **values)
        .execution_options(synchronize_session=False),
    ):
        raise Stale(tables.COURSE.name, held.course.state, VERB)
    trail.record(actor, "evaluation-written", subject=("course", held.id))


def remove(actor: Actor, held: Held, found: CourseEvaluation, *, revision: int) -> None:
    """Take a question out of the evaluation as its page saw it. Raises Stale or NotNow."""
    require(actor, Permission.DELIVERY_EDIT, held)
    held = hold(actor, held, VERB)
    removed = changed(
        db.session(),
        delete(CourseEvaluation)
        .where(CourseEvaluation.id == found.id, CourseEvaluation.revision == revision)
        .execution_options(synchronize_session=False),
    )
    if not removed:
        raise Stale(tables.COURSE.name, held.course.state, VERB)
    trail.record(actor, "evaluation-removed", subject=("course", held.id))


def _values(terms: Terms) -> dict[str, Any]:
    if terms.kind not in KINDS:
        raise Refusal(NO_KIND, field="kind")
    if not (terms.question_es or terms.question_en):
        raise Refusal(NO_QUESTION, field="question_es")
    values = {
        "kind": terms.kind,
        "question_es": terms.question_es,
        "question_en": terms.question_en,
    }
    for moment in ("before", "after"):
        values |= _measured(terms.kind, moment, getattr(terms, moment))
    if not (values["before_answers"] or values["after_answers"]):
        raise Refusal(NO_ANSWERS, field="after_answers")
    return values


def _measured(kind: str, moment: str, told: Measured) -> dict[str, Any]:
    answers, average = told.answers, told.average
    if any(told.counts):
        if SCALES[kind] != (1, 5):
            raise Refusal(NOT_COUNTED, field=f"{moment}_score_1")
        counted, scores = average_of(told.counts)
        if answers and answers != counted:
            raise Refusal(UNEQUAL, field=f"{moment}_answers", sum=counted, answers=answers)
        answers = counted
        average = (Decimal(scores) / counted).quantize(CENT, rounding=ROUND_HALF_EVEN)
    elif answers and average is None:
        raise Refusal(NO_AVERAGE, field=f"{moment}_average")
    elif not answers:
        average = None
    least, most = SCALES[kind]
    if average is not None and not least <= average <= most:
        raise Refusal(BEYOND, field=f"{moment}_average", least=least, most=most)
    return {
        f"{moment}_answers": answers,
        f"{moment}_average": average,
        f"{moment}_counts": list(told.counts) if any(told.counts) else None,
    }
