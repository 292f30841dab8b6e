"""How is a browser signed in, and where does it go on?"""

from __future__ import annotations

from typing import Any

from flask import g, request

from app.accounts import actions, browsers, cookie
from app.web.addresses import local_path
from app.web.carrying import brought
from app.web.page import done, page


def begin(person_id: str, organisation_id: str, *, by: str) -> None:
    """Sign this browser in; whoever was signed in with it before is signed out."""
    if g.actor is not None:
        actions.sign_out(g.actor)
    browser = browsers.name_of(request.user_agent.string)
    cookie.remember(actions.sign_in(person_id, organisation_id, browser=browser, by=by))


def next_page() -> str:
    """The page of ours to go on to: the form's, else the address's, else the first page."""
    return local_path(request.form.get("next") or request.args.get("next"))


def go_on(message: str | None = None) -> Any:
    """To the next page; where typed text was carried along, to the button that puts it back."""
    form = brought()
    return page("carried.html", form=form) if form else done(next_page(), message)
