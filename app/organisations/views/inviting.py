"""How are somebody's role and note asked for, by the Secretariat and by a focal point alike?"""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext as _

from app.formats.dates import write_date
from app.organisations import actions, listing, words
from app.organisations.actions import Note, Wanted
from app.organisations.actions.roles import DESIGNATED, OF_A_UNIT, roles_to_give
from app.organisations.forms import InvitationForm, NoteForm
from app.organisations.models import Membership, Organisation
from app.organisations.views.pages import at_its_place, typed
from app.policy.actor import Role
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor
from app.web.page import done, page


def invite(organisation: Organisation, *, action: str, back: str) -> Any:
    """The page that invites somebody to an organisation, and what becomes of its form."""
    form = InvitationForm()
    if not is_submitted():
        return _page(organisation, form, action, back)
    if not form.validate():
        return _page(organisation, form, action, back, form.mistakes)
    try:
        made = actions.invite(current_actor(), organisation, _wanted(form))
    except Refusal as refusal:
        return _page(organisation, form, action, back, at_its_place(refusal))
    if isinstance(made, Membership):
        return done(
            back, _("The person belongs here already and has the further role from now on.")
        )
    message = _("The invitation is on its way to %(address)s. Its link holds for three days.",
                address=made.email)  # fmt: skip
    return done(back, message)


def note(membership: Membership, *, name: str, action: str, back: str) -> Any:
    """The page on which the note of a designation is written down."""
    form = NoteForm()
    mistakes: dict[str, str] = {}
    if is_submitted() and form.validate():
        try:
            if (found := note_of(form)) is None:
                message = _("Write the number of the note that designates this person.")
                raise Refusal(message, field="note_number")
            actions.note_designation(current_actor(), membership, found)
        except Refusal as refusal:
            mistakes = at_its_place(refusal)
        else:
            return done(back, _("The note is written down."))
    first = {
        "note_number": membership.note_number or "",
        "note_date": write_date(membership.note_date, locale.locale())
        if membership.note_date
        else "",
    }
    return page(
        "organisations/note.html",
        status=422 if form.mistakes or mistakes else 200,
        name=name,
        role=words.say_role(membership.role),
        note_file=membership.note_file,
        action=action,
        back=back,
        typed=typed(form, first),
        mistakes=form.mistakes or mistakes,
    )


def note_of(form: NoteForm) -> Note | None:
    """The note that was typed. Raises Refusal for a bad file."""
    if not form.note_number.data or form.day is None:
        return None
    return actions.note_of(form.note_number.data, form.day, request.files.get("note_file"))


def _wanted(form: InvitationForm) -> Wanted:
    role = Role(form.role.data)
    return Wanted(
        email=form.email.data or "",
        name=form.name.data or "",
        role=role,
        lang=form.lang.data or "",
        unit_id=form.unit.data if role in OF_A_UNIT else None,
        note=note_of(form) if role in DESIGNATED else None,
    )


def _page(
    organisation: Organisation, form: InvitationForm, action: str, back: str,
    mistakes: dict[str, str] | None = None,
) -> Any:  # fmt: skip
    actor, lang = current_actor(), locale.lang()
    roles = roles_to_give(actor, organisation)
    units = listing.units_to_choose(actor, organisation.id) if set(roles) & OF_A_UNIT else ()
    return page(
        "organisations/invitation.html",
        status=422 if mistakes else 200,
        name=organisation.name(lang),
        action=action,
        back=back,
        typed=typed(form, {"lang": lang}),
        mistakes=mistakes or {},
        roles=[(role.value, words.say_role(role), _(words.MEANING[role])) for role in roles],
        asks_note=bool(set(roles) & DESIGNATED),
        units=[(unit.id, unit.name(lang)) for unit in units],
    )
