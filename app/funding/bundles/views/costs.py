"""Where does the Secretariat say what each line of a course is planned to cost?"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.funding.bundles import basis
from app.funding.bundles.basis import COURSE, PER, Basis
from app.funding.bundles.views.pages import blueprint
from app.funding.courses.lists import COST_LINES, LINE_KEYS, choices
from app.funding.courses.reading import Typed, written
from app.policy.permissions import Permission
from app.web import locale
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page


@blueprint.route("/costs", methods=["GET", "POST"])
@guarded(Permission.BUNDLE_MAKE)
def costs() -> Response:
    """GET, POST /bundles/costs: what lines are planned to cost, until a course has figures of its own."""
    standing, read = basis.standing(), Typed()
    if is_submitted():
        said = {line: _line(read, line) for line in LINE_KEYS}
        if not read.errors:
            wanted = {line: each for line, each in said.items() if each.amount or line in standing}
            basis.write(current_actor(), wanted)
            return done(
                url_for("bundles.costs"), _("These figures count from the next proposal on.")
            )
        typed: Mapping[str, str] = request.form
    else:
        typed = _held(standing)
    return page(
        "bundles/costs.html", status=422 if read.errors else 200, errors=read.errors, typed=typed,
        lines=choices(COST_LINES, locale.lang()), standing=standing, work_form=True,
        per=[(key, _(label)) for key, label in PER.items()],
    )  # fmt: skip


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
