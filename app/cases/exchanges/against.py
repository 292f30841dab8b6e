"""How is it said what stands against a release, and where is each of it mended?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.cases.exchanges import releasing
from app.cases.exchanges.obstacles import NOT_OPTED, Obstacle
from app.cases.exchanges.opened import OpenedCase
from app.formats.bound import NONE, bound, row_name
from app.formats.completeness import Faults, Problem
from app.formats.spec import Format
from app.intake import pages
from app.intake.mounting import Mount
from app.web.locale import lang

Told = tuple[str, str]
"""(sentence, address where it is mended)"""


def foreseen(mount: Mount, case: OpenedCase, said: Mapping[str, Any]) -> list[Told]:
    """What is known before anything sealed is opened."""
    return obstacles(mount, case, releasing.foreseen(case, said, lang()))


def obstacles(mount: Mount, case: OpenedCase, found: Iterable[Obstacle]) -> list[Told]:
    """Each at its question; where countries have not said that they exchange, where they say it."""
    return [(_(each.message, **each.params), _where(mount, case, each)) for each in found]


def _where(mount: Mount, case: OpenedCase, each: Obstacle) -> str:
    if each.message == NOT_OPTED:
        return url_for("common_format.show", _anchor="who")
    field = case.format.field(each.field)
    section = next(one for one in case.format.sections if field in one.fields)
    return pages.place_url(mount, case, section.key, each.field)


def faults(mount: Mount, case: OpenedCase, found: Faults, said: Mapping[str, Any]) -> list[Told]:
    """What is missing or contradicts itself, by row and cell, and without any value."""
    return [
        (_fault(case.format, each, said),
         pages.place_url(mount, case, each.section_key, each.field_key, each.row_id, each.cell))
        for each in found
    ]  # fmt: skip


def _fault(form: Format, each: Any, said: Mapping[str, Any]) -> str:
    """Such as "P2: Age group: still missing"."""
    words = each.message.say(lang()) if isinstance(each, Problem) else _("still missing")
    field = form.field(each.field_key)
    label = field.cell(each.cell).told_as if each.cell else field.told_as
    row = f"{_row(form, each.field_key, each.row_id, said)}: " if each.row_id else ""
    return f"{row}{label.say(lang())}: {words}"


def _row(form: Format, table: str, row_id: str, said: Mapping[str, Any]) -> str:
    """What a row is called: a person by its number, another row by its first answers that are not sealed."""
    rows = list(said.get(table) or ())
    number = next((n for n, row in enumerate(rows, 1) if row["id"] == row_id), 0)
    row = rows[number - 1] if number else {}
    local = row.get("person_local_id")
    if table == "persons":
        return local if isinstance(local, str) else f"P{number}"
    field = bound(form, form.field(table), said, NONE)
    return f"{field.told_as.say(lang())} {row_name(field, row, number, lang())}"
