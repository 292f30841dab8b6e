"""In which order is a request examined before its view runs?"""

from __future__ import annotations

from flask import Flask, current_app, g, request, session
from werkzeug.exceptions import BadRequest, NotFound, SecurityError

from app.extensions import csrf
from app.web import errors, security_headers, transaction
from app.web.guard import SignInNeeded, rule_of
from app.web.identity import SAFE, identify
from app.web.locale import LANGUAGES
from app.web.page import drawn_for, form_organisation_differs


def receive() -> None:
    """Before each request: who, from where, with which form, and for the first time?"""
    if request.endpoint == "static":
        g.actor = None
        return
    identify()
    _refuse_impossible_address()
    rule = rule_of(current_app, request.endpoint)
    if request.method in SAFE or rule is None:
        return
    if rule.permission is not None and g.actor is None:
        raise SignInNeeded
    _refuse_other_sites()
    if form_organisation_differs():  # before the token, whose secret changes with the organisation
        raise errors.ActingDiffers
    csrf.protect()
    if rule.permission is not None and not drawn_for():
        raise errors.ActingDiffers
    if rule.permission is not None and not rule.is_repeatable:
        transaction.require_key()
    _switch_language_of_form()


def _refuse_impossible_address() -> None:
    """No id and no answer holds a NUL, and PostgreSQL cannot even be asked for one."""
    if "\x00" in request.path:
        raise NotFound
    if any("\x00" in name or "\x00" in value for name, value in request.args.items(multi=True)):
        raise BadRequest


def _refuse_other_sites() -> None:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise SecurityError("another site sent this form")
    for name, value in request.form.items(multi=True):
        if "\x00" in name or "\x00" in value:
            raise BadRequest


def _switch_language_of_form() -> None:
    # The language switch of a page with a form sends the form: the text stays and nothing is saved.
    wanted = request.form.get("_lang")
    g.is_language_switch = wanted in LANGUAGES
    if g.is_language_switch:
        g.lang = session["lang"] = wanted


def prepare(app: Flask) -> None:
    """Register the pipeline; the commit comes first of what runs after, headers last."""
    app.before_request(receive)
    security_headers.prepare(app)
    transaction.prepare(app)
    errors.prepare(app)
