"""Which pages lead a group of needs to sponsors, for the Secretariat?"""

from __future__ import annotations

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.formats.words import N_
from app.groups import queries as need_groups
from app.groups.facts import format_of
from app.groups.queries import OpenedGroup
from app.policy.permissions import Permission
from app.summaries import queries as single
from app.summaries import relaying
from app.summaries import sending as alone
from app.summaries.groups import actions, parts, queries, sending, summing
from app.summaries.groups.queries import Opened
from app.summaries.models import SummaryQuestion
from app.summaries.views import blueprint
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page
from app.workflow.tables import GROUPING

NO_COUNTRY = N_("Choose at least one country.")


@blueprint.route("/of-group/<group_id>", methods=["GET", "POST"])
@guarded(Permission.SUMMARY_PREPARE, load=need_groups.get)
def of_group(group: OpenedGroup) -> Response:
    """GET, POST /summaries/of-group/<group>: whom would be asked, and asking them."""
    if is_submitted():
        record = actions.prepare(current_actor(), group)
        if record is None:
            return done(url_for("summaries.of_group", group_id=group.id),
                        _("Countries were asked about their needs' own summaries first. Prepare the "
                          "group's once they have answered."))  # fmt: skip
        return done(url_for("summaries.group", grouping_id=record.id),
                    _("The countries were asked, each about its own part."))  # fmt: skip
    grouping_id = queries.current(group)
    if grouping_id is not None:
        return done(url_for("summaries.group", grouping_id=grouping_id))
    members = queries.members(group)
    return page("summaries/groups/prepare.html", group=group, members=members,
                may_prepare=group.group.state == "open" and actions.are_several(members))  # fmt: skip


@blueprint.get("/groups/<grouping_id>")
@guarded(Permission.SUMMARY_PREPARE, load=queries.get)
def group(opened: Opened) -> Response:
    """GET /summaries/groups/<id>: who agreed, what sponsors read, and what they answered."""
    return _show(opened)


def _show(opened: Opened, refusal: Refusal | None = None, at: str = "") -> Response:
    """The page, with what was refused; `at` is the field that shows it."""
    record, form = opened.record, format_of(opened.group.call.id)
    asked = queries.asked(current_actor(), opened.id)
    members = parts.parts(asked, form)
    is_group = record.released_id is not None or summing.is_group(members)
    content = sending.content_now(record, members, form) if is_group else None
    sponsors = single.sponsors() if GROUPING.may(record.state, "send") else []
    questions = queries.questions(record)
    silent, waiting = actions.silent(asked), [a for a in asked if a.change.decision is None]
    return page(
        "summaries/groups/show.html", status=refusal.status if refusal else 200, opened=opened,
        record=record, asked=asked, country_of={a.organisation_id: a for a in asked}, content=content, silent=silent, waiting=waiting,
        sponsors=sponsors, log=queries.log(record), told=queries.told(record),
        own_side=sending.of_own_side(members, content, sponsors) if content else [],
        late=_late(opened, asked), said=queries.words_about_names(record), questions=questions, most=queries.SHOWN,
        relays=queries.relays([row.SummaryQuestion.id for row in questions]), typed=request.form,
        errors=[(at or refusal.field or "why", refusal.say())] if refusal else [],
        may_send=bool(content) and not waiting and bool(sponsors),
    )  # fmt: skip


def _late(opened: Opened, asked: list[queries.Asked]) -> list[queries.Member]:
    """The needs of the group that were not free when it was prepared and are now."""
    if opened.record.state == "ended":
        return []
    among = {each.opened.dossier.id for each in asked}
    return [each for each in queries.members(opened.group)
            if not each.why and each.candidate.dossier.id not in among]  # fmt: skip


@blueprint.post("/groups/<grouping_id>/silence")
@guarded(Permission.SUMMARY_PREPARE, load=queries.get)
def group_silence(opened: Opened) -> Response:
    """POST /summaries/groups/<id>/silence: go on after five working days without a word."""
    actions.take_silence(current_actor(), opened)
    return _done(opened, _("Recorded as silence."))


@blueprint.post("/groups/<grouping_id>/routings")
@guarded(Permission.SUMMARY_ROUTE, load=queries.get)
def group_send(opened: Opened) -> Response:
    """POST /summaries/groups/<id>/routings: send to chosen sponsors, with the reason."""
    try:
        sending.route(current_actor(), opened, why=request.form.get("why", ""),
                      sponsor_ids=request.form.getlist("sponsors"),
                      own_side_confirmed="own_side" in request.form)  # fmt: skip
    except Refusal as refusal:
        if refusal.field is None:
            raise
        return _show(opened, refusal)
    return _done(opened, _("Sent. Openings and answers appear here."))


@blueprint.post("/groups/<grouping_id>/end")
@guarded(Permission.SUMMARY_ROUTE, load=queries.get)
def group_end(opened: Opened) -> Response:
    """POST /summaries/groups/<id>/end: take it back, or ask no further."""
    try:
        sending.end(current_actor(), opened, reason=request.form.get("reason", ""))
    except Refusal as refusal:
        return _show(opened, refusal)
    return _done(opened, _("It is over. The group's summary can be prepared anew."))


@blueprint.post("/groups/questions/<question_id>/relay")
@guarded(Permission.SUMMARY_ROUTE, load=queries.question)
def group_pass_on(question: SummaryQuestion) -> Response:
    """POST /summaries/groups/questions/<id>/relay: ask the countries that were chosen."""
    actor, opened = current_actor(), _of(question)
    place = f"countries-{question.id}"
    chosen = request.form.getlist(place)
    by_country = {each.organisation_id: each.opened
                  for each in queries.asked(actor, opened.id)
                  if queries.permitted(each.change) is not None}  # fmt: skip
    if not chosen or not set(chosen) <= set(by_country):
        return _show(opened, Refusal(NO_COUNTRY, field=place))
    for organisation_id in dict.fromkeys(chosen):
        try:
            relaying.pass_on(actor, by_country[organisation_id], question,
                             note=request.form.get("note", ""))  # fmt: skip
        except Refusal as refusal:
            if refusal.field is None:
                raise
            return _show(opened, refusal, at=f"note-{question.id}")
    return _done(opened, _("The countries were asked."), "#questions")


@blueprint.post("/groups/questions/<question_id>/answer")
@guarded(Permission.SUMMARY_ROUTE, load=queries.question)
def group_answer(question: SummaryQuestion) -> Response:
    """POST /summaries/groups/questions/<id>/answer: the Secretariat answers a sponsor."""
    opened = _of(question)
    try:
        alone.answer_question(current_actor(), question, text=request.form.get("answer", ""))
    except Refusal as refusal:
        if refusal.field is None:
            raise
        return _show(opened, refusal, at=f"answer-{question.id}")
    return _done(opened, _("Answered. The sponsor was told."), "#questions")


def _of(question: SummaryQuestion) -> Opened:
    return queries.get(current_actor(), queries.of_routing(question.routing_id) or "")


def _done(opened: Opened, message: str, place: str = "") -> Response:
    return done(url_for("summaries.group", grouping_id=opened.id) + place, message)
