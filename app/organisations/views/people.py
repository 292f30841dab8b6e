"""How does the coordinator invite people, look after their roles, and close an account?"""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.accounts.models import Invitation, Person
from app.organisations import actions, queries, words
from app.organisations.models import Membership, Organisation
from app.organisations.views import inviting
from app.organisations.views.pages import blueprint
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
        back=_show(membership.organisation_id),
    )


@blueprint.post("/roles/<membership_id>/acceptance")
@guarded(Permission.ORGANISATION_MANAGE, load=queries.get_membership)
def accept_designation(membership: Membership) -> Any:
    """Accept the note of a designation."""
    actions.accept_designation(current_actor(), membership)
    return done(_show(membership.organisation_id), _("The designation is accepted."))


@blueprint.route("/people/<person_id>/suspension", methods=["GET", "POST"])
@guarded(Permission.PEOPLE_INVITE, load=queries.get_person)
def suspend(person: Person) -> Any:
    """Ask once more, then close somebody's account."""
    if is_submitted():
        actions.suspend(current_actor(), person)
        return done(
            url_for("organisations.index"), _("The account is suspended, in every browser.")
        )
    return page(
        "organisations/suspension.html",
        name=person.name,
        action=url_for("organisations.suspend", person_id=person.id),
        back=url_for("organisations.index"),
    )


@blueprint.post("/people/<person_id>/restoration")
@guarded(Permission.PEOPLE_INVITE, load=queries.get_person)
def restore(person: Person) -> Any:
    """Let somebody sign in again."""
    actions.restore(current_actor(), person)
    return done(url_for("organisations.index"), _("The person can sign in again."))
