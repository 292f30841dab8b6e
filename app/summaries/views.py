"""Which pages lead a need to sponsors, for the Secretariat and for the country it comes from?"""

from __future__ import annotations

import json

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from app.formats.words import N_
from app.needs.exports import theme_words
from app.needs.preview import hash_of
from app.policy.permissions import Permission
from app.summaries import (
    actions,
    beginnings,
    contents,
    follow_needs,
    names,
    period,
    queries,
    relaying,
    sending,
)
from app.summaries import mail as mail
from app.summaries.groups import actions as group_actions
from app.summaries.groups import asked_names as asked_names
from app.summaries.groups import following as following
from app.summaries.groups import queries as groups
from app.summaries.models import SummaryChange, SummaryQuestion
from app.summaries.queries import Candidate, OpenedSummary
from app.web import locale
from app.web.asked import said, unknown
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.navigation import Entry, Under
from app.web.page import done, page
from app.web.states import state_words
from app.workflow.machine import NotNow
from app.workflow.tables import SUMMARY

__all__ = ["NAV", "blueprint", "follow_needs", "following", "mail"]

blueprint = Blueprint("summaries", __name__, url_prefix="/summaries")
NAV = (Entry("summaries.index", N_("Sponsors"), Permission.SUMMARY_PREPARE),
       Entry("received.index", N_("Summaries"), Permission.SUMMARY_READ),
       Under("/summaries", ("summaries.index", "needs.index")))  # fmt: skip
BEGIN = "begin"
"""Asks the page of a summary for words to begin with; its value is the offer whose words are taken."""
KINDS = {"translation": N_("translation"), "generalisation": N_("generalisation")}
SHOWN_KINDS = {**KINDS, actions.MADE_OTHERWISE: N_("not quite as previewed"),
               group_actions.KIND: N_("in the summary of a group")}  # fmt: skip


@blueprint.get("")
@guarded(Permission.SUMMARY_PREPARE)
def index() -> Response:
    """GET /summaries: accepted needs that may go to sponsors, and how far each is."""
    state = request.args.get("state", "")
    states = state_words(SUMMARY)
    state = state if state in states else ""
    found = queries.list_for_secretariat(
        current_actor(), state, request.args.get("after", "")[:400]
    )
    return page("summaries/list.html", block="results", found=found, state=state,
                aside=said(unknown({"state": states})),
                states=list(states.items()),
                theme_words=theme_words)  # fmt: skip


@blueprint.post("/of/<need_id>")
@guarded(Permission.SUMMARY_PREPARE, load=queries.candidate)
def prepare(candidate: Candidate) -> Response:
    """POST /summaries/of/<need>: make the summary of an accepted need."""
    summary = actions.prepare(current_actor(), candidate)
    return done(url_for("summaries.show", summary_id=summary.id))


@blueprint.get("/of/<need_id>")
@guarded(Permission.SUMMARY_LOG_READ, load=queries.of_need)
def of_need(found: OpenedSummary | Candidate) -> Response:
    """GET /summaries/of/<need>: what became of a need among sponsors; before that, its preparing."""
    if isinstance(found, OpenedSummary):
        return show_page(found)
    return page("summaries/preparing.html", need=found)


@blueprint.get("/routings/<routing_id>")
@guarded(Permission.SUMMARY_PREPARE, load=queries.of_routing)
def of_routing(opened: OpenedSummary) -> Response:
    """GET /summaries/routings/<id>: where a message about a sponsor's answer leads."""
    grouping_id = groups.of_routing(str((request.view_args or {})["routing_id"]))
    if grouping_id is not None:
        return done(url_for("summaries.group", grouping_id=grouping_id))
    return show_page(opened)


@blueprint.get("/<summary_id>")
@guarded(Permission.SUMMARY_LOG_READ, load=queries.get)
def show(opened: OpenedSummary) -> Response:
    """GET /summaries/<id>: what a sponsor reads, to whom it went, what they answered."""
    return show_page(opened)


