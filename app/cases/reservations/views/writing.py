"""Where does the legal adviser write the text of a reservation, and answer the five questions about it?"""

from __future__ import annotations

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from app.cases.common_format.format import CASE
from app.cases.reservations import actions, queries, shown, words
from app.cases.reservations.forms import LABELS, RuleForm, TextForm, written
from app.cases.reservations.queries import Found, Stated
from app.cases.reservations.terms import Terms, of_record
from app.cases.reservations.views.pages import (
    at_its_place,
    blueprint,
    typed,
    url_of_rule,
    url_of_text,
)
from app.policy.permissions import Permission
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page
from app.web.refusal import Refusal
from app.workflow.tables import RESERVATION

READERS = ("country", "secretariat")


@blueprint.route("/new", methods=["GET", "POST"])
@guarded(Permission.RESERVATION_WRITE)
def new() -> Response:
    """GET, POST /reservations/new: a legal text; the five questions follow."""
    return _text(None)


@blueprint.route("/<text_id>/text", methods=["GET", "POST"])
@guarded(Permission.RESERVATION_WRITE, load=queries.get_stated)
def text(stated: Stated) -> Response:
    """GET, POST /reservations/<text>/text: a new version of a legal text."""
    return _text(stated)


def _text(stated: Stated | None) -> Response:
    form, errors = TextForm(), dict[str, str]()
    if is_submitted():
        form.validate()
        errors = _mistakes(form)
        if not errors:
            try:
                made = actions.write_text(
                    current_actor(), instrument=form.instrument.data, article=form.article.data,
                    url=form.url.data, words=form.words.data, before=stated,
                    is_restricted=form.is_restricted.data == READERS[0],
                )  # fmt: skip
            except Refusal as refusal:
                errors = at_its_place(refusal)
            else:
                return done(_after_text(stated, made.series_id), _("The text was written down."))
    action = (
        url_for("reservations.text", text_id=stated.id) if stated else url_for("reservations.new")
    )
    back = url_of_text(stated.id) if stated else url_for("reservations.index")
    return page("reservations/text.html", status=422 if errors else 200, labels=LABELS, action=action,
                errors=errors, typed=typed(_text_of(stated)), stated=stated, back_url=back,
                work_form=True)  # fmt: skip


def _mistakes(form: TextForm) -> dict[str, str]:
    found = dict(form.mistakes)
    if "is_restricted" not in found and form.is_restricted.data not in READERS:
        found["is_restricted"] = _("Choose one of the answers offered.")
    return found


def _after_text(stated: Stated | None, text_id: str) -> str:
    return url_of_text(text_id) if stated else url_for("reservations.new_rule", text_id=text_id)


def _text_of(stated: Stated | None) -> dict[str, Any]:
    if stated is None:
        return {}
    names = ("instrument", "article", "url", "words")
    reads = READERS[0] if stated.text.is_restricted else READERS[1]
    return {name: getattr(stated.text, name) for name in names} | {"is_restricted": reads}


@blueprint.route("/<text_id>/rules/new", methods=["GET", "POST"])
@guarded(Permission.RESERVATION_WRITE, load=queries.get_stated)
def new_rule(stated: Stated) -> Response:
    """GET, POST /reservations/<text>/rules/new: the five questions; their effect is shown before it holds."""
    return _rule(stated, None)


@blueprint.route("/rules/<rule_id>/edit", methods=["GET", "POST"])
@guarded(Permission.RESERVATION_WRITE, load=queries.get_rule)
def edit(found: Found) -> Response:
    """GET, POST /reservations/rules/<rule>/edit: the five questions once more, as a new version."""
    if found.rule.state != RESERVATION.initial:
        RESERVATION.after(found.rule.state, "replace")
    return _rule(queries.get_stated(current_actor(), found.text.series_id), found)


def _rule(stated: Stated, before: Found | None) -> Response:
    errors: dict[str, str] = {}
    if is_submitted():
        terms, errors = RuleForm().read(CASE)
        if not errors:
            try:
                made = actions.write_rule(current_actor(), stated, terms, before=before)
            except Refusal as refusal:
                errors = at_its_place(refusal)
            else:
                return done(
                    url_of_rule(made),
                    _("Your answers were written down."),
                )
    action = (
        url_for("reservations.edit", rule_id=before.rule.id) if before
        else url_for("reservations.new_rule", text_id=stated.id)
    )  # fmt: skip
    held = typed(written(of_record(before.rule) if before else Terms()))
    return page(
        "reservations/questions.html", status=422 if errors else 200, stated=stated, action=action,
        errors=errors, typed=held, labels=LABELS, before=before, work_form=True,
        back_url=url_of_rule(before.rule) if before else url_of_text(stated.id),
        chosen=held.getlist("what"), sections=words.sections_of_data(CASE), wide=words.wide_data(),
        is_wide=shown.asks_wide(held.getlist("what")), ways=words.said(words.WAYS),
        others=words.others_to_choose(current_actor().country), deeds=words.said(words.DEEDS),
        purposes=words.purposes_to_choose(CASE), parts=words.parts_to_choose(),
    )  # fmt: skip
