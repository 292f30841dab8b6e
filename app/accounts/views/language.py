"""In which language shall this browser show the pages from now on?"""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest

from app.accounts import cookie, sessions
from app.accounts.views.pages import blueprint
from app.web.guard import public
from app.web.locale import LANGUAGES
from app.web.page import done


@blueprint.post("/language")
@public
def set_language() -> Any:
    """Switch, and go on with the page one was on."""
    lang = request.form.get("lang", "")
    if lang not in LANGUAGES:
        raise BadRequest
    cookie.keep_language(lang)
    return done(sessions.next_page())
