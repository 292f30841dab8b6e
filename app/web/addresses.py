"""Where does an endpoint answer, and which addresses are ours?"""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from flask import request, url_for

MOST = 8192
"""Addresses kept at the most."""


def address(endpoint: str, **parts: Any) -> str:
    """What `url_for` says, kept where nothing but the parts decides it: it is asked often."""
    decided = endpoint[0] != "." and all(type(part) is str for part in parts.values())
    if not decided or not request or any(name[0] == "_" for name in parts):
        return url_for(endpoint, **parts)
    return _built(request.script_root, endpoint, tuple(parts.items()))


@lru_cache(MOST)
def _built(root: str, endpoint: str, parts: tuple[tuple[str, str], ...]) -> str:
    named: dict[str, Any] = dict(parts)
    return url_for(endpoint, **named)


def local_path(target: str | None) -> str:
    """Where a `next` parameter may lead: a path of ours, or the first page."""
    if not target or any(ord(letter) < 33 for letter in target) or "\\" in target:
        return "/"
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not target.startswith("/") or target.startswith("//"):
        return "/"
    return target
