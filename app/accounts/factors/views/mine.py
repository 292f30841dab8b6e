"""Which second factors does somebody have, and how is one removed?"""

from __future__ import annotations

from typing import Any

from flask import jsonify, request, url_for
from flask_babel import gettext as _

from app.accounts import queries as accounts
from app.accounts.factors import actions, freshness, passkeys, queries, sheets, taking
from app.accounts.factors.models import Factor, Kind
from app.accounts.factors.typed import BOX
from app.accounts.factors.views.pages import blueprint, kind_of, name_of
from app.policy.permissions import Permission
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page


@blueprint.get("/me/second-factor")
@guarded(Permission.OWN_ACCOUNT)
def mine() -> Any:
    """What one has, and the ways to add one."""
    held = queries.list_mine(current_actor())
    return page(
        "factors/mine.html",
        factors=[_shown(each) for each in held],
        is_asked=freshness.is_asked(),
        can_use_passkeys=passkeys.is_possible(),
        has_sheet=any(each.kind == Kind.SHEET for each in held),
    )


def _shown(factor: Factor) -> dict[str, Any]:
    codes = [
        {"number": each.number, "is_used": each.used_at is not None}
        for each in (queries.list_codes(factor) if factor.kind == Kind.SHEET else ())
    ]
    left = sum(not each["is_used"] for each in codes)
    return {
        "id": factor.id,
        "name": name_of(factor),
        "kind": kind_of(factor.kind),
        "since": factor.created_at,
        "used": factor.used_at,
        "codes": codes,
        "left": left,
        "is_nearly_used": bool(codes) and left <= sheets.FEW,
    }


@blueprint.route("/me/second-factor/<factor_id>/removal", methods=["GET", "POST"])
@guarded(Permission.OWN_ACCOUNT, load=queries.get_mine)
def remove(factor: Factor) -> Any:
    """Ask once more, then remove one of one's own."""
    actor = current_actor()
    if not is_submitted():
        return _removing(factor)
    factor_id = factor.id
    if wrong := taking.take_factor(actor, request.form):
        return _removing(queries.get_mine(actor, factor_id), {BOX: wrong})
    actions.remove(actor, queries.get_mine(actor, factor_id))
    return done(url_for("factors.mine"), _("Removed."))


def _removing(factor: Factor, mistakes: dict[str, str] | None = None) -> Any:
    return page(
        "factors/removal.html",
        status=422 if mistakes else 200,
        name=name_of(factor),
        action=url_for("factors.remove", factor_id=factor.id),
        mistakes=mistakes or {},
    )


@blueprint.get("/me/second-factor/passkey/options")
@guarded(Permission.OWN_ACCOUNT)
def to_make() -> Any:
    """What a browser needs to make a passkey."""
    actor = current_actor()
    email = accounts.get_me(actor).email
    return jsonify(passkeys.to_register(actor.person_id, email, queries.passkeys_of(actor)))


@blueprint.get("/factor/passkey/options")
@guarded(Permission.OWN_ACCOUNT)
def to_give() -> Any:
    """What a browser needs to let one of one's passkeys sign."""
    return jsonify(passkeys.to_give(queries.passkeys_of(current_actor())))
