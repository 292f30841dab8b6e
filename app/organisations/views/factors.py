"""Who has no second factor though the role needs one, and what is done about a lost one?"""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from app.accounts.factors import take_factor
from app.accounts.factors.forms import ReasonForm
from app.organisations import actions, listing, queries, words
from app.organisations.models import Membership
from app.organisations.views.pages import blueprint
from app.policy.permissions import Permission
from app.web import locale
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page
from app.web.refusal import Refusal


@blueprint.get("/second-factors")
@guarded(Permission.FACTOR_RESET)
def without_factor() -> Any:
    """Who still has to add one."""
    found = listing.list_without_factor(current_actor(), request.args.get("after", ""))
    return page(
        "organisations/without_factor.html",
        rows=[
            {
                "name": row.Person.name,
                "role": words.say_role(row.Membership.role),
                "organisation": row.Organisation.name(locale.lang()),
                "url": url_for("organisations.role", membership_id=row.Membership.id),
            }
            for row in found.rows
        ],
        previous=_neighbour(found.before),
        next=_neighbour(found.behind),
    )


@blueprint.route("/roles/<membership_id>/second-factor", methods=["GET", "POST"])
@guarded(Permission.FACTOR_RESET, load=queries.get_membership)
def reset_factor(membership: Membership) -> Any:
    """Take away the second factors of somebody who lost theirs."""
    actor, form, membership_id = current_actor(), ReasonForm(), membership.id
    if not is_submitted():
        return _page(membership, form)
    wrong = take_factor(actor, request.form)
    membership = queries.get_membership(actor, membership_id)
    if not form.validate() or wrong:
        return _page(membership, form, form.mistakes | ({"factor": wrong} if wrong else {}))
    try:
        actions.reset_factor(actor, queries.person_of(membership), form.reason.data or "")
    except Refusal as refusal:
        return _page(membership, form, {"": refusal.say()})
    return done(_role(membership_id), _("Taken away. The person is told by mail."))


def _page(membership: Membership, form: ReasonForm, mistakes: dict[str, str] | None = None) -> Any:
    return page(
        "organisations/factor_reset.html",
        status=422 if mistakes else 200,
        name=queries.person_of(membership).name,
        reason=form.reason.data or "",
        action=url_for("organisations.reset_factor", membership_id=membership.id),
        back=_role(membership.id),
        mistakes=mistakes or {},
    )


def _neighbour(mark: str | None) -> str | None:
    return url_for("organisations.without_factor", after=mark) if mark else None


def _role(membership_id: str) -> str:
    return url_for("organisations.role", membership_id=membership_id)
