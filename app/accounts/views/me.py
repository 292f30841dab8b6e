"""What can somebody see and change of their own account?"""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from app import clock
from app.accounts import (
    acting,
    actions,
    cookie,
    credentials,
    passwords,
    queries,
    sessions,
    throttle,
)
from app.accounts.forms import ChangePasswordForm, DetailsForm
from app.accounts.models import Person, SignIn
from app.accounts.views.pages import blueprint
from app.accounts.zones import ZONES
from app.db.errors import Missing
from app.policy.permissions import Permission
from app.web import identity, locale
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page


@blueprint.get("/me")
@guarded(Permission.OWN_ACCOUNT, load=queries.get_me)
def me(person: Person) -> Any:
    """One's own account."""
    return _page(person)


@blueprint.post("/me/details")
@guarded(Permission.OWN_ACCOUNT, load=queries.get_me)
def save_details(person: Person) -> Any:
    """Change name, language and time zone."""
    form = DetailsForm()
    typed = {"name": form.name.data, "lang": form.lang.data, "zone": form.zone.data}
    if not is_submitted():
        return _page(person, typed=typed)
    if not form.validate():
        return _page(person, form.mistakes, typed)
    actions.save_details(
        current_actor(), person, name=form.name.data or "", lang=form.lang.data, zone=form.zone.data
    )
    cookie.follow_person(form.lang.data)
    return done(url_for("accounts.me"), _("Saved."))


@blueprint.post("/me/password")
@guarded(Permission.OWN_ACCOUNT, delays_writing=True)
def change_password() -> Any:
    """Set another password, knowing the present one."""
    actor = current_actor()
    form = ChangePasswordForm()
    if not form.validate():
        return _page(queries.get_me(actor), form.mistakes)
    known, typed = queries.find_myself(actor), form.password.data or ""
    if known is None or known.password is None:
        raise Missing
    throttle.count_attempt("password-change", known.email)
    if not credentials.is_password_of(known, form.present_password.data or ""):
        credentials.put_refusal_on_record(known, known.email)
        return _page(
            queries.get_me(actor), {"present_password": _("This is not your present password.")}
        )
    if weakness := passwords.weakness(typed, known.name, known.email):
        return _page(queries.get_me(actor), {"password": _(weakness)})
    new_hash = credentials.new_hash(typed)
    identity.begin_writing()
    throttle.forget_attempts("password-change", known.email)
    cookie.remember(actions.change_password(actor, known, new_hash))
    message = _(
        "Your password is changed. Other browsers in which you were signed in are signed out."
    )
    return done(url_for("accounts.me"), message)


@blueprint.post("/me/organisation")
@guarded(Permission.OWN_ACCOUNT)
def act_for() -> Any:
    """Act for another organisation one belongs to."""
    wanted = request.form.get("organisation", "")
    choice = next((one for one in acting.choices() if one.organisation_id == wanted), None)
    if choice is None:
        raise Missing
    cookie.remember(actions.act_for(current_actor(), choice))
    return sessions.go_on(_("You now act for %(organisation)s.", organisation=choice.name))


@blueprint.post("/me/computer")
@guarded(Permission.OWN_ACCOUNT)
def mark_computer() -> Any:
    """Say whether the computer in use is one's own."""
    is_own = request.form.get("own") == "yes"
    cookie.mark_computer(is_own)
    message = (
        _("Marked as your own computer.")
        if is_own
        else _("No longer marked as your own. Text it kept is removed when a page opens.")
    )
    return done(url_for("accounts.me"), message)


@blueprint.post("/me/sign-ins/<sign_in_id>/end")
@guarded(Permission.OWN_ACCOUNT, load=queries.get_sign_in)
def end_sign_in(sign_in: SignIn) -> Any:
    """Sign one of one's own browsers out."""
    actions.end_sign_in(current_actor(), sign_in)
    return done(url_for("accounts.me"), _("That browser is signed out."))


@blueprint.post("/me/other-sign-ins/end")
@guarded(Permission.OWN_ACCOUNT)
def end_other_sign_ins() -> Any:
    """Sign every browser out but this one."""
    actions.end_other_sign_ins(current_actor())
    return done(url_for("accounts.me"), _("Your other browsers are signed out."))


def _page(
    person: Person, mistakes: dict[str, str] | None = None, typed: dict[str, Any] | None = None
) -> Any:
    actor = current_actor()
    kept = {"name": person.name, "lang": person.lang, "zone": person.zone}
    return page(
        "accounts/me.html",
        status=422 if mistakes else 200,
        email=person.email,
        has_password=person.password is not None,
        details={key: (typed or {}).get(key) or value for key, value in kept.items()},
        mistakes=mistakes or {},
        organisations=acting.choices(),
        sign_ins=[_shown(row, actor.session_id) for row in queries.list_sign_ins(actor)],
        zones=[(zone, locale.place_of(zone)) for zone in ZONES],
    )


def _shown(row: SignIn, present: str) -> dict[str, Any]:
    # Signing in goes by the world's time, pages by the product's: in the demonstration it is 2004.
    moved = clock.now() - clock.real_now()
    return {
        "id": row.id,
        "browser": row.browser or _("Unknown browser"),
        "since": row.created_at + moved,
        "seen": row.seen_at + moved,
        "is_present": row.id == present,
    }
