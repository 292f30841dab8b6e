"""Where is a rule confirmed, withdrawn or put aside?"""

from __future__ import annotations

from flask import Response, url_for
from flask_babel import gettext as _

from app.cases.reservations import actions, queries, readers, shown
from app.cases.reservations.forms import WithdrawalForm
from app.cases.reservations.queries import Found
from app.cases.reservations.views.pages import (
    at_its_place,
    blueprint,
    typed,
    url_of_rule,
    url_of_text,
)
from app.cases.reservations.views.reading import draw_rule
from app.policy.permissions import Permission
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page
from app.web.refusal import Refusal
from app.workflow.tables import RESERVATION


@blueprint.post("/rules/<rule_id>/confirmation")
@guarded(Permission.RESERVATION_WRITE, load=queries.get_rule)
def confirm(found: Found) -> Response:
    """POST /reservations/rules/<rule>/confirmation: from now on Enlace obeys it."""
    try:
        actions.confirm(current_actor(), found)
    except Refusal as refusal:
        return draw_rule(found, error=refusal.say())
    return done(url_of_rule(found.rule), _("Enlace obeys this reservation from now on."))


@blueprint.route("/rules/<rule_id>/withdrawal", methods=["GET", "POST"])
@guarded(Permission.RESERVATION_WRITE, load=queries.get_rule)
def withdraw(found: Found) -> Response:
    """GET, POST /reservations/rules/<rule>/withdrawal: it holds no longer, for a reason; it is kept."""
    RESERVATION.after(found.rule.state, "withdraw")
    form, errors = WithdrawalForm(), dict[str, str]()
    if is_submitted():
        form.validate()
        errors = dict(form.mistakes)
        if not errors:
            try:
                actions.withdraw(current_actor(), found, reason=form.reason.data)
            except Refusal as refusal:
                errors = at_its_place(refusal)
            else:
                return done(url_of_rule(found.rule), _("The reservation was withdrawn."))
    return page("reservations/withdrawal.html", status=422 if errors else 200, found=found,
                row=shown.row(found.rule), errors=list(errors.items()), mistakes=errors,
                reads=readers.already_read(current_actor(), found.rule), typed=typed({}),
                action=url_for("reservations.withdraw", rule_id=found.rule.id))  # fmt: skip


@blueprint.post("/rules/<rule_id>/discard")
@guarded(Permission.RESERVATION_WRITE, load=queries.get_rule)
def discard(found: Found) -> Response:
    """POST /reservations/rules/<rule>/discard: it was never confirmed, and will not be."""
    actions.discard(current_actor(), found)
    return done(url_of_text(found.text.series_id), _("The rule was put aside."))
