"""How does somebody join who was invited, and how does one choose a person in the demonstration?"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Blueprint, current_app, request
from flask_babel import gettext as _

from app.accounts import credentials, passwords, sessions, throttle
from app.accounts import queries as people
from app.accounts.models import Invitation
from app.accounts.queries import Known
from app.db.errors import Missing
from app.organisations import actions, listing, queries, words
from app.organisations.acting import organisation_after_sign_in
from app.organisations.forms import JoiningAgainForm, JoiningForm
from app.organisations.models import Organisation
from app.organisations.views.pages import zone_choices
from app.policy.actor import OrganisationKind, Role
from app.web import identity, locale
from app.web.carrying import brought
from app.web.forms import is_submitted
from app.web.guard import public
from app.web.page import done, page

blueprint = Blueprint("joining", __name__)
ATTEMPT = "invitation"


@blueprint.route("/invitations/<token>", methods=["GET", "POST"])
@public(delays_writing=True)
def accept(token: str) -> Any:
    """Accept an invitation, with a first password or with the one there is."""
    try:
        invitation = queries.get_invited(token)
    except Missing:
        return page("organisations/invitation_ended.html", status=404)
    known = people.find_by_address(invitation.email)
    if known is not None:
        return _join_again(token, invitation, known)
    return _join(token, invitation)


def _join(token: str, invitation: Invitation) -> Any:
    form = JoiningForm()
    if not is_submitted():
        return _page(token, invitation, form)
    if not form.validate():
        return _page(token, invitation, form, form.mistakes)
    name, typed = form.name.data or "", form.password.data or ""
    if weakness := passwords.weakness(typed, name, invitation.email):
        return _page(token, invitation, form, {"password": _(weakness)})
    lang = locale.lang()
    new_hash = credentials.new_hash(typed)
    identity.begin_writing()
    invitation = queries.get_invited(token)
    organisation = queries.organisation_of(invitation)
    person_id = actions.join(
        invitation, organisation, name=name, lang=lang, zone=form.zone.data, password=new_hash
    )
    return _come_in(person_id, organisation)


def _join_again(token: str, invitation: Invitation, known: Known) -> Any:
    form = JoiningAgainForm()
    if not is_submitted():
        return _page(token, invitation, form, known=known)
    if not form.validate():
        return _page(token, invitation, form, form.mistakes, known=known)
    throttle.count_attempt(ATTEMPT, known.email)
    if not known.active or not credentials.is_password_of(known, form.password.data or ""):
        credentials.put_refusal_on_record(known, known.email)
        mistakes = {"password": _("This is not the password of your account.")}
        return _page(token, queries.get_invited(token), form, mistakes, known=known)
    identity.begin_writing()
    throttle.forget_attempts(ATTEMPT, known.email)
    invitation = queries.get_invited(token)
    organisation = queries.organisation_of(invitation)
    actions.accept(invitation, organisation, known.id)
    return _come_in(known.id, organisation)


def _come_in(person_id: str, organisation: Organisation) -> Any:
    sessions.begin(person_id, organisation.id, by="invitation")
    name = organisation.name(locale.lang())
    return done("/", _("Welcome. You now act for %(organisation)s.", organisation=name))


def _page(
    token: str, invitation: Invitation, form: Any, mistakes: dict[str, str] | None = None,
    known: Known | None = None,
) -> Any:  # fmt: skip
    organisation = queries.organisation_of(invitation)
    typed = {field.name: field.data or "" for field in form} if form.is_submitted() else {}
    return page(
        "organisations/joining.html",
        status=422 if mistakes else 200,
        token=token,
        has_account=known is not None,
        email=invitation.email,
        organisation=organisation.name(locale.lang()),
        role=words.say_role(invitation.role),
        typed={"name": invitation.name, "zone": organisation.zone, **typed},
        mistakes=mistakes or {},
        zones=zone_choices(),
    )


@blueprint.route("/demo/sign-in", methods=["GET", "POST"])
@public
def demo_sign_in() -> Any:
    """Choose a person of the demonstration. Elsewhere there is no such page."""
    if not current_app.config["ENLACE"].is_demonstration:
        raise Missing("demonstration")
    if not is_submitted():
        return _people_page()
    person = queries.find_demonstration_person(request.form.get("person", ""))
    organisation_id = organisation_after_sign_in(person.id) if person else None
    if person is None or organisation_id is None:
        return _people_page(
            _("There is nobody of that name in the demonstration. Choose one of the list.")
        )
    sessions.begin(person.id, organisation_id, by="demonstration")
    return sessions.go_on()


def _people_page(mistake: str | None = None) -> Any:
    lang = locale.lang()
    rows = sorted(listing.list_demonstration_people(), key=lambda row: _place_of(row, lang))
    return page(
        "organisations/demo_sign_in.html",
        status=422 if mistake else 200,
        mistake=mistake,
        next=sessions.next_page(),
        carried=brought(),
        organisations=[
            _organisation(list(of_one), lang)
            for _id, of_one in groupby(rows, key=lambda row: row.Organisation.id)
        ],
    )


def _place_of(row: Any, lang: str) -> tuple[int, str, int, str]:
    kind, role = OrganisationKind(row.Organisation.kind), Role(row.role)
    return (
        list(OrganisationKind).index(kind),
        row.Organisation.name(lang),
        list(Role).index(role),
        row.Person.key,
    )


def _organisation(rows: list[Any], lang: str) -> dict[str, Any]:
    roles: dict[str, list[Any]] = {}
    for row in rows:
        roles.setdefault(row.Person.key, []).append(row)
    return {
        "name": rows[0].Organisation.name(lang),
        "kind": words.say_kind(rows[0].Organisation.kind),
        "people": [
            {"key": key, "name": held[0].Person.name.partition(" (")[0], "role": words.say_roles(row.role for row in held)}
            for key, held in roles.items()
        ],
    }  # fmt: skip
