"""How does a view answer with a page, or with the named block of it?"""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, flash, g, make_response, redirect, request

from app.extensions import db
from app.web.htmx import vary, wants_fragment
from app.web.identity import SAFE


def page(template: str, *, block: str | None = None, status: int = 200, **context: Any) -> Response:
    """The rendered template; for an htmx request, only its block when one is named.

    A reading request ends its transaction before it renders: a page in the making holds no lock, and
    a template that would fetch something fails.
    """
    if request.method in SAFE or status >= 400:
        db.session.close()
    chosen = current_app.jinja_env.get_template(template)
    context.setdefault("status", status)
    current_app.update_template_context(context)
    if block and wants_fragment():
        html = "".join(chosen.blocks[block](chosen.new_context(context)))
    else:
        html = chosen.render(context)
    return vary(make_response(html, status))


def finish_reading() -> None:
    """End the reading before slow work begins: while a file is made, nobody waits for us to write."""
    db.session.close()


def fragment(template: str, block: str, *, status: int = 200, **context: Any) -> Response:
    """One block of a template, whoever asks. It sees what it is given, and nothing of a page's."""
    chosen = current_app.jinja_env.get_template(template)
    html = "".join(chosen.blocks[block](chosen.new_context(context)))
    return vary(make_response(html, status))


def done(location: str, message: str | None = None, look: str = "message") -> Response:
    """Send the browser on after a change, with a word about what happened; "warn" for what did not."""
    if look != "warn":
        say_sent()
    if message:
        flash(message, look)
    return redirect(location, 303)  # type: ignore[return-value]


def say_sent() -> None:
    """Tell the next page which form was sent with success: the browser forgets what was typed in it."""
    if (key := g.get("idempotency_key")) and not g.get("is_language_switch"):
        flash(key, "sent")


def drawn_for() -> str:
    """The organisation that the form, or the page that saves a field, says it was drawn for."""
    return request.headers.get("X-Acting") or request.form.get("_acting", "")


def form_organisation_differs() -> bool:
    """Whether the form was drawn while acting for another organisation than now."""
    return bool(drawn_for()) and g.actor is not None and drawn_for() != g.actor.organisation_id
