"""What does somebody see when it did not work, and what becomes of the text they typed?"""

from __future__ import annotations

from typing import Any

import structlog
from flask import Flask, Response, g, redirect, request, url_for
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
from app.web.carrying import carried
from app.web.guard import SignInNeeded
from app.web.htmx import wants_fragment
from app.web.identity import SAFE, scope_of_request
from app.web.oversized import read_words
from app.web.page import done, drawn_for, page
from app.web.refusal import Gone
from app.web.refusal import Refusal as Refusal
from app.web.transaction import KeyMissing
from app.web.typed_text import kept_text
from app.web.ways_back import (
    KEPT,
    NOT_SAVED,
    OVERTAKEN,
    Ways,
    not_done,
    not_now,
    page_url,
    record_url,
    sign_in_url,
)
from app.workflow.machine import NotNow

FORM_HEADER = "Enlace-Form"
"""Says `stale` or `other`: only the session a form was drawn in was refused, not what it says."""
log = structlog.get_logger()


class ActingDiffers(Exception):
    """The form was drawn for another organisation than the one acted for now."""


def error_page(status: int, message: str = "", ways: Ways | None = None) -> Response:
    """The page for a status, with what to do next and the text kept."""
    db.session.rollback()
    trail.forget_queued(db.session())
    ways = ways or Ways(record_url=record_url() if status in (403, 409, 422, 428) else None,
                        page_url=page_url())  # fmt: skip
    return page(f"errors/{status}.html", block="message", status=status, message=message,
                kept=kept_text(), ways=ways)  # fmt: skip


def prepare(app: Flask) -> None:
    """Register one answer for each kind of refusal."""
    app.register_error_handler(Missing, lambda _error: error_page(404))
    app.register_error_handler(
        Gone,
        lambda error: error_page(404, error.say(), Ways(record_url=url_for(error.endpoint))),
    )
    app.register_error_handler(Forbidden, _forbidden)
    app.register_error_handler(SignInNeeded, _sign_in)
    app.register_error_handler(NotNow, _not_now)
    app.register_error_handler(Refusal, lambda error: error_page(error.status, error.say()))
    app.register_error_handler(ActingDiffers, _acting_differs)
    app.register_error_handler(KeyMissing, lambda _error: _stale())
    app.register_error_handler(CSRFError, lambda _error: _stale())
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
    return error_page(401, ways=Ways(sign_in_url=target, carried=carried()))


def _stale() -> Response:
    """A form of an earlier sign-in, or drawn too long ago: its text goes back into a fresh one."""
    response = error_page(400, ways=Ways(carried=carried(), page_url=page_url()))
    response.headers[FORM_HEADER] = "stale"
    return response


def _not_now(error: NotNow) -> Response:
    log.info("not_now", machine=error.machine, state=error.state, verb=error.verb)
    record = record_url() if request.method in SAFE and not wants_fragment() else None
    became = error.say()
    if record:
        return done(record, became or _(not_now(error)), "warn")
    why = not_done(error)
    said = became or _(why)
    return error_page(409, f"{said} {_(KEPT)}" if why == NOT_SAVED and kept_text() else said)


def _acting_differs(_error: ActingDiffers) -> Response:
    now, then = g.actor.organisation_name, drawn_for()
    names = {each.organisation_id: each.name for each in g.get("acting_choices", ())}
    ways = Ways(carried=carried(), page_url=page_url(),
                act_for=(then, names[then]) if then in names else None)  # fmt: skip
    message = _("This page does not say that it was opened for %(now)s, for which you act now. "
                "Nothing was saved.", now=now)  # fmt: skip
    if then in names:
        message = _("This page was opened for %(then)s; you now act for %(now)s. Nothing was saved.",
                    then=names[then], now=now)  # fmt: skip
    response = error_page(409, message, ways)
    response.headers[FORM_HEADER] = "other"
    return response


def _overtaken() -> Response:
    return error_page(409, _(OVERTAKEN))


def _key_reused() -> Response:
    return error_page(422, _("This form had already been sent with other words. Nothing was "
                             "changed. Open the page again and send it anew."))  # fmt: skip


def _unavailable() -> Response:
    response = error_page(503, ways=Ways(carried=carried(), page_url=page_url()))
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
    # Asking for a form that was too large would raise once more.
    g.is_unreadable = status == 413 and not read_words()
    if status < 400:
        return error.get_response()  # type: ignore[return-value]
    known = (
        status if status in (400, 401, 403, 404, 405, 409, 413, 422, 428, 429, 500, 503) else 400
    )
    ways = Ways(carried=carried(), page_url=page_url()) if status == 413 else None
    response = error_page(known, ways=ways)
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
