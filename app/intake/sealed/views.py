"""Which page shows what is sealed, once and on record?

The event is committed before anything is drawn: where it cannot be written, nothing is shown. Nothing here
answers a GET, and no browser and no table keeps what the answer says.
"""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug.exceptions import BadRequest

from app.db.errors import Missing
from app.formats.spec import Section
from app.intake import published, queries, typed, vanished
from app.intake.actions import document_in
from app.intake.answers import Place, written
from app.intake.lifecycle import version_page
from app.intake.mounting import Mount, Part
from app.intake.opened import Opened
from app.intake.pages import Item, answers_on, page_named
from app.intake.sealed import opening, sealing, versions
from app.intake.sealed.asking import Asking, asked, sealed_keys
from app.intake.sealed.untouched import input_name
from app.intake.views import read_posted, section_page, typed_again
from app.policy.engine import Forbidden, allowed
from app.web.forms import is_submitted
from app.web.guard import current_actor
from app.web.transaction import record_now


def openings(mount: Mount, opened: Opened) -> Response:
    """POST /…/sections/openings: what is sealed in a section of the draft, or of a certified version."""
    if not {"_section", "_purpose"} <= request.form.keys():
        raise BadRequest
    actor, record_id = current_actor(), opened.id
    if opened.organisation_id != actor.organisation_id:
        raise Missing(record_id)  # what is sealed is its owner's alone
    asking = asked(actor, "_purpose")
    opened = mount.load(actor, **{mount.id_name: record_id})  # as it stands after that
    if number := request.form.get("_version", ""):
        return _of_version(mount, opened, number, asking)
    if not allowed(actor, mount.edit, opened):
        raise Forbidden(mount.edit)
    return _of_draft(mount, opened, page_named(opened, request.form["_section"]), asking)


def _of_draft(mount: Mount, opened: Opened, chosen: Section, asking: Asking) -> Response:
    if not is_submitted():
        return typed_again(mount, opened, chosen)
    draft, form = opened.open_draft, opened.format
    posted, found = read_posted(mount, opened, chosen), written(draft)
    lost = vanished.take_out(opened, chosen, posted, found)
    typed.lay_over(opened, chosen, posted, found)
    conflicted = [place for place in found.answers
                  if f"_conflict.{input_name(place)}" in request.form]  # fmt: skip
    values: dict[Place, Any] = {}
    if asking.may_open:
        values = sealing.opened(draft, form, answers_on(chosen, found), sealed_keys(form, chosen))
        _put_on_record(opened, ("draft", draft.id), chosen, asking.chosen, values)
    seen = sealing.with_opened(found, values)
    return section_page(
        mount, opened, chosen, posted, found=seen, lost=lost, asking=asking,
        conflicts={place: seen.answers[place] for place in conflicted},
        status=422 if asking.errors else 200,
    )  # fmt: skip


def _of_version(mount: Mount, opened: Opened, number: str, asking: Asking) -> Response:
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    if Part.PAPERS not in mount.parts or not is_number:
        raise Missing(number)
    found = queries.version(opened, int(number))
    form = published.get(opened.dossier.format_name, found.format_version)
    chosen = next((each for each in form.sections if each.key == request.form["_section"]), None)
    if chosen is None:
        raise Missing(request.form["_section"])
    document = document_in(found)
    if not is_submitted():
        return version_page(mount, opened, found, document)
    if not asking.may_open:
        return version_page(mount, opened, found, document, asking, status=422)
    values = versions.opened(found, sealed_keys(form, chosen))
    _put_on_record(opened, ("dossier", opened.id), chosen, asking.chosen, values,
                   version=found.number)  # fmt: skip
    return version_page(mount, opened, found, versions.with_opened(document, values))


def _put_on_record(
    opened: Opened, subject: tuple[str, str], section: Section, purpose: str,
    values: dict[Place, Any], **more: Any,
) -> None:  # fmt: skip
    """Commit that this was opened, by whom and for what, before a word of it is drawn."""
    if not values:
        return
    actor, owner = current_actor(), opened.organisation_id
    row = section.row if isinstance(section, Item) else ""
    keys = {key for _row, key in values}
    record_now(lambda: opening.put_on_record(
        actor, purpose, keys, subject=subject, owner=owner, part=section.key, row=row, **more
    ))  # fmt: skip
