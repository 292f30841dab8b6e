"""Which pages show and change the days on which a country does not work?"""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import StopValidation

from app.formats.dates import FIRST_YEAR, LAST_YEAR, NotADate, read_date
from app.organisations.days import actions, queries
from app.organisations.days.models import NonWorkingDay
from app.organisations.days.queries import CountryDays
from app.organisations.views.pages import at_its_place, typed
from app.policy.permissions import Permission
from app.web import locale
from app.web.errors import Refusal
from app.web.guard import current_actor, guarded
from app.web.navigation import Under
from app.web.page import done, page
from app.web.plain_forms import OneLine, PlainForm, tidy

blueprint = Blueprint("days", __name__, url_prefix="/days")
NAV = Under("/days", ("organisations.index", "delegation.show"))
NAME_LENGTH = 120


class DayForm(PlainForm):
    """A day and what it is called."""

    day = StringField(filters=[tidy])
    name_es = StringField(
        filters=[tidy],
        validators=[OneLine(NAME_LENGTH, missing=_l("Write what the day is called."))],
    )
    name_en = StringField(filters=[tidy], validators=[OneLine(NAME_LENGTH)])

    read: date

    def validate_day(self, field: StringField) -> None:
        """Read the day as the reader's country writes it."""
        try:
            self.read = read_date(field.data or "", locale.locale())
        except NotADate as fault:
            message, params = fault.why(locale.locale())
            raise StopValidation(_(message, **params)) from None


@blueprint.get("/<organisation_id>")
@guarded(Permission.DAYS_READ, load=queries.get)
def show(country: CountryDays) -> Any:
    """GET /days/<organisation>: the days of a year on which a country does not work."""
    return _page(country, DayForm(), _year())


@blueprint.post("/<organisation_id>")
@guarded(Permission.DAYS_WRITE, load=queries.get)
def add(country: CountryDays) -> Any:
    """POST /days/<organisation>: write down one more."""
    form = DayForm()
    if not form.validate():
        return _page(country, form, _year(), form.mistakes)
    name = form.name_es.data or ""
    try:
        actions.add(current_actor(), country, day=form.read, name_es=name,
                    name_en=form.name_en.data or name)  # fmt: skip
    except Refusal as refusal:
        return _page(country, form, form.read.year, at_its_place(refusal))
    return done(_where(country.organisation_id, form.read.year), _("The day was written down."))


@blueprint.post("/of/<day_id>/confirmation")
@guarded(Permission.DAYS_CONFIRM, load=queries.get_day)
def confirm(day: NonWorkingDay) -> Any:
    """POST /days/of/<day>/confirmation: the country says that it is so."""
    actions.confirm(current_actor(), day)
    return done(_where(day.organisation_id, day.day.year), _("Confirmed."))


@blueprint.post("/of/<day_id>/removal")
@guarded(Permission.DAYS_REMOVE, load=queries.get_day)
def remove(day: NonWorkingDay) -> Any:
    """POST /days/of/<day>/removal: the country works on it after all."""
    where = _where(day.organisation_id, day.day.year)
    actions.remove(current_actor(), day)
    return done(where, _("The day was taken off."))


def _year() -> int:
    """The year that is asked for, else the present one."""
    asked = request.args.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else locale.today().year


def _where(organisation_id: str, year: int) -> str:
    return url_for("days.show", organisation_id=organisation_id, year=year)


def _page(
    country: CountryDays, form: DayForm, year: int, mistakes: dict[str, str] | None = None
) -> Any:
    id = country.organisation_id
    is_st = current_actor().is_secretariat
    return page(
        "organisations/days.html", status=422 if mistakes else 200, country=country, year=year,
        days=queries.of_year(id, year), typed=typed(form), mistakes=mistakes or {},
        back=url_for("organisations.show", organisation_id=id) if is_st
        else url_for("delegation.show"),
        before=_where(id, year - 1) if year > FIRST_YEAR else None,
        behind=_where(id, year + 1) if year < LAST_YEAR else None,
    )  # fmt: skip
