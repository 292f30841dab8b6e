"""What does somebody see when it did not work, and what becomes of the text they typed?"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from app.audit import trail
from app.audit.commit import committed
from app.db.errors import Missing, is_passing, is_taken
from app.extensions import db
from app.policy.engine import Forbidden
from app.web.guard import SignInNeeded
from app.web.htmx import wants_fragment
from app.web.identity import SAFE, scope_of_request
from app.web.page import page
from app.web.refusal import Refusal as Refusal
from app.web.transaction import KeyMissing
from app.workflow.machine import NotNow

KEPT_LIMIT = 200
HIDDEN = ("_", "csrf_token", "password", "next", "token", "version", "revision", "preview_hash")
log = structlog.get_logger()


class ActingDiffers(Exception):
    """The form was drawn for another organisation than the one acted for now."""


def kept_text() -> dict[str, str]:
    """What was typed into the refused form, to be shown again; never passwords or our own fields."""
    if request.method in SAFE or g.get("is_unreadable"):
        return {}
    labels = g.get("kept_labels", {})
    typed = {
        labels.get(name, name): "\n".join(values).strip()
        for name, values in request.form.lists()
        if not name.startswith(HIDDEN) and "".join(values).strip()
    }
    return dict(list(typed.items())[:KEPT_LIMIT])


def error_page(status: int, message: str = "", **context: Any) -> Response:
    """The page for a status, with what to do next and the text kept."""
    db.session.rollback()
    trail.forget_queued(db.session())
    template = f"errors/{status}.html"
    return page(
        template, block="message", status=status, message=message, kept=kept_text(), **context
    )


def prepare(app: Flask) -> None:
    """Register one answer for each kind of refusal."""
    app.register_error_handler(Missing, lambda _error: error_page(404))
    app.register_error_handler(Forbidden, _forbidden)
    app.register_error_handler(SignInNeeded, _sign_in)
    app.register_error_handler(NotNow, _not_now)
    app.register_error_handler(Refusal, lambda error: error_page(error.status, error.say()))
    app.register_error_handler(ActingDiffers, _acting_differs)
    app.register_error_handler(KeyMissing, lambda _error: error_page(400))
    app.register_error_handler(CSRFError, lambda _error: error_page(400))
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(PoolTimeout, lambda _error: _unavailable())
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)

    @app.before_request
    def prepare_late_answers() -> None:
        # The commit comes after the views, where raising would be too late.
        g.unavailable_response = _unavailable
        g.key_reused_response = _key_reused
        g.overtaken_response = _overtaken


def _forbidden(error: Forbidden) -> Response:
    log.info("forbidden", permission=error.permission.label, endpoint=request.endpoint)
    db.session.rollback()
    with committed(scope_of_request()):
        trail.record(g.actor, "access-denied", subject=("endpoint", request.endpoint or ""),
                     detail={"permission": error.permission.label})  # fmt: skip
    return error_page(403)


def _sign_in(_error: SignInNeeded) -> Response:
    target = sign_in_url()
    if request.method in SAFE and not wants_fragment():
        return redirect(target, 303)  # type: ignore[return-value]
    return error_page(401, sign_in_url=target)


def sign_in_url() -> str:
    """Where to sign in, to come back to this page; in the demonstration one chooses a person."""
    is_demonstration = current_app.config["ENLACE"].is_demonstration
    endpoint = "joining.demo_sign_in" if is_demonstration else "accounts.sign_in"
    return url_for(endpoint, next=where_from())


def where_from() -> str:
    """The page to come back to: this one, or for a change the page whose form was sent."""
    if request.method in SAFE:
        return request.full_path.rstrip("?")
    if shown := request.headers.get("HX-Current-URL"):
        return urlsplit(shown).path or "/"
    if g.get("is_unreadable"):
        return "/"
    return request.form.get("_page") or "/"


def _not_now(error: NotNow) -> Response:
    log.info("not_now", machine=error.machine, state=error.state, verb=error.verb)
    return _overtaken()


def _acting_differs(_error: ActingDiffers) -> Response:
    return error_page(409, _("This form was opened while you acted for another organisation. "
                             "Nothing was saved. Switch back, or open the form again."))  # fmt: skip


def _overtaken() -> Response:
    return error_page(409, _("Somebody was faster, or this step has already been taken. "
                             "Nothing was changed. Please look at where it stands now."))  # fmt: skip


def _key_reused() -> Response:
    return error_page(422, _("This form had already been sent with other words. Nothing was "
                             "changed. Open the page again and send it anew."))  # fmt: skip


def _unavailable() -> Response:
    response = error_page(503)
    response.headers["Retry-After"] = "5"
    return response


def _database(error: DBAPIError) -> Response:
    if is_taken(error):
        return _overtaken()
    if is_passing(error):
        log.warning("database_unavailable", endpoint=request.endpoint)
        return _unavailable()
    return _unexpected(error)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    g.is_unreadable = status == 413  # asking for the form once more would raise once more
    if status < 400:
        return error.get_response()  # type: ignore[return-value]
    known = (
        status if status in (400, 401, 403, 404, 405, 409, 413, 422, 428, 429, 500, 503) else 400
    )
    response = error_page(known)
    response.status_code = status
    if status == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))  # type: ignore[attr-defined]
    if status == 429:
        response.headers["Retry-After"] = str(getattr(error, "retry_after", None) or 60)
    return response


def _unexpected(error: Exception) -> Response:
    # The kind of fault and where it happened, never its message: it may hold what was typed.
    frames = [f"{f.co_filename}:{line}" for f, line in _frames(error)][-6:]
    log.error("unexpected", fault=type(error).__name__, endpoint=request.endpoint, frames=frames)
    if request.environ.get("enlace.raise"):
        raise error
    return error_page(500)


def _frames(error: Exception) -> list[tuple[Any, int]]:
    found, trace = [], error.__traceback__
    while trace:
        found.append((trace.tb_frame.f_code, trace.tb_lineno))
        trace = trace.tb_next
    return found
