"""What are units and people called where an answer points at them?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from app.accounts.models import Person
from app.cases.exchanges import queries
from app.extensions import db
from app.formats.bound import Lists, bound
from app.formats.shown import Shown, ShownSection
from app.formats.spec import Code, CodeList, Format, Text
from app.organisations.models import Membership, Organisation, Unit
from app.policy.actor import Actor
from app.policy.roles import CASE_OFFICERS

OFFICER = "focal_point"
NOBODY: Mapping[str, str] = MappingProxyType({})


def lists(actor: Actor, unit_id: str) -> Lists:
    """What somebody who writes for this unit may choose: to which units it goes, colleagues."""
    return {
        "units": units(queries.units_to_choose(unit_id)),
        "officer": _people(
            Membership.unit_id.in_(actor.case_unit_ids), Membership.ended_at.is_(None)
        ),
    }


def units(rows: Iterable[tuple[Organisation, Unit]]) -> CodeList:
    """Units as a list, each with its country."""
    return CodeList("units", tuple(
        Code(unit.id, Text(unit_words(organisation, unit, "es"), unit_words(organisation, unit, "en")))
        for organisation, unit in rows
    ))  # fmt: skip


def unit_words(organisation: Organisation, unit: Unit, lang: str) -> str:
    """A unit with its country, which its own name may say already."""
    country, name = organisation.name(lang), unit.name(lang)
    return name if country in name else f"{name}, {country}"


def known(
    document_units: Iterable[str], officer_id: str | None, told: Mapping[str, str] = NOBODY
) -> Lists:
    """The names of the units and of the officer that a document points at; ended ones too.

    `told` are the officers whose names came with it: nobody reads who is who in another country.
    """
    rows = db.session.execute(
        db.select(Organisation, Unit).join(Organisation, Organisation.id == Unit.organisation_id)
        .where(Unit.id.in_(list(document_units)))
    )  # fmt: skip
    return {"units": units((organisation, unit) for organisation, unit in rows),
            "officer": _told(told) if officer_id in told
            else _people(Membership.person_id == officer_id)}  # fmt: skip


def officers(document: Mapping[str, Any]) -> dict[str, str]:
    """Person -> name, of the officer that a document points at, for its copy to carry."""
    officer_id = document.get(OFFICER)
    rows = db.session.execute(db.select(Person.id, Person.name).where(Person.id == officer_id))
    return {row.id: row.name for row in rows} if isinstance(officer_id, str) else {}


def _told(told: Mapping[str, str]) -> CodeList:
    return CodeList("officer", tuple(Code(id, Text(name, name)) for id, name in told.items()))


def _people(*conditions: object) -> CodeList:
    rows = db.session.execute(
        db.select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.role.in_([role.value for role in CASE_OFFICERS]), *conditions)
        .distinct().order_by(Person.name, Person.id)
    )  # fmt: skip
    return CodeList("officer", tuple(Code(row.id, Text(row.name, row.name)) for row in rows))


def named(
    sections: Iterable[ShownSection],
    form: Format,
    document: Mapping[str, Any],
    told: Mapping[str, str] = NOBODY,
) -> tuple[ShownSection, ...]:
    """What is shown, with the names of rows, units and people in place of their ids."""
    chosen, officer = document.get("recipient_units"), document.get(OFFICER)
    lists_of = known(
        chosen if isinstance(chosen, list) else (),
        officer if isinstance(officer, str) else None,
        told,
    )
    return tuple(
        ShownSection(
            each.section, tuple(_named(shown, form, document, lists_of) for shown in each.fields)
        )
        for each in sections
    )


def _named(shown: Shown, form: Format, document: Mapping[str, Any], lists_of: Lists) -> Shown:
    field = bound(form, shown.field, document, lists_of)
    if field is shown.field:
        return shown
    visible = {cell.key for cell in shown.cells}
    cells = tuple(cell for cell in field.cells if cell.key in visible)
    return Shown(field, shown.state, shown.value, cells)
