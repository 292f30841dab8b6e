"""Where is a call announced, taken back, opened, closed and extended?

Each act that countries hear of is asked once more on a page that says what will happen.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, flash, url_for
from flask_babel import gettext as _

from app.calls import actions, queries, wording
from app.calls.answered import list_answers
from app.calls.forms import ExtensionForm, RevisedForm
from app.calls.models import Call
from app.calls.views.pages import at_its_place, blueprint, expect, typed
from app.formats.words import N_
from app.policy.permissions import Permission
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page

Act = Callable[..., None]


@blueprint.route("/<call_id>/announcement", methods=["GET", "POST"])
@guarded(Permission.CALL_OPEN, load=queries.get)
def announcement(call: Call) -> Response:
    """GET, POST /calls/<id>/announcement: countries see it, and it opens by itself."""
    told = N_("The call was announced. It opens by itself.")
    return _once_more(call, "schedule", actions.schedule, "calls/announcement.html", told)


@blueprint.post("/<call_id>/announcement/withdrawal")
@guarded(Permission.CALL_OPEN, load=queries.get)
def take_back(call: Call) -> Response:
    """POST /calls/<id>/announcement/withdrawal: a draft again, before it opens."""
    actions.unschedule(current_actor(), call, revision=RevisedForm().revision.data)
    return done(_url(call), _("The call is a draft again. Countries no longer see it."))


@blueprint.route("/<call_id>/opening", methods=["GET", "POST"])
@guarded(Permission.CALL_OPEN, load=queries.get)
def opening(call: Call) -> Response:
    """GET, POST /calls/<id>/opening: open now."""
    told = N_("The call is open. The invited countries are told by mail.")
    return _once_more(call, "open", actions.open_now, "calls/opening.html", told)


@blueprint.route("/<call_id>/closing", methods=["GET", "POST"])
@guarded(Permission.CALL_OPEN, load=queries.get)
def closing(call: Call) -> Response:
    """GET, POST /calls/<id>/closing: close before the announced close."""
    told = N_("The call is closed. The invited countries are told by mail.")
    return _once_more(call, "close", actions.close, "calls/closing.html", told)


@blueprint.route("/<call_id>/extension", methods=["GET", "POST"])
@guarded(Permission.CALL_OPEN, load=queries.get)
def extension(call: Call) -> Response:
    """GET, POST /calls/<id>/extension: a later close, with its reason."""
    expect(call, "extend")
    form, errors = ExtensionForm(call.zone), {}
    if is_submitted() and form.validate():
        try:
            actions.extend(
                current_actor(), call, closes_at=form.moments["closes"], reason=form.reason.data,
                revision=form.revision.data,
            )  # fmt: skip
        except Refusal as refusal:
            errors = at_its_place(refusal)
        else:
            for notice in form.notices:
                flash(notice, "warn")
            return done(
                _url(call), _("The call was extended. The invited countries are told by mail.")
            )
    elif is_submitted():
        errors = form.mistakes
    return page(
        "calls/extension.html", status=422 if errors else 200, shown=wording.shown(call),
        errors=errors, typed=typed(), work_form=True,
    )  # fmt: skip


def _once_more(call: Call, verb: str, act: Act, template: str, told: str) -> Response:
    """Ask before the act, carry it out, or say on the same page why it cannot be."""
    actor, refused, status = current_actor(), None, 200
    expect(call, verb)
    if is_submitted():
        try:
            act(actor, call, revision=RevisedForm().revision.data)
        except Refusal as refusal:
            refused, status = refusal.say(), refusal.status
        else:
            return done(_url(call), _(told))
    return page(template, status=status, shown=wording.shown(call), refused=refused,
                answers=list_answers(actor, call))  # fmt: skip


def _url(call: Call) -> str:
    return url_for("calls.show", call_id=call.id)
