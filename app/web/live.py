"""How do readers of a record hear at once that it changed, and never so many that the site stops?

Each page holds one thread with a stream of server-sent events, so their number is limited; a further one
is refused and asks every few seconds instead, and so does one page of whoever has more than one person
may. Between two events a stream holds no transaction. One thread
of the process hears from the database what was committed anywhere (`app/db/wakes.py`) and wakes the
streams of that record alone.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import structlog
from flask import Flask, Response, current_app, request
from sqlalchemy.exc import DBAPIError

from app.db.errors import Missing, is_passing
from app.policy.engine import Forbidden
from app.web.guard import SignInNeeded, current_actor
from app.web.identity import identify
from app.web.streams import Stream, Streams
from app.workflow.machine import NotNow

EVENTS = "text/event-stream"
RETRY_AFTER = 30
"""Seconds after which a refused reader may ask for a stream again; meanwhile it polls."""
BREATH = 15.0
"""Seconds of silence after which a line is sent, so that proxies and browsers see the stream live."""
AGAIN = 45.0
"""Seconds after which a stream looks in any case: whether its reader still may, and who left."""
LONGEST = 300.0
"""About how many seconds a stream lasts; the browser opens the next one by itself."""
RECONNECT = 3000
"""Milliseconds a browser waits before it opens the next."""

Look = Callable[[], dict[str, Any] | None]
"""What is new, with `since` for the next look; None for nothing. Raises what the guard raises."""
OVER = (SignInNeeded, Forbidden, Missing, NotNow)
log = structlog.get_logger()


def wants_events() -> bool:
    """Whether the request can read a stream."""
    return bool(request.accept_mimetypes[EVENTS]) and EVENTS in request.headers.get("Accept", "")


def stream(topic: str, look: Look) -> Response:
    """A stream of what `look` finds, each time that something was committed about the topic.

    `look` runs as this request again, with its reader identified anew. 503 where all are taken, and
    where the process has one thread, which a single reader would hold. A page whose reader opened too
    many is told to poll.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    streams: Streams = app.extensions["streams"]
    environ = dict(request.environ)
    socket = environ.get("gunicorn.socket") or environ.get("werkzeug.socket")
    reader = current_actor().person_id
    is_possible = environ.get("wsgi.multithread")
    opened = streams.open(topic, reader, socket) if is_possible else None
    if opened is None:
        refused = Response(status=503, mimetype="text/plain")
        refused.headers["Retry-After"] = str(RETRY_AFTER)
        return refused
    response = Response(_follow(app, environ, opened, look), mimetype=EVENTS)
    response.headers["X-Accel-Buffering"] = "no"
    response.call_on_close(lambda: streams.close(opened))
    return response


def _follow(app: Flask, environ: dict[str, Any], opened: Stream, look: Look) -> Iterator[str]:
    yield f"retry: {RECONNECT}\n\n"
    ends = time.monotonic() + LONGEST * random.uniform(0.8, 1.2)  # noqa: S311, no secret
    looked = -AGAIN
    is_woken = True
    while not opened.is_over and time.monotonic() < ends:
        if is_woken or time.monotonic() - looked >= AGAIN:
            looked = time.monotonic()
            try:
                found = _as_reader(app, environ, look)
            except OVER:
                yield "event: over\ndata: \n\n"
                return
            if found is not None:
                yield f"id: {found['since']}\ndata: {_line(found)}\n\n"
        is_woken = opened.wait(BREATH)
        if not is_woken:
            yield ": \n\n"
    if opened.gave_way:
        yield "event: poll\ndata: \n\n"


def _line(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def _as_reader(app: Flask, environ: dict[str, Any], look: Look) -> dict[str, Any] | None:
    """Look as the reader, if they may still; a database that is busy is looked at next time."""
    with app.request_context(environ):
        try:
            identify()
            return look()
        except DBAPIError as fault:
            if not is_passing(fault):
                log.error("live_look", fault=type(fault).__name__)
            return None


def prepare(app: Flask, most: int) -> None:
    """Give the application room for so many streams in each process."""
    app.extensions["streams"] = Streams(app, most)
