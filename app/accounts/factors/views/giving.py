"""Where is a second factor given before a page opens that needs one?"""

from __future__ import annotations

from typing import Any

from flask import redirect, request

from app.accounts import sessions
from app.accounts.factors.freshness import is_fresh
from app.accounts.factors.taking import take_factor
from app.accounts.factors.typed import BOX
from app.accounts.factors.views.pages import blueprint
from app.policy.permissions import Permission
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import page


@blueprint.route("/factor", methods=["GET", "POST"])
@guarded(Permission.OWN_ACCOUNT, delays_writing=True)
def give() -> Any:
    """Ask for the factor, and go on to the page that needs it."""
    if not is_submitted():
        return redirect(sessions.next_page(), 303) if is_fresh() else _page()
    if wrong := take_factor(current_actor(), request.form):
        return _page({BOX: wrong})
    return redirect(sessions.next_page(), 303)


def _page(mistakes: dict[str, str] | None = None) -> Any:
    return page(
        "factors/give.html",
        status=422 if mistakes else 200,
        next=sessions.next_page(),
        mistakes=mistakes or {},
    )
