"""How does one sign in and out?"""

from __future__ import annotations

from typing import Any

from flask import g, redirect, request, url_for
from flask_babel import gettext as _

from app.accounts import acting, actions, cookie, credentials, passwords, sessions, throttle
from app.accounts.forms import SignInForm
from app.accounts.queries import Known
from app.accounts.views.pages import blueprint
from app.web import identity
from app.web.carrying import brought
from app.web.forms import is_submitted
from app.web.guard import public
from app.web.page import done, page

ATTEMPT = "sign-in"


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public(delays_writing=True)
def sign_in() -> Any:
    """Ask for address and password, and sign the browser in."""
    if g.actor is not None and request.method == "GET":
        return redirect(sessions.next_page(), 303)
    form = SignInForm()
    if not is_submitted():
        return _page(form)
    if not form.validate():
        return _page(form, form.mistakes)
    address, typed = form.email.data or "", form.password.data or ""
    throttle.count_attempt(ATTEMPT, address)
    known = credentials.person_with(address, typed)
    if known is None:
        return _page(form, {"email": _("The address or the password is not right. Please try again, "
                                       "or ask for a new password.")})  # fmt: skip
    return _let_in(form, known, typed)


def _let_in(form: SignInForm, known: Known, typed: str) -> Any:
    organisation_id = acting.organisation_after_sign_in(known.id) if known.active else None
    if organisation_id is None:
        credentials.put_refusal_on_record(known, known.email)
        return _page(form, {"email": _("Your account cannot be used at present. Please write to the "
                                       "Technical Secretariat.")})  # fmt: skip
    renewed = credentials.new_hash(typed) if passwords.is_outdated(known.password or "") else None
    identity.begin_writing()
    if renewed:
        actions.renew_hash(known, renewed)
    throttle.forget_attempts(ATTEMPT, known.email)
    sessions.begin(known.id, organisation_id, by="password")
    cookie.mark_computer(form.own_computer.data)
    return sessions.go_on()


def _page(form: SignInForm, mistakes: dict[str, str] | None = None) -> Any:
    return page(
        "accounts/sign_in.html",
        status=422 if mistakes else 200,
        email=form.email.data or "",
        mistakes=mistakes or {},
        next=sessions.next_page(),
        carried=brought(),
        own_computer_typed=form.own_computer.data if is_submitted() else cookie.is_own_computer(),
    )


@blueprint.post("/sign-out")
@public
def sign_out() -> Any:
    """End this browser's sign-in, and have the browser forget what it kept."""
    if g.actor is not None:
        actions.sign_out(g.actor)
    cookie.forget()
    response = done(url_for("accounts.sign_in"), _("You have signed out."))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
