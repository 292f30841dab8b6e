"""Is only a part of the page wanted, and what did the answer depend on?"""

from __future__ import annotations

from flask import Response
from htmx_flask import request

VARY = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request", "HX-Request-Type", "Cookie")


def wants_fragment() -> bool:
    """Whether htmx asked for a block; a boosted or history-restoring request wants the whole page."""
    asked = request.htmx
    if request.headers.get("HX-Request-Type", "partial") == "full":
        return False
    return bool(asked) and not asked.boosted and not asked.history_restore_request


def vary(response: Response) -> Response:
    response.vary.update(VARY)
    return response
