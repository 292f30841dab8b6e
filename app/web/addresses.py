"""Where does an endpoint answer? Asked two dozen times a page, so answers are kept."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import request, url_for

MOST = 8192
"""Addresses kept at the most."""


def address(endpoint: str, **parts: Any) -> str:
    """What `url_for` says, kept where nothing but the parts decides it."""
    decided = endpoint[0] != "." and all(type(part) is str for part in parts.values())
    if not decided or not request or any(name[0] == "_" for name in parts):
        return url_for(endpoint, **parts)
    return _built(request.script_root, endpoint, tuple(parts.items()))


@lru_cache(MOST)
def _built(root: str, endpoint: str, parts: tuple[tuple[str, str], ...]) -> str:
    named: dict[str, Any] = dict(parts)
    return url_for(endpoint, **named)
