"""Where does a request commit? Here, once, or nowhere.

An unsafe request that ended below 400 is committed with its audit events and its idempotency key; any
other is rolled back. A repeated request finds its key taken and gets the first one's answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask, Response, g, redirect, request
from flask import session as session_cookie
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from app import clock
from app.audit import trail
from app.db.errors import is_passing, is_taken
from app.db.models import IdempotencyKey
from app.db.scoping import current, scoped
from app.extensions import db
from app.jobs.wake import wake_outbox
from app.outbox.post import FRESH
from app.web.identity import SAFE, begin_writing, read_again
from app.web.page import say_sent
from app.web.repeated import (
    KEY_FIELD,
    KEY_HEADER,
    locked,
    request_hash,
    stored_name,
    unlocked,
)

KEY_LENGTH = range(16, 65)
BODY_LIMIT = 2048
KEEP_KEY = insert(IdempotencyKey.__table__)
log = structlog.get_logger()


class KeyMissing(Exception):
    """An unsafe request of a signed-in person came without its key."""


def require_key() -> None:
    """Before an unsafe request of a signed-in person: it carries its key."""
    g.idempotency_key = None
    if request.method in SAFE or g.actor is None:
        return
    key = request.headers.get(KEY_HEADER) or request.form.get(KEY_FIELD, "")
    if len(key) not in KEY_LENGTH or not key.replace("-", "").replace("_", "").isalnum():
        raise KeyMissing
    g.idempotency_key = key


def finish(response: Response) -> Response:
    """After each request: commit or roll back, and answer accordingly."""
    if request.endpoint == "static":
        return response
    if request.method in SAFE or response.status_code >= 400 or g.get("is_language_switch"):
        return _undo(response)
    try:
        _commit(response)
    except DBAPIError as error:
        return _not_committed(error)
    return response


def _not_committed(error: DBAPIError) -> Response:
    start_over()
    session_cookie.pop("_flashes", None)  # it would say that all went well
    if is_taken(error):
        first = find_key() if g.get("idempotency_key") else None
        return g.overtaken_response() if first is None else _same_again(first)
    if not is_passing(error):
        raise error
    log.warning("commit_refused", endpoint=request.endpoint)
    return g.unavailable_response()


def record_now(note: Callable[[], None]) -> None:
    """Within a reading request: write what must be on record before anything is shown, and commit.

    The request reads on afterwards in a transaction that cannot write.
    """
    begin_writing()
    session = db.session()
    note()
    session.flush()
    trail.append_queued(session)
    session.commit()
    read_again()


def _commit(response: Response) -> None:
    session = db.session()
    session.flush()
    if g.get("idempotency_key"):
        session.execute(KEEP_KEY, _key_row(response))
    trail.append_queued(session)
    wakes = session.info.pop(FRESH, False)
    session.commit()
    if wakes:
        wake_outbox()


def _undo(response: Response) -> Response:
    start_over()
    if g.get("idempotency_key") and response.status_code >= 400 and (first := find_key()):
        return _same_again(first)
    return response


def start_over() -> None:
    """Let nothing of what was tried stand: what is read from here on is what stands."""
    db.session.rollback()
    trail.forget_queued(db.session())


def find_key() -> Any:
    """The earlier request with this key, if it had its effect.

    Only reads: where the request failed because others write, it does not wait for a turn again.
    """
    table = IdempotencyKey.__table__
    with scoped(current(), writing=False):
        return db.session.execute(
            select(table).where(
                table.c.person_id == g.actor.person_id,
                table.c.key == stored_name(g.idempotency_key),
            )
        ).one_or_none()


def _same_again(first: Any) -> Response:
    db.session.rollback()
    if first.request_hash != request_hash(g.idempotency_key):
        return g.key_reused_response()
    here = request.script_root + request.path
    # A page that was too long to be kept is drawn anew.
    there = here if first.body is None and first.status == 200 else None
    body = unlocked(g.idempotency_key, first.body) if first.body else ""
    response = Response(body, status=first.status, mimetype="text/html")
    if first.location or there:
        response = redirect(first.location or here, 303 if there else first.status)  # type: ignore[assignment]
        say_sent()  # whoever repeats it did not hear the first answer
    response.headers["Idempotency-Replayed"] = "true"
    return response


def _key_row(response: Response) -> dict[str, Any]:
    key, body = g.idempotency_key, None
    if not response.location and response.status_code != 204 and response.is_json is False:
        text = response.get_data(as_text=True) if not response.direct_passthrough else ""
        body = locked(key, text) if len(text.encode()) <= BODY_LIMIT else None
    return {
        "person_id": g.actor.person_id,
        "key": stored_name(key),
        "request_hash": request_hash(key),
        "status": response.status_code,
        "location": response.location,
        "body": body,
        "created_at": clock.real_now(),
    }


def prepare(app: Flask) -> None:
    """Put the one commit point behind every request."""
    app.after_request(finish)

    @app.teardown_request
    def leave(_: BaseException | None) -> None:
        trail.forget_queued(db.session())
        db.session.remove()
