"""Where does somebody go on from a page of refusal?"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, g, request, url_for
from werkzeug.routing import BuildError

from app.formats.words import N_
from app.policy.engine import might
from app.web.addresses import local_path
from app.web.carrying import Carried
from app.web.guard import rule_of
from app.web.identity import SAFE
from app.workflow.machine import NotNow


@dataclass(frozen=True)
class Ways:
    """What a page of refusal offers besides the first page."""

    sign_in_url: str | None = None
    carried: Carried | None = None
    """The form that was sent, where it can be drawn again with its text."""
    record_url: str | None = None
    """Where the record stands that the request was about."""
    page_url: str | None = None
    """The page on which the form stood."""
    act_for: tuple[str, str] | None = None
    """Id and name of the organisation to act for again."""


def sign_in_url() -> str:
    """Where to sign in, to come back to this page; in the demonstration one chooses a person."""
    is_demonstration = current_app.config["ENLACE"].is_demonstration
    endpoint = "joining.demo_sign_in" if is_demonstration else "accounts.sign_in"
    return url_for(endpoint, next=where_from())


def where_from() -> str:
    """The page to come back to: this one, or for a change the page whose form was sent."""
    if request.method in SAFE:
        return request.full_path.rstrip("?")
    if shown := request.headers.get("HX-Current-URL"):
        return urlsplit(shown).path or "/"
    if g.get("is_unreadable"):
        return "/"
    return local_path(request.form.get("_page"))


def page_url() -> str | None:
    """The page on which the refused form stood, to be opened anew."""
    found = None if request.method in SAFE else where_from()
    return found if found not in (None, "/") else None


NOT_WRITTEN = N_(
    "This was certified, withdrawn or discarded, so nothing can be written in it now. Here is where "
    "it stands."
)
OVERTAKEN = N_(
    "Somebody was faster, or this step has already been taken. Nothing was changed. Please look at "
    "where it stands now."
)
NOT_SAVED = N_(
    "This draft was certified, withdrawn or discarded meanwhile, so nothing can be written in it now."
)
KEPT = N_("Nothing was saved; what you typed stays here to be copied.")
NOT_OPEN = N_("That step is not open now. Here is where it stands.")


def not_now(error: NotNow) -> str:
    """The msgid of why a page could not be opened, for the page of the record."""
    return NOT_WRITTEN if (error.machine, error.verb) == ("draft", "write") else NOT_OPEN


def not_done(error: NotNow) -> str:
    """The msgid of why a change was not made."""
    is_writing = error.machine == "draft" and error.verb in ("write", "save")
    return NOT_SAVED if is_writing else OVERTAKEN


def record_url() -> str | None:
    """The page of the record that the address names; none where this is that page."""
    parts, blueprint = request.view_args or {}, request.blueprint
    show = f"{blueprint}.show"
    rule = rule_of(current_app, show)
    if not parts or rule is None or rule.permission is None or request.endpoint == show:
        return None
    if g.actor is None or not might(g.actor, rule.permission):
        return None
    ids = {name for rule in current_app.url_map.iter_rules(show) for name in rule.arguments}
    if not ids or not ids <= parts.keys():
        return None
    try:
        return url_for(show, **{name: parts[name] for name in ids})
    except BuildError:
        return None
