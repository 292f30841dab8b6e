"""Where does the Secretariat see who has answered, remind, permit late, invite further and note down?"""

from __future__ import annotations

from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.calls import answered, following, inviting, offered, queries, wording
from app.calls.forms import ContactForm, InvitationsForm, LateForm, RevocationForm
from app.calls.models import Call
from app.calls.views.pages import at_its_place, blueprint, expect, typed
from app.organisations.models import Organisation
from app.policy.permissions import Permission
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page
from app.workflow import tables
from app.workflow.machine import NotNow


@blueprint.get("/<call_id>/answers")
@guarded(Permission.CALL_ANSWERS_READ, load=queries.get)
def answers(call: Call) -> Response:
    """GET /calls/<id>/answers: who has submitted needs, and what was done to reach the others."""
    return _answers(call)


@blueprint.post("/<call_id>/reminders")
@guarded(Permission.CALL_OPEN, load=queries.get)
def remind(call: Call) -> Response:
    """POST /calls/<id>/reminders: a mail to those alone who have submitted nothing yet."""
    try:
        reminded = following.remind(current_actor(), call)
    except Refusal as refusal:
        return _answers(call, refused=refusal.say(), status=refusal.status)
    told = ngettext(
        "%(num)s country was reminded.", "%(num)s countries were reminded.", len(reminded)
    )
    return done(url_for("calls.answers", call_id=call.id), told)


@blueprint.route("/<call_id>/contacts", methods=["GET", "POST"])
@guarded(Permission.CALL_ANSWERS_READ, load=queries.get)
def contacts(call: Call) -> Response:
    """GET, POST /calls/<id>/contacts: note down a call, a letter, a conversation."""
    form, errors = ContactForm(), {}
    if is_submitted() and form.validate():
        try:
            following.note_contact(
                current_actor(), call, organisation_id=form.country.data,
                channel=form.channel.data, note=form.note.data,
            )  # fmt: skip
        except Refusal as refusal:
            errors = at_its_place(refusal)
        else:
            return done(url_for("calls.answers", call_id=call.id), _("The contact was noted down."))
    elif is_submitted():
        errors = form.mistakes
    return page(
        "calls/contact.html", status=422 if errors else 200, shown=wording.shown(call),
        errors=errors, typed=typed({"country": request.args.get("country", "")}), work_form=True,
        countries=_invited(call),
        channels=[(key, _(words)) for key, words in following.CHANNELS.items()],
    )  # fmt: skip


@blueprint.route("/<call_id>/late-permission", methods=["GET", "POST"])
@guarded(Permission.CALL_OPEN, load=queries.get)
def late_permission(call: Call) -> Response:
    """GET, POST /calls/<id>/late-permission: one country may submit after the close."""
    expect(call, "allow_late")
    form, errors = LateForm(call.zone), {}
    if is_submitted() and form.validate():
        try:
            following.allow_late(
                current_actor(), call, organisation_id=form.country.data,
                until=form.moments["until"], reason=form.reason.data,
            )  # fmt: skip
        except Refusal as refusal:
            errors = at_its_place(refusal)
        else:
            for notice in form.notices:
                flash(notice, "warn")
            return done(url_for("calls.answers", call_id=call.id),
                        _("Late permission was given. The country is told by mail."))  # fmt: skip
    elif is_submitted():
        errors = form.mistakes
    found = answered.list_answers(current_actor(), call)
    return page(
        "calls/late.html", status=422 if errors else 200, shown=wording.shown(call), errors=errors,
        typed=typed({"country": request.args.get("country", "")}), work_form=True,
        countries=_named([each.organisation for each in found]),
        permitted=answered.with_late_permission(call, found),
    )  # fmt: skip


@blueprint.route("/<call_id>/late-permission/revocation", methods=["GET", "POST"])
@guarded(Permission.CALL_OPEN, load=queries.get)
def revocation(call: Call) -> Response:
    """GET, POST /calls/<id>/late-permission/revocation: end the late permission of one country."""
    expect(call, following.REVOKE)
    form, errors = RevocationForm(), {}
    if is_submitted() and form.validate():
        try:
            following.revoke_late(
                current_actor(), call, organisation_id=form.country.data, reason=form.reason.data,
                revision=form.revision.data,
            )  # fmt: skip
        except Refusal as refusal:
            errors = at_its_place(refusal)
        else:
            return done(url_for("calls.answers", call_id=call.id),
                        _("Late permission was revoked. The country is told by mail."))  # fmt: skip
    elif is_submitted():
        errors = form.mistakes
    permitted = answered.with_late_permission(call, answered.list_answers(current_actor(), call))
    country = request.values.get("country", "")
    chosen = next((each for each in permitted if each.organisation.id == country), None)
    if chosen is None:
        raise NotNow(tables.CALL.name, call.state, following.REVOKE)
    return page(
        "calls/revocation.html", status=422 if errors else 200, shown=wording.shown(call),
        errors=list(errors.items()), typed=typed(), chosen=chosen, work_form=True,
    )  # fmt: skip


@blueprint.route("/<call_id>/invitations", methods=["GET", "POST"])
@guarded(Permission.CALL_EDIT, load=queries.get)
def invitations(call: Call) -> Response:
    """GET, POST /calls/<id>/invitations: further countries; who was invited stays so."""
    expect(call, "invite")
    form, errors = InvitationsForm(), {}
    if is_submitted() and form.validate():
        try:
            new = inviting.invite_more(
                current_actor(), call, countries=form.countries.data or frozenset()
            )
        except Refusal as refusal:
            errors = at_its_place(refusal)
        else:
            told = ngettext(
                "%(num)s country was invited.", "%(num)s countries were invited.", len(new)
            )
            return done(url_for("calls.show", call_id=call.id), told)
    invited = inviting.invited_ids(call)
    others = [each for each in offered.delegations() if each.id not in invited]
    return page(
        "calls/invitations.html", status=422 if errors else 200, shown=wording.shown(call),
        errors=errors, typed=typed(), work_form=bool(others), countries=_named(others),
        invited=_invited(call),
    )  # fmt: skip


def _answers(call: Call, *, refused: str | None = None, status: int = 200) -> Response:
    actor = current_actor()
    found = answered.list_answers(actor, call)
    log = answered.list_contacts(actor, call, request.args.get("after", ""))
    return page(
        "calls/answers.html", block="results", status=status, shown=wording.shown(call),
        answers=found, log=log, refused=refused, channels=_channels(),
        waiting=sum(not each.submitted for each in found),
    )  # fmt: skip


def _channels() -> dict[str, str]:
    return {key: _(words) for key, words in wording.CHANNELS.items()}


def _invited(call: Call) -> list[tuple[str, str]]:
    return _named([each.organisation for each in answered.list_answers(current_actor(), call)])


def _named(organisations: list[Organisation]) -> list[tuple[str, str]]:
    names: list[tuple[str, Any]] = [(each.id, each.name(locale.lang())) for each in organisations]
    return sorted(names, key=lambda each: each[1].casefold())