def show_page(
    opened: OpenedSummary, *, errors: list[tuple[str, str]] | None = None, answered: str = ""
) -> Response:
    """The page of a summary, for either side; `answered` is the question whose answer was refused."""
    actor, summary = current_actor(), opened.summary
    waiting = queries.open_change(summary)
    is_st = actor.is_secretariat
    sponsors = queries.sponsors() if is_st else []
    changes = queries.changes(summary)
    in_group = queries.in_group(summary.need_id) if is_st else None
    return page(
        "summaries/show.html", status=422 if errors else 200, opened=opened, summary=summary,
        in_group=in_group, part=next((each for each in changes if each.grouping_id and not each.decision), None),
        content=json.loads(summary.preview), waiting=waiting, errors=errors or [],
        period=waiting
        and period.counted(waiting, opened.organisation.zone, locale.lang()),
        changes=changes, log=queries.log(summary), answered=answered,
        questions=queries.questions(summary) if is_st else [],
        relays=relaying.of_summary(opened), begun=request.args.get("words", ""),
        requests=names.requests_of(summary), decisions=names.decisions_of(summary),
        sponsors=sponsors, own_side=sending.of_own_side(opened, sponsors), typed=request.form,
        may_take_silence=is_st and actions.may_take_silence(opened, waiting),
        kinds=SHOWN_KINDS,
        may_change=SUMMARY.may(summary.state, "change"),
        may_send=SUMMARY.may(summary.state, "send")
        and in_group is None
        and sending.is_in_force(summary, opened.dossier),
        beginnings=beginnings.of(opened) if is_st and BEGIN in request.args else None,
        begin=request.args.get(BEGIN, ""),
    )  # fmt: skip


@blueprint.route("/<summary_id>/change", methods=["GET", "POST"])
@guarded(Permission.SUMMARY_PREPARE, load=queries.get)
def change(opened: OpenedSummary) -> Response:
    """GET, POST /summaries/<id>/change: translate or generalise, and ask the country."""
    SUMMARY.after(opened.summary.state, "change")
    if not is_submitted():
        return _change_page(opened)
    try:
        actions.change(
            current_actor(), opened, kind=_kind(), words=_words(opened), note=request.form.get("note", ""),
            left_out=frozenset(request.form.getlist("left_out")),
        )  # fmt: skip
    except Refusal as refusal:
        return _change_page(opened, error=(refusal.field or "note", refusal.say()))
    return done(url_for("summaries.show", summary_id=opened.id),
                _("The country was asked. Five working days run for its word."))  # fmt: skip


def _kind() -> str:
    kind = request.form.get("kind", "")
    if kind not in KINDS:
        raise Refusal(N_("Say what kind of change this is."), field="kind")
    return kind


def _words(opened: OpenedSummary) -> dict[str, dict[str, str]]:
    """The words typed for free texts, and for other answers whose box "generalise" is ticked."""
    generalised = request.form.getlist("generalise")
    words: dict[str, dict[str, str]] = {}
    for item in contents.items(json.loads(opened.summary.preview)):
        key = item["key"]
        if "value" in item and (item.get("is_free_text") or key in generalised):
            words[key] = {lang: request.form.get(f"words.{key}.{lang}", "")
                          for lang in contents.LANGUAGES}  # fmt: skip
            for lang, text in words[key].items():
                if key in generalised and not text.strip():
                    raise Refusal(N_("Write the general words in both languages."),
                                  field=f"words.{key}.{lang}")  # fmt: skip
    return words


def _change_page(opened: OpenedSummary, error: tuple[str, str] | None = None) -> Response:
    return page(
        "summaries/change.html", status=422 if error else 200, opened=opened,
        content=json.loads(opened.summary.preview), typed=request.form, work_form=True,
        errors=[error] if error else [], kinds=[(key, _(words)) for key, words in KINDS.items()],
        left_out=request.form.getlist("left_out"),
        generalised=request.form.getlist("generalise"),
    )  # fmt: skip


@blueprint.route("/<summary_id>/decision", methods=["GET", "POST"])
@guarded(Permission.SUMMARY_DECIDE, load=queries.get)
def decision(opened: OpenedSummary) -> Response:
    """GET, POST /summaries/<id>/decision: the country's word on a changed preview."""
    waiting = queries.open_change(opened.summary)
    if waiting is None:
        raise NotNow("summary", opened.summary.state, "decide")
    error, status = None, 200
    if is_submitted():
        try:
            _decide(opened, waiting)
        except Refusal as refusal:
            error, status = (refusal.field or "decision", refusal.say()), refusal.status
        else:
            return done(
                url_for("summaries.show", summary_id=opened.id), _("Your word was recorded.")
            )
    before, after = json.loads(waiting.before), json.loads(waiting.after)
    return page("summaries/decision.html", status=status, opened=opened, waiting=waiting,
                before=before, content=after, after_hash=hash_of(after), work_form=True,
                differences=contents.differences(before, after) if before["sections"] else [],
                period=period.counted(waiting, opened.organisation.zone, locale.lang()),
                errors=[error] if error else [], typed=request.form, kinds=SHOWN_KINDS)  # fmt: skip


