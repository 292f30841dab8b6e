"""What can every template use without being handed it?"""

from __future__ import annotations

import json
import secrets
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import gettext as _

from app.policy.engine import allowed, might
from app.policy.permissions import Permission
from app.web import locale
from app.web.navigation import entries

DIST = Path(__file__).resolve().parent.parent / "static" / "dist"


class Components:
    """The page's parts: `ui.field(...)` is the macro `field` of templates/components/.

    Looked up when used, since a block rendered alone sees no imports of its template's top.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._known: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in self._known or self._app.jinja_env.auto_reload:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: str) -> Any:
        module = self._app.jinja_env.get_template("components/ui.html").make_module(
            {"ui": self, "_": _, "url_for": url_for}
        )
        return getattr(module, name)


@cache
def manifest() -> dict[str, str]:
    """Names of built files with their fingerprints."""
    path = DIST / "manifest.json"
    return json.loads(path.read_text()) if path.exists() else {}


def static(name: str) -> str:
    """The address of a built file, which changes when its content does."""
    return url_for("static", filename=f"dist/{manifest().get(name, name)}")


def form_key() -> str:
    """A fresh key for a form, so that sending it twice has one effect."""
    return secrets.token_urlsafe(18)


def can(permission_name: str, record: Any = None) -> bool:
    """Whether the reader may do this: the same answer that the guard would give."""
    actor = g.get("actor")
    if actor is None:
        return False
    permission = Permission[permission_name]
    return might(actor, permission) if record is None else allowed(actor, permission, record)


def prepare(app: Flask) -> None:
    """Give the templates their globals and filters."""
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.globals.update(
        ui=Components(app), static=static, form_key=form_key, can=can,
        show_deadline=locale.show_deadline, page_path=lambda: request.full_path.rstrip("?"),
    )  # fmt: skip
    env.filters.update(
        number=locale.show_number, day=locale.show_date, instant=locale.show_instant,
        clock=locale.show_clock,
    )  # fmt: skip

    @app.context_processor
    def about_this_request() -> dict[str, Any]:
        return {
            "actor": g.get("actor"),
            "lang": locale.lang(),
            "nav": entries(g.get("actor")),
            "demonstration": app.config["ENLACE"].is_demonstration,
        }

