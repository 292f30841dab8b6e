"""Where does the Secretariat write a call, translate it and mend its words?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, flash, url_for
from flask_babel import gettext as _

from app.calls import actions, offered, queries, wording
from app.calls.forms import LABELS, TermsForm, WordsForm, written
from app.calls.inviting import invited_ids
from app.calls.models import Call
from app.calls.views.pages import at_its_place, blueprint, expect, typed
from app.organisations.models import Organisation
from app.policy.permissions import Permission
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.newer import newer
from app.web.page import done, page


@blueprint.route("/new", methods=["GET", "POST"])
@guarded(Permission.CALL_EDIT)
def new() -> Response:
    """GET, POST /calls/new: a new draft."""
    form, errors = TermsForm(), {}
    if is_submitted() and form.validate():
        try:
            call = actions.create(current_actor(), form.terms())
        except Refusal as refusal:
            errors = at_its_place(refusal)
        else:
            _tell(form)
            return done(
                _url(call), _("The call was saved as a draft. Only the Secretariat sees it.")
            )
    elif is_submitted():
        errors = form.mistakes
    versions = offered.form_versions()
    first = {"zone": locale.zone(), "format_version": str(versions[0]) if versions else ""}
    return _whole_form(None, errors, typed(first), versions, 422 if errors else 200)


@blueprint.route("/<call_id>/edit", methods=["GET", "POST"])
@guarded(Permission.CALL_EDIT, load=queries.get)
def edit(call: Call) -> Response:
    """GET, POST /calls/<id>/edit: a draft as a whole; later its texts alone."""
    if _is_draft(call):
        return _edit_whole(call)
    expect(call, "reword")
    return _edit_words(call)


def _attempt(form: Any, save: Callable[[], None]) -> tuple[int, dict[str, str]]:
    """Save what was typed: 303 where it was done, else why not and what stands at which place."""
    if not is_submitted():
        return 200, {}
    if not form.validate():
        return 422, form.mistakes
    try:
        save()
    except Refusal as refusal:
        return 422, at_its_place(refusal)
    except actions.Stale:
        return 409, {}
    return 303, {}


def _edit_whole(call: Call) -> Response:
    form = TermsForm()
    status, errors = _attempt(form, lambda: actions.edit(
        current_actor(), call, terms=form.terms(), revision=form.revision.data))  # fmt: skip
    if status == 303:
        _tell(form)
        return done(_url(call), _("The call was saved."))
    call = queries.get(current_actor(), call.id)
    now = written(call, invited_ids(call))
    return _whole_form(call, errors, typed(now), offered.form_versions(), status, now)


def _edit_words(call: Call) -> Response:
    form = WordsForm()
    status, errors = _attempt(form, lambda: actions.reword(
        current_actor(), call, words=form.words(), revision=form.revision.data))  # fmt: skip
    if status == 303:
        return done(_url(call), _("The texts were saved."))
    call = queries.get(current_actor(), call.id)
    now = written(call, set())
    return page(
        "calls/words.html", status=status, call=call, errors=errors, typed=typed(now), work_form=True,
        revision=call.revision, newer=newer(now, status),
        labels=LABELS,
    )  # fmt: skip


def _whole_form(
    call: Call | None, errors: dict[str, str], typed: Any, versions: list[int], status: int,
    now: dict[str, Any] | None = None,
) -> Response:  # fmt: skip
    return page(
        "calls/form.html", status=status, call=call, errors=errors, typed=typed, work_form=True,
        revision=call.revision if call else 0,
        versions=[(each, _("version %(number)s", number=each)) for each in versions],
        zones=wording.zone_choices(), countries=_named(offered.delegations()),
        newer=newer(now or {}, status),
        labels=LABELS,
    )  # fmt: skip


def _named(organisations: list[Organisation]) -> list[tuple[str, str]]:
    names = [(each.id, each.name(locale.lang())) for each in organisations]
    return sorted(names, key=lambda each: each[1].casefold())


def _is_draft(call: Call) -> bool:
    return wording.shown(call).state == "draft"


def _tell(form: TermsForm) -> None:
    for notice in form.notices:
        flash(notice, "warn")


def _url(call: Call) -> str:
    return url_for("calls.show", call_id=call.id)
