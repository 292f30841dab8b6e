"""How does the coordinator admit an organisation, change it, end it, and name its units?"""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.formats.countries import MEMBERS, country_names
from app.organisations import actions, queries, words
from app.organisations.forms import AdmissionForm, NamesForm, UnitForm
from app.organisations.models import Organisation, Unit
from app.organisations.views.pages import at_its_place, blueprint, typed, zone_choices
from app.policy.actor import OrganisationKind
from app.policy.permissions import Permission
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page


def _show(organisation_id: str) -> str:
    return url_for("organisations.show", organisation_id=organisation_id)


@blueprint.route("/new", methods=["GET", "POST"])
@guarded(Permission.ORGANISATION_MANAGE)
def admit() -> Any:
    """Admit an organisation."""
    form = AdmissionForm()
    if not is_submitted():
        return _admission_page(form)
    if not form.validate():
        return _admission_page(form, form.mistakes)
    try:
        organisation = actions.admit(
            current_actor(), kind=OrganisationKind(form.kind.data), country=form.country.data or None,
            name_es=form.name_es.data or "", name_en=form.name_en.data or "",
            zone=form.zone.data or "",
        )  # fmt: skip
    except Refusal as refusal:
        return _admission_page(form, at_its_place(refusal))
    return done(_show(organisation.id), _("The organisation is admitted. Invite its people next."))


def _admission_page(form: AdmissionForm, mistakes: dict[str, str] | None = None) -> Any:
    names = country_names(locale.lang())
    members = [(code, name) for code, name in names.items() if code in MEMBERS]
    others = [(code, name) for code, name in names.items() if code not in MEMBERS]
    return page(
        "organisations/admission.html",
        status=422 if mistakes else 200,
        typed=typed(form),
        mistakes=mistakes or {},
        kinds=[(kind.value, words.say_kind(kind)) for kind in OrganisationKind],
        countries=members + others,
        zones=zone_choices(),
    )


@blueprint.route("/<organisation_id>/names", methods=["GET", "POST"])
@guarded(Permission.ORGANISATION_MANAGE, load=queries.get)
def rename(organisation: Organisation) -> Any:
    """Change the names and the time zone."""
    form = NamesForm()
    if is_submitted() and form.validate():
        actions.rename(
            current_actor(), organisation, name_es=form.name_es.data or "",
            name_en=form.name_en.data or "", zone=form.zone.data or "",
        )  # fmt: skip
        return done(_show(organisation.id), _("Saved."))
    first = {key: getattr(organisation, key) for key in ("name_es", "name_en", "zone")}
    return page(
        "organisations/names.html",
        status=422 if form.mistakes else 200,
        name=organisation.name(locale.lang()),
        back=_show(organisation.id),
        action=url_for("organisations.rename", organisation_id=organisation.id),
        typed=typed(form, first),
        mistakes=form.mistakes,
        zones=zone_choices(),
    )


@blueprint.route("/<organisation_id>/end", methods=["GET", "POST"])
@guarded(Permission.ORGANISATION_MANAGE, load=queries.get)
def end(organisation: Organisation) -> Any:
    """Ask once more, then let nobody act for the organisation any longer."""
    if is_submitted():
        actions.end(current_actor(), organisation)
        return done(_show(organisation.id), _("Nobody acts for this organisation any more."))
    return page(
        "organisations/end.html",
        name=organisation.name(locale.lang()),
        action=url_for("organisations.end", organisation_id=organisation.id),
        back=_show(organisation.id),
    )


@blueprint.post("/<organisation_id>/readmission")
@guarded(Permission.ORGANISATION_MANAGE, load=queries.get)
def readmit(organisation: Organisation) -> Any:
    """Let its people act for the organisation again."""
    actions.readmit(current_actor(), organisation)
    return done(_show(organisation.id), _("Its people may act for it again."))


@blueprint.route("/<organisation_id>/units/new", methods=["GET", "POST"])
@guarded(Permission.ORGANISATION_MANAGE, load=queries.get)
def add_unit(organisation: Organisation) -> Any:
    """Name a unit."""
    form = UnitForm()
    if is_submitted() and form.validate():
        actions.add_unit(
            current_actor(), organisation, kind=form.kind.data or "",
            name_es=form.name_es.data or "", name_en=form.name_en.data or "",
        )  # fmt: skip
        return done(_show(organisation.id), _("The unit is added."))
    return page(
        "organisations/unit.html",
        status=422 if form.mistakes else 200,
        name=organisation.name(locale.lang()),
        back=_show(organisation.id),
        action=url_for("organisations.add_unit", organisation_id=organisation.id),
        typed=typed(form),
        mistakes=form.mistakes,
        kinds=[(key, words.say_unit(key)) for key in words.UNITS],
    )


@blueprint.post("/units/<unit_id>/end")
@guarded(Permission.ORGANISATION_MANAGE, load=queries.get_unit)
def end_unit(unit: Unit) -> Any:
    """End a unit."""
    actions.end_unit(current_actor(), unit)
    return done(_show(unit.organisation_id), _("The unit is ended."))
