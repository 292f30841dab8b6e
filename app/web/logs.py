"""What is written down about each request, for whoever runs the server, and what never is?

One line of JSON for each event: no answers, no addresses with ids in them, no names, no messages of
exceptions. Only known fields are written, each short; whatever else is handed in is named and dropped.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import sys
import time
from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

import structlog
from flask import Flask, Response, g, request

import config

FIELDS = frozenset(
    {
        "event", "level", "timestamp", "endpoint", "method", "status", "milliseconds", "person",
        "permission", "machine", "state", "verb", "fault", "frames", "job", "message", "kind",
        "tries", "environment", "logger", "count", "limit", "table", "code",
    }
)  # fmt: skip
LONGEST = 200
log = structlog.get_logger()


def keep_known_fields(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Any:
    """Drop what is not in FIELDS, and cut what is long."""
    unknown = sorted(set(event) - FIELDS)
    kept = {name: _short(event[name]) for name in event if name in FIELDS}
    return {**kept, "dropped": unknown} if unknown else kept


def _short(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return [str(one)[:LONGEST] for one in value][:20]
    return str(value)[:LONGEST]


class LineFormatter(logging.Formatter):
    """Lines of libraries: what kind of thing happened, never what it was about."""

    def __init__(self) -> None:
        super().__init__()
        self._write = structlog.processors.JSONRenderer()

    def format(self, record: logging.LogRecord) -> str:
        # The sentence without what would be filled in, and a fault without its message.
        event: dict[str, Any] = {"event": str(record.msg), "logger": record.name}
        event["level"] = record.levelname.lower()
        if record.exc_info and record.exc_info[0]:
            event["fault"] = record.exc_info[0].__name__
        return str(self._write(None, "", keep_known_fields(None, "", event)))


def configure(settings: config.Settings) -> None:
    """Send our events and those of libraries to standard error, as lines of JSON."""
    level = logging.WARNING if settings.is_demonstration else logging.INFO
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            keep_known_fields,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    if settings.environment != "test":  # pytest listens to libraries itself
        lines = logging.StreamHandler(sys.stderr)
        lines.setFormatter(LineFormatter())
        logging.basicConfig(handlers=[lines], level=logging.WARNING, force=True)


@lru_cache(1024)
def person_mark(person_id: str, secret: str) -> str:
    """The same for the same person as long as the secret stands, and nobody's name."""
    return hmac.new(secret.encode(), f"log|{person_id}".encode(), hashlib.sha256).hexdigest()[:12]


def prepare(app: Flask) -> None:
    """Write a line after each request; registered first, so that it sees the final answer."""
    settings: config.Settings = app.config["ENLACE"]
    configure(settings)

    @app.before_request
    def begin() -> None:
        g.began = time.monotonic()

    @app.after_request
    def write_line(response: Response) -> Response:
        if request.endpoint != "static":
            actor = g.get("actor")
            log.info(
                "request",
                method=request.method,
                endpoint=request.endpoint,
                status=response.status_code,
                milliseconds=round((time.monotonic() - g.get("began", time.monotonic())) * 1000),
                person=person_mark(actor.person_id, settings.secret_key) if actor else None,
            )
        return response
