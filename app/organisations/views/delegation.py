"""Who are my colleagues in the delegation, and how are they invited?"""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, url_for
from flask_babel import gettext as _

from app.accounts.models import Invitation
from app.formats.words import N_
from app.organisations import actions, queries
from app.organisations.actions.roles import is_own_delegation, may_end
from app.organisations.models import Membership, Organisation
from app.organisations.shown import role_facts
from app.organisations.views import inviting
from app.organisations.views.gathered import gathered
from app.organisations.views.people import end_role_page
from app.policy.engine import Forbidden
from app.policy.permissions import Permission
from app.web import locale
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.navigation import Entry
from app.web.page import done, page

blueprint = Blueprint("delegation", __name__, url_prefix="/delegation")
NAV = Entry("delegation.show", N_("My delegation"), Permission.COLLEAGUES_READ)


@blueprint.get("")
@guarded(Permission.COLLEAGUES_READ, load=queries.get_own)
def show(organisation: Organisation) -> Any:
    """Colleagues, those invited, and the units."""
    return page(
        "organisations/delegation.html",
        name=organisation.name(locale.lang()),
        may_invite=is_own_delegation(current_actor(), organisation.id),
        **gathered(organisation, partial(url_for, "delegation.show")),
    )


@blueprint.get("/roles/<membership_id>")
@guarded(Permission.COLLEAGUES_READ, load=queries.get_membership)
def role(membership: Membership) -> Any:
    """Who holds a role, and on which note."""
    actor, person = current_actor(), queries.person_of(membership)
    facts = role_facts(membership, person, queries.unit_of(membership), locale.lang())
    acts: dict[str, Any] = {}
    if is_own_delegation(actor, membership.organisation_id):
        if facts["is_designated"]:
            acts["change_note"] = url_for("delegation.note", membership_id=membership.id)
        if may_end(actor, membership):
            acts["end"] = url_for("delegation.end_role", membership_id=membership.id)
    organisation, back = _("My delegation"), url_for("delegation.show")
    return page("organisations/role.html", organisation=organisation, back=back, **facts, **acts)


@blueprint.route("/invitations/new", methods=["GET", "POST"])
@guarded(Permission.COLLEAGUES_INVITE, load=queries.get_own)
def invite(organisation: Organisation) -> Any:
    """Invite a colleague."""
    return inviting.invite(
        organisation, action=url_for("delegation.invite"), back=url_for("delegation.show")
    )


@blueprint.post("/invitations/<invitation_id>/message")
@guarded(Permission.COLLEAGUES_INVITE, load=queries.get_invitation)
def send_again(invitation: Invitation) -> Any:
    """Send an invitation once more."""
    actions.send_again(current_actor(), invitation)
    return done(url_for("delegation.show"), _("The invitation is on its way again."))


@blueprint.post("/invitations/<invitation_id>/withdrawal")
@guarded(Permission.COLLEAGUES_INVITE, load=queries.get_invitation)
def withdraw(invitation: Invitation) -> Any:
    """Withdraw an invitation."""
    actions.withdraw(current_actor(), invitation)
    return done(url_for("delegation.show"), _("The invitation is withdrawn."))


@blueprint.route("/roles/<membership_id>/end", methods=["GET", "POST"])
@guarded(Permission.COLLEAGUES_INVITE, load=queries.get_membership)
def end_role(membership: Membership) -> Any:
    """Ask once more, then end a colleague's role."""
    if is_submitted():
        actions.end_role(current_actor(), membership)
        return done(url_for("delegation.show"), _("The role is ended."))
    if not may_end(current_actor(), membership):
        raise Forbidden(Permission.PEOPLE_INVITE)
    action = url_for("delegation.end_role", membership_id=membership.id)
    return end_role_page(membership, url_for("delegation.show"), action)


@blueprint.route("/roles/<membership_id>/note", methods=["GET", "POST"])
@guarded(Permission.COLLEAGUES_INVITE, load=queries.get_membership)
def note(membership: Membership) -> Any:
    """Write down the note of a designation."""
    return inviting.note(
        membership,
        name=queries.person_of(membership).name,
        action=url_for("delegation.note", membership_id=membership.id),
        back=url_for("delegation.role", membership_id=membership.id),
    )
