"""How does somebody add a second factor: a program, a passkey, a sheet?"""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from app.accounts import queries as accounts
from app.accounts.factors import (
    actions,
    freshness,
    giving,
    kept_keys,
    passkeys,
    proving,
    queries,
    taking,
    totp,
)
from app.accounts.factors.forms import NameForm
from app.accounts.factors.models import Factor, Kind
from app.accounts.factors.typed import NEW_KEY, Given
from app.accounts.factors.views.pages import blueprint
from app.policy.permissions import Permission
from app.sealing.refusals import SealingUnavailable, Unopenable
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page
from app.web.refusal import Refusal


@blueprint.route("/me/second-factor/program", methods=["GET", "POST"])
@guarded(Permission.OWN_ACCOUNT, delays_writing=True)
def program() -> Any:
    """Begin to add a program: prove who one is, and get its key."""
    form, actor = NameForm(), current_actor()
    if not is_submitted():
        return _adding("program", form)
    if not form.validate():
        return _adding("program", form, form.mistakes)
    if wrong := proving.prove_oneself(actor, request.form):
        return _adding("program", form, wrong)
    try:
        actions.begin_program(actor, form.name.data or "")
    except SealingUnavailable:
        return _adding("program", form, {"": _("Keys cannot be kept here at present: the master key is "
                                               "missing. Take another way, or tell whoever runs the "
                                               "server.")})  # fmt: skip
    except Refusal as refusal:
        return _adding("program", form, {"": refusal.say()})
    return redirect(url_for("factors.key"), 303)


@blueprint.route("/me/second-factor/program/key", methods=["GET", "POST"])
@guarded(Permission.OWN_ACCOUNT)
def key() -> Any:
    """Show the key until the program shows the first right code."""
    actor = current_actor()
    factor = queries.find_begun(actor)
    if factor is None:
        return redirect(url_for("factors.program"), 303)
    freshness.require_one_given(actor)
    if not is_submitted():
        return _key(factor)
    given = Given.of(request.form)
    if not given.figures:
        return _key(factor, _("Write the six figures that the program shows."))
    try:
        token = actions.confirm_program(actor, factor, given.figures)
    except (SealingUnavailable, Unopenable):
        raise NotFound from None
    except giving.NotRight:
        return _key(factor, _("This is not the code of now. Look whether the clock of the device is right,"
                              " wait for the next code, and type that."))  # fmt: skip
    taking.go_on_fresh(token)
    return done(url_for("factors.mine"), _("The program is added."))


def _key(factor: Factor, mistake: str | None = None) -> Any:
    try:
        secret = kept_keys.open_key(factor)
    except (SealingUnavailable, Unopenable):
        raise NotFound from None
    return page(
        "factors/key.html",
        status=422 if mistake else 200,
        text=totp.as_text(secret),
        picture=totp.as_picture(secret, accounts.get_me(current_actor()).email),
        mistakes={"factor": mistake} if mistake else {},
    )


@blueprint.route("/me/second-factor/passkey", methods=["GET", "POST"])
@guarded(Permission.OWN_ACCOUNT, delays_writing=True)
def passkey() -> Any:
    """Add a passkey that the browser has made."""
    form, actor = NameForm(), current_actor()
    if not is_submitted():
        return _adding("passkey", form)
    if not form.validate():
        return _adding("passkey", form, form.mistakes)
    try:
        if wrong := proving.prove_oneself(actor, request.form):
            return _adding("passkey", form, wrong)
        if not request.form[
            NEW_KEY
        ]:  # the one that they have was given, the new one is not made yet
            return _adding("passkey", form)
        token = actions.add_passkey(actor, form.name.data or "", request.form[NEW_KEY])
    except passkeys.NotSigned:
        return _adding("passkey", form, {"": _("The passkey did not answer as it should. Please try once"
                                               " more.")})  # fmt: skip
    except Refusal as refusal:
        return _adding("passkey", form, {"": refusal.say()})
    taking.go_on_fresh(token)
    return done(url_for("factors.mine"), _("The passkey is added."))


@blueprint.route("/me/second-factor/sheet", methods=["GET", "POST"])
@guarded(Permission.OWN_ACCOUNT, delays_writing=True)
def sheet() -> Any:
    """Make a sheet of codes, and show it this one time."""
    form, actor = NameForm(), current_actor()
    if not is_submitted():
        return _adding("sheet", form)
    if wrong := proving.prove_oneself(actor, request.form):
        return _adding("sheet", form, wrong)
    try:
        codes = actions.make_sheet(actor)
    except Refusal as refusal:
        return _adding("sheet", form, {"": refusal.say()})
    return page("factors/codes.html", codes=list(enumerate(codes, start=1)))


def _adding(what: str, form: NameForm, mistakes: dict[str, str] | None = None) -> Any:
    actor = current_actor()
    has_sheet = any(each.kind == Kind.SHEET for each in queries.list_mine(actor))
    return page(
        f"factors/{what}.html",
        status=422 if mistakes else 200,
        name=form.name.data or "",
        mistakes=mistakes or {},
        wants_password=proving.wants_password(actor),
        has_sheet=has_sheet,
        is_possible=passkeys.is_possible(),
    )
