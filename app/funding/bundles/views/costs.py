"""Where does the Secretariat say what each line of a course is planned to cost?"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.formats.words import N_
from app.funding.bundles import basis
from app.funding.bundles.basis import COURSE, PER, Basis, Overtaken
from app.funding.bundles.views.pages import blueprint
from app.funding.courses.lists import COST_LINES, LINE_KEYS, choices
from app.funding.courses.reading import Typed, written
from app.policy.permissions import Permission
from app.web import locale
from app.web.forms import is_submitted, number_sent
from app.web.guard import current_actor, guarded
from app.web.page import done, page

OVERTAKEN = N_(
    "Somebody wrote other figures after you opened this page. What you typed stands here, with what stands "
    "there now; check it and save again."
)


@blueprint.route("/costs", methods=["GET", "POST"])
@guarded(Permission.BUNDLE_MAKE)
def costs() -> Response:
    """GET, POST /bundles/costs: what lines are planned to cost, until a course has figures of its own."""
    standing, read, errors, status = basis.standing(), Typed(), dict[str, str](), 200
    if is_submitted():
        said = {line: _line(read, line) for line in LINE_KEYS}
        errors, status = read.errors, 422
        if not errors:
            wanted = {line: each for line, each in said.items() if each.amount or line in standing}
            try:
                basis.write(current_actor(), wanted, number_sent("revision"))
            except Overtaken:
                errors, status = {"": _(OVERTAKEN)}, 409
            else:
                return done(
                    url_for("bundles.costs"), _("These figures count from the next proposal on.")
                )
        typed: Mapping[str, str] = request.form
    else:
        typed = _held(standing)
    return page(
        "bundles/costs.html", status=status, errors=errors, typed=typed,
        revision=basis.revision_of(standing), newer=_newer(standing) if status == 409 else {}, lines=choices(COST_LINES, locale.lang()), standing=standing, work_form=True,
        per=[(key, _(label)) for key, label in PER.items()],
    )  # fmt: skip


def _newer(standing: Mapping[str, Basis]) -> dict[str, str]:
    """Line -> what stands there now, where something else was typed."""
    held, form = _held(standing), request.form
    names = ("amount", "per", "note")
    return {
        line: f"{locale.show_money(each.amount)} {_(PER[each.per])}{': ' if each.note else ''}{each.note}"
        for line, each in standing.items()
        if any(form[f"{name}-{line}"] != held[f"{name}-{line}"] for name in names)
    }  # fmt: skip


def _held(standing: Mapping[str, Basis]) -> dict[str, str]:
    """The figures that count now, as the form holds them."""
    held: dict[str, str] = {}
    for line, each in standing.items():
        held |= {f"amount-{line}": written(each.amount), f"per-{line}": each.per,
                 f"note-{line}": each.note}  # fmt: skip
    return held


def _line(read: Typed, line: str) -> Basis:
    amount = read.amount(f"amount-{line}") if request.form[f"amount-{line}"] else None
    return Basis(amount or Decimal("0.00"), read.chosen(f"per-{line}", PER) or COURSE,
                 read.words(f"note-{line}"))  # fmt: skip
