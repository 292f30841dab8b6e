"""How does somebody who forgot the password get a new one?"""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.accounts import actions, credentials, passwords, queries, throttle, tokens
from app.accounts.forms import ForgottenForm, NewPasswordForm
from app.accounts.models import Person
from app.accounts.views.pages import blueprint
from app.web import identity
from app.web.forms import is_submitted
from app.web.guard import public
from app.web.page import done, page


@blueprint.route("/password/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> Any:
    """Ask for an address; the answer is the same whether or not it is somebody's."""
    form = ForgottenForm()
    if not is_submitted():
        return _asking(form)
    if not form.validate():
        return _asking(form, form.mistakes)
    address = form.email.data or ""
    throttle.count_attempt("password-reset", address)
    actions.ask_reset(queries.find_by_address(address), address)
    message = _("If the address belongs to an account, a message with a link is on its way. "
                "The link holds for one hour.")  # fmt: skip
    return done(url_for("accounts.sign_in"), message)


def _asking(form: ForgottenForm, mistakes: dict[str, str] | None = None) -> Any:
    return page(
        "accounts/forgotten.html",
        status=422 if mistakes else 200,
        email=form.email.data or "",
        mistakes=mistakes or {},
    )


@blueprint.route("/password/<token>", methods=["GET", "POST"])
@public(delays_writing=True)
def new_password(token: str) -> Any:
    """Set a password with the link of a message."""
    person = tokens.person_of_reset(token)
    if person is None:
        return page("accounts/link_ended.html", status=404)
    form = NewPasswordForm()
    if not is_submitted():
        return _choosing(token)
    if not form.validate():
        return _choosing(token, form.mistakes)
    return _set(token, person, form.password.data or "")


def _set(token: str, person: Person, typed: str) -> Any:
    if weakness := passwords.weakness(typed, person.name, person.email):
        return _choosing(token, {"password": _(weakness)})
    person_id, uniquifier = person.id, person.fs_uniquifier
    new_hash = credentials.new_hash(typed)
    identity.begin_writing()
    actions.reset_password(person_id, uniquifier, new_hash)
    return done(url_for("accounts.sign_in"), _("Your password is set. Please sign in with it."))


def _choosing(token: str, mistakes: dict[str, str] | None = None) -> Any:
    return page(
        "accounts/new_password.html",
        status=422 if mistakes else 200,
        token=token,
        mistakes=mistakes or {},
    )
