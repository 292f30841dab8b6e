"""What does gunicorn answer to a request that it cannot even read? A page in both languages."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

TOO_LONG = (
    "La dirección es demasiado larga. No se cambió nada.",
    "The address is too long. Nothing was changed.",
)
UNREADABLE = (
    "La solicitud no se pudo leer. No se cambió nada.",
    "The request could not be read. Nothing was changed.",
)
ANSWERS = MappingProxyType(
    {
        LimitRequestLine: ("414 URI Too Long", TOO_LONG),
        LimitRequestHeaders: ("431 Request Header Fields Too Large", UNREADABLE),
    }
)
HEADERS = (
    "Connection: close",
    "Content-Type: text/html; charset=utf-8",
    "Cache-Control: no-store",
    "X-Content-Type-Options: nosniff",
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
)


class Worker(ThreadWorker):
    """gunicorn's threads, with pages of our own for requests that reach no application."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer a request that could not be read; anything else is gunicorn's own business."""
        if not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("unreadable request: %s", type(exc).__name__)  # never what it said
        try:
            write_nonblock(client, answer(exc))
        except OSError:
            self.log.debug("whoever asked is gone")


def answer(fault: ParseException) -> bytes:
    """The whole answer, status line to end of page."""
    status, (spanish, english) = ANSWERS.get(type(fault), ("400 Bad Request", UNREADABLE))
    body = (
        '<!doctype html>\n<html lang="es"><head><meta charset="utf-8"><title>Enlace</title></head>'
        f"<body><h1>Enlace</h1><p>{spanish}</p>"
        f'<p lang="en">{english}</p><p><a href="/">Enlace</a></p></body></html>\n'
    ).encode()
    head = "\r\n".join((f"HTTP/1.1 {status}", *HEADERS, f"Content-Length: {len(body)}", "", ""))
    return head.encode("ascii") + body