def _decide(opened: OpenedSummary, waiting: SummaryChange) -> None:
    seen = request.form.get("change", ""), request.form.get("after", "")
    if not actions.is_of(waiting, *seen):
        raise Refusal(
            N_("The Secretariat changed it again after you opened this page. Read it again, please: "
               "this is what waits for your word now."), status=409)  # fmt: skip
    chosen = request.form.get("decision", "")
    if chosen not in ("consented", "objected", "withheld"):
        raise Refusal(N_("Choose an answer."), field="decision")
    actions.decide(current_actor(), opened, waiting, decision=chosen,
                   reason=request.form.get("reason", ""))  # fmt: skip


@blueprint.post("/<summary_id>/silence")
@guarded(Permission.SUMMARY_PREPARE, load=queries.get)
def silence(opened: OpenedSummary) -> Response:
    """POST /summaries/<id>/silence: go on after five working days without a word."""
    actions.take_silence(current_actor(), opened)
    return done(url_for("summaries.show", summary_id=opened.id), _("Recorded as silence."))


@blueprint.post("/<summary_id>/routings")
@guarded(Permission.SUMMARY_ROUTE, load=queries.get)
def send(opened: OpenedSummary) -> Response:
    """POST /summaries/<id>/routings: send to chosen sponsors, with the reason."""
    try:
        sending.route(current_actor(), opened, why=request.form.get("why", ""),
                      sponsor_ids=request.form.getlist("sponsors"),
                      own_side_confirmed="own_side" in request.form)  # fmt: skip
    except Refusal as refusal:
        if refusal.field is None:
            raise
        return _undone(opened, refusal)
    return done(
        url_for("summaries.show", summary_id=opened.id),
        _("Sent. Openings and answers appear here."),
    )


@blueprint.post("/<summary_id>/recall")
@guarded(Permission.SUMMARY_ROUTE, load=queries.get)
def recall(opened: OpenedSummary) -> Response:
    """POST /summaries/<id>/recall: take it back from every sponsor."""
    try:
        sending.recall(current_actor(), opened, reason=request.form.get("reason", ""))
    except Refusal as refusal:
        return _undone(opened, refusal)
    return done(url_for("summaries.show", summary_id=opened.id), _("Recalled from every sponsor."))


def _undone(opened: OpenedSummary, refusal: Refusal) -> Response:
    return show_page(opened, errors=[(refusal.field or "why", refusal.say())])


@blueprint.post("/questions/<question_id>/relay")
@guarded(Permission.SUMMARY_ROUTE, load=queries.question)
def pass_on(question: SummaryQuestion) -> Response:
    """POST /summaries/questions/<id>/relay: the Secretariat asks the country."""
    opened = queries.of_routing(current_actor(), question.routing_id)
    try:
        relaying.pass_on(current_actor(), opened, question, note=request.form.get("note", ""))
    except Refusal as refusal:
        if refusal.field is None:
            raise
        return show_page(opened, errors=[(f"note-{question.id}", refusal.say())],
                         answered=question.id)  # fmt: skip
    return done(url_for("summaries.show", summary_id=opened.id) + "#questions",
                _("The country was asked."))  # fmt: skip


@blueprint.post("/questions/<question_id>/answer")
@guarded(Permission.SUMMARY_ROUTE, load=queries.question)
def answer_question(question: SummaryQuestion) -> Response:
    """POST /summaries/questions/<id>/answer: the Secretariat answers a sponsor."""
    opened = queries.of_routing(current_actor(), question.routing_id)
    try:
        sending.answer_question(current_actor(), question, text=request.form.get("answer", ""))
    except Refusal as refusal:
        if refusal.field is None:
            raise
        return show_page(opened, errors=[(f"answer-{question.id}", refusal.say())],
                         answered=question.id)  # fmt: skip
    return done(url_for("summaries.show", summary_id=opened.id) + "#questions",
                _("Answered. The sponsor was told."))  # fmt: skip
