"""How does the coordinator invite people, look after their roles, and close an account?"""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.accounts.models import Invitation
from app.organisations import actions, queries, words
from app.organisations.models import Membership, Organisation
from app.organisations.shown import role_facts
from app.organisations.views import inviting
from app.organisations.views.pages import blueprint
from app.policy.engine import allowed
from app.policy.permissions import Permission
from app.web import locale
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page


def _show(organisation_id: str) -> str:
    return url_for("organisations.show", organisation_id=organisation_id)


@blueprint.route("/<organisation_id>/invitations/new", methods=["GET", "POST"])
@guarded(Permission.PEOPLE_INVITE, load=queries.get)
def invite(organisation: Organisation) -> Any:
    """Invite somebody, or give a member a further role."""
    action = url_for("organisations.invite", organisation_id=organisation.id)
    return inviting.invite(organisation, action=action, back=_show(organisation.id))


@blueprint.post("/invitations/<invitation_id>/message")
@guarded(Permission.PEOPLE_INVITE, load=queries.get_invitation)
def send_again(invitation: Invitation) -> Any:
    """Send an invitation once more."""
    actions.send_again(current_actor(), invitation)
    return done(_show(invitation.organisation_id), _("The invitation is on its way again."))


@blueprint.post("/invitations/<invitation_id>/withdrawal")
@guarded(Permission.PEOPLE_INVITE, load=queries.get_invitation)
def withdraw(invitation: Invitation) -> Any:
    """Withdraw an invitation."""
    actions.withdraw(current_actor(), invitation)
    return done(_show(invitation.organisation_id), _("The invitation is withdrawn."))


@blueprint.get("/roles/<membership_id>")
@guarded(Permission.ORGANISATION_LIST, load=queries.get_membership)
def role(membership: Membership) -> Any:
    """Who holds a role, on which note, and what can be done about it."""
    actor, person = current_actor(), queries.person_of(membership)
    facts = role_facts(membership, person, queries.unit_of(membership), locale.lang())
    acts: dict[str, Any] = {}
    if allowed(actor, Permission.PEOPLE_INVITE, membership):
        acts = _acts(facts, is_me=person.id == actor.person_id,
                     has_factor=bool(person.factor_kinds))  # fmt: skip
    return page(
        "organisations/role.html",
        organisation=queries.organisation_of(membership).name(locale.lang()),
        back=_show(membership.organisation_id),
        **facts,
        **acts,
    )


def _acts(facts: dict[str, Any], *, is_me: bool, has_factor: bool) -> dict[str, Any]:
    may = {"reset_factor": has_factor and not is_me, "end": True, "change_note": facts["is_designated"],
           "accept": bool(facts["note_number"]) and not facts["is_accepted"],
           "restore": facts["is_suspended"], "suspend": not facts["is_suspended"] and not is_me}  # fmt: skip
    endpoints = {
        "end": "end_role",
        "change_note": "note",
        "accept": "accept_designation",
        "reset_factor": "reset_factor",
    }
    return {
        name: url_for(f"organisations.{endpoints.get(name, name)}", membership_id=facts["id"])
        for name, is_so in may.items()
        if is_so
    }


def _role(membership: Membership) -> str:
    return url_for("organisations.role", membership_id=membership.id)


@blueprint.route("/roles/<membership_id>/end", methods=["GET", "POST"])
@guarded(Permission.PEOPLE_INVITE, load=queries.get_membership)
def end_role(membership: Membership) -> Any:
    """Ask once more, then end a role."""
    back = _show(membership.organisation_id)
    if is_submitted():
        actions.end_role(current_actor(), membership)
        return done(back, _("The role is ended."))
    return end_role_page(
        membership, back, url_for("organisations.end_role", membership_id=membership.id)
    )


def end_role_page(membership: Membership, back: str, action: str) -> Any:
    """The page that asks once more before a role is ended."""
    return page(
        "organisations/end_role.html",
        name=queries.person_of(membership).name,
        role=words.say_role(membership.role),
        organisation=queries.organisation_of(membership).name(locale.lang()),
        action=action,
        back=back,
    )


@blueprint.route("/roles/<membership_id>/note", methods=["GET", "POST"])
@guarded(Permission.ORGANISATION_MANAGE, load=queries.get_membership)
def note(membership: Membership) -> Any:
    """Write down the note of a designation."""
    return inviting.note(
        membership,
        name=queries.person_of(membership).name,
        action=url_for("organisations.note", membership_id=membership.id),
        back=_role(membership),
    )


@blueprint.post("/roles/<membership_id>/acceptance")
@guarded(Permission.ORGANISATION_MANAGE, load=queries.get_membership)
def accept_designation(membership: Membership) -> Any:
    """Accept the note of a designation."""
    actions.accept_designation(current_actor(), membership)
    return done(_role(membership), _("The designation is accepted."))


@blueprint.route("/roles/<membership_id>/suspension", methods=["GET", "POST"])
@guarded(Permission.PEOPLE_INVITE, load=queries.get_membership)
def suspend(membership: Membership) -> Any:
    """Ask once more, then close the account of whoever holds a role."""
    person, back = queries.person_of(membership), _role(membership)
    if is_submitted():
        actions.suspend(current_actor(), person)
        return done(back, _("The account is suspended, in every browser."))
    action = url_for("organisations.suspend", membership_id=membership.id)
    return page("organisations/suspension.html", name=person.name, action=action, back=back)


@blueprint.post("/roles/<membership_id>/restoration")
@guarded(Permission.PEOPLE_INVITE, load=queries.get_membership)
def restore(membership: Membership) -> Any:
    """Let whoever holds a role sign in again."""
    actions.restore(current_actor(), queries.person_of(membership))
    return done(_role(membership), _("The person can sign in again."))
