"""What can every template use without being handed it?"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, g, request, session
from markupsafe import Markup

from app import clock
from app.formats.bound import row_name
from app.formats.countries import choices_of
from app.policy.engine import allowed, might
from app.policy.permissions import Permission
from app.web import locale
from app.web.addresses import address
from app.web.differing import differing
from app.web.drawn_before import MOST, DrawnBefore
from app.web.forms import revision_over
from app.web.input_names import told_apart
from app.web.navigation import entries
from app.web.sentences import gettext, ngettext, say
from app.workflow.names import name_of

DIST = Path(__file__).resolve().parent.parent / "static" / "dist"


class Components:
    """The page's parts: `ui.field(...)` is the macro in templates/components/field.html.

    Looked up when used, since a block rendered alone sees no imports of its template's top.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._known: dict[str, Any] = {}
        self.kept = DrawnBefore(self.draw)
        self.same = lru_cache(MOST)(self._same)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in self._known or self._app.jinja_env.auto_reload:
            self._known[name] = self._find(name)
        return self._known[name]

    def kind(self, name: str) -> Any:
        """The macro that draws one kind of answer. An import inside a macro would be made anew for
        every question of a page."""
        known = f"kinds/{name}"
        if known not in self._known or self._app.jinja_env.auto_reload:
            self._known[known] = self._module(known).input
        return self._known[known]

    def drawn(self, each: Any, lang: str) -> Markup:
        """One question of a section. What was drawn before is had from here by the short way: by way
        of the macro it takes as long again."""
        if getattr(each, "save", None) is None:
            return self.question(each, lang)
        return self.kept.question(each, lang)

    def draw(self, drawn: Any, lang: str, hint: str | None) -> Markup:
        """One question that is no table."""
        if drawn.closed:
            return self.closed(drawn, lang)
        return self.field(drawn.field, drawn.name, drawn.raw, drawn.error, lang, hint, drawn.save,
                          drawn.conflict)  # fmt: skip

    def asked(
        self,
        questions: Iterable[Any],
        lang: str,
        section: str,
        comments: Mapping[str, int] | None,
    ) -> Markup:
        """The questions of a section, each with the way to what is said about it. Put together here:
        a template takes as long for its loop as for what stands in it."""
        parts = []
        for each in questions:
            field = each.field
            parts.append(self.drawn(each, lang))
            if comments is not None and (field.is_asked or field.is_rows):
                parts.append(self.same(lang, "comments_link", "../comments", section, field.key,
                                       comments.get(field.key, 0), field.label.say(lang)))  # fmt: skip
        return Markup("\n").join(parts)

    def _same(self, _lang: str, name: str, *given: str | int) -> Markup:
        """A part that looks the same whenever it is given the same, in the same language: drawn once."""
        drawn: Markup = getattr(self, name)(*given)
        return drawn

    def _find(self, name: str) -> Any:
        return getattr(self._module(name), name)

    def _module(self, path: str) -> Any:
        return self._app.jinja_env.get_template(f"components/{path}.html").module


@cache
def manifest() -> dict[str, str]:
    """Names of built files with their fingerprints."""
    path = DIST / "manifest.json"
    return json.loads(path.read_text()) if path.exists() else {}


def static(name: str) -> str:
    """The address of a built file, which changes when its content does."""
    return address("static", filename=f"dist/{manifest().get(name, name)}")


def form_key() -> str:
    """A fresh key for a form, so that sending it twice has one effect."""
    return secrets.token_urlsafe(18)


def acting_id() -> str:
    """The organisation a form is drawn for; empty where nobody is signed in."""
    actor = g.get("actor")
    return actor.organisation_id if actor else ""


def page_path() -> str:
    """Where this page can be opened again: a page that answers a form, where the form stood."""
    stood = request.form.get("_page") if request.method == "POST" else None
    return stood or request.full_path.rstrip("?")


def seconds_left() -> int:
    """For how long the reader stays signed in at most, however busy; 0 where nobody is signed in."""
    ends_at = g.get("sign_in_ends_at")
    return max(0, int((ends_at - clock.real_now()).total_seconds())) if ends_at else 0


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
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals["_"] = say  # newstyle's own does the same by a longer way
    env.trim_blocks = env.lstrip_blocks = True
    env.globals.update(
        ui=Components(app), url_for=address, static=static, form_key=form_key, can=can,
        acting_id=acting_id, told_apart=told_apart, revision_over=revision_over, name_of=name_of, country_choices=choices_of, row_name=row_name, show_deadline=locale.show_deadline,
        reading_locale=locale.locale, reading_lang=locale.lang, country_name=locale.country_name, page_path=page_path,
    )  # fmt: skip
    env.filters.update(
        number=locale.show_number, money=locale.show_money, iso_day=locale.show_iso_date, day=locale.show_date, short_day=locale.show_short_date, weekday=locale.show_weekday, instant=locale.show_instant,
        clock=locale.show_clock, differing=differing,
    )  # fmt: skip

    @app.context_processor
    def about_this_request() -> dict[str, Any]:
        return {
            "actor": g.get("actor"),
            "unread": g.get("unread", 0),
            "lang": locale.lang(),
            "nav": entries(g.get("actor")),
            "demonstration": app.config["ENLACE"].is_demonstration,
            "here": page_path(),
            "own_computer": bool(session.get("own")),
            "idle_seconds": app.config["ENLACE"].session_idle_minutes * 60,
            "left_seconds": seconds_left(),
        }
