"""Where does the Secretariat keep what currencies are worth?"""

from __future__ import annotations

from flask import Response, request, url_for
from flask_babel import gettext as _

from app import money
from app.formats.dates import write_date
from app.formats.words import N_
from app.funding.courses import rates as kept
from app.funding.courses.lists import CURRENCIES, choices
from app.funding.courses.reading import Typed
from app.funding.courses.views.pages import at_its_place, blueprint, typed
from app.policy.permissions import Permission
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page

MISSING_DAY = N_("Write the day of the rate.")


@blueprint.route("/rates", methods=["GET", "POST"])
@guarded(Permission.COURSE_EDIT)
def rates() -> Response:
    """GET, POST /courses/rates: exchange rates, dated and with their source."""
    errors: dict[str, str] = {}
    if is_submitted():
        read = Typed()
        day, source = read.day("day"), read.words("source")
        errors = read.errors
        if day is None:
            errors.setdefault("day", _(MISSING_DAY))
        if not errors and day is not None:
            try:
                kept.enter(
                    current_actor(), currency=request.form.get("currency", ""), day=day,
                    usd=request.form.get("usd", "").strip().replace(",", "."), source=source,
                    is_sure="is_sure" in request.form,
                )  # fmt: skip
            except Refusal as refusal:
                errors = at_its_place(refusal)
            else:
                return done(url_for("courses.rates"), _("The rate was kept. New offers use it."))
    listed = [each for each in choices(CURRENCIES, locale.lang()) if each[0] != money.PLANNED_IN]
    today = {"day": write_date(locale.today(), locale.locale())}
    return page("courses/rates.html", status=422 if errors else 200, errors=errors, work_form=True,
                typed=typed(today), currencies=listed,
                found=kept.list_rates(request.args.get("after", "")[:400]))  # fmt: skip
