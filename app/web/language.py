"""In which of the two languages does this reader read?"""

from __future__ import annotations

from flask import g, request, session

LANGUAGES = ("es", "en")


def lang() -> str:
    """es or en: chosen by the person, else for this browser, else what the browser asks for."""
    known = g.get("lang")
    if known:
        return known
    chosen = session.get("lang")
    if g.get("actor") is not None:
        chosen = chosen or g.actor.lang
    g.lang = chosen if chosen in LANGUAGES else request.accept_languages.best_match(LANGUAGES, "es")
    return g.lang
