"""How does a focal point certify: choose, see exactly what a sponsor would read, and sign?

Two pages. The first asks what members and sponsors may see, with nothing preselected, and leads by a
plain question (GET) to the second, which shows the preview and carries the choices with it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.attachments import actions as attachments
from app.formats.completeness import missing, problems
from app.formats.kinds import KINDS, BadAnswer
from app.formats.projection import releasable
from app.formats.spec import Field, Text
from app.intake.actions import Clearance, Incomplete, refuse_after_close
from app.intake.answers import document_of, written
from app.needs import actions
from app.needs.naming import would_be_only_one
from app.needs.opened import OpenedNeed
from app.needs.preview import CHOICES, UNNAMED, Choices, hash_of
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted, say_mistake, typed_text
from app.web.guard import current_actor
from app.web.page import done, page
from app.workflow.tables import DOSSIER

OFFICE_LIMIT = 200
WRITES_ENGLISH = ("BZ", "CA", "US")
DAY = Field(key="day", kind=KINDS["date"], label=Text("Fecha", "Date"))


def certification(need: OpenedNeed) -> Response:
    """GET, POST /needs/<id>/certification: what may be seen by whom; then certify and submit."""
    DOSSIER.after(need.state, "certify")
    if is_submitted():
        return _certify(need)
    typed = request.form if request.method == "POST" else request.args
    if "preview_hash" in typed:
        return _preview_page(need, chosen_in(typed), typed)
    return _choices_page(need, typed)


def preview(need: OpenedNeed) -> Response:
    """GET /needs/<id>/certification/preview: exactly what a sponsor would read."""
    DOSSIER.after(need.state, "certify")
    choices = chosen_in(request.args)
    undecided = {name: _("Choose one.") for name in ("members", "sponsors")
                 if getattr(choices, name) not in CHOICES}  # fmt: skip
    if undecided or not _is_ready(need):
        return _choices_page(need, request.args, errors=undecided, status=422)
    return _preview_page(need, choices, MultiDict())


def chosen_in(typed: Any) -> Choices:
    """The choices that an address or a form carries."""
    return Choices(
        members=typed.get("members", ""),
        sponsors=typed.get("sponsors", ""),
        withheld=frozenset(typed.getlist("withheld")),
        released=frozenset(typed.getlist("released")),
    )


def _is_ready(need: OpenedNeed) -> bool:
    answers = document_of(need.format, written(need.open_draft))
    return not missing(need.format, answers) and not problems(need.format, answers)


def _choices_page(
    need: OpenedNeed, typed: Any, *, errors: dict[str, str] | None = None, status: int = 200
) -> Response:
    answers = document_of(need.format, written(need.open_draft))
    return page(
        "needs/certification.html", status=status, opened=need, errors=errors or {}, typed=typed,
        missing=missing(need.format, answers), problems=problems(need.format, answers),
        releasable=_answered(need, releasable(need.format), answers),
        withholdable=_answered(need, actions.may_withhold(need.format), answers),
        is_late=_is_late(need), written_in=_language(need), is_only_one=_is_only_one(need),
    )  # fmt: skip


def _is_only_one(need: OpenedNeed) -> bool:
    return would_be_only_one(need.call.id, need.organisation_id)


def _is_late(need: OpenedNeed) -> bool:
    try:
        refuse_after_close(need)
    except Refusal:
        return True
    return False


def _answered(
    need: OpenedNeed, keys: tuple[str, ...], answers: dict[str, Any]
) -> list[tuple[str, str]]:
    """(key, question) of the answers that are there to be released or withheld."""
    found = []
    for key in keys:
        table, _sep, cell = key.partition(".")
        field = need.format.field(table)
        if cell:
            if any(row.get(cell) for row in answers.get(table, [])):
                found.append((key, f"{_label(field)} · {_label(field.cell(cell))}"))
        elif field.kind.is_answered(answers.get(table)):
            found.append((key, _label(field)))
    return found


def _label(field: Field) -> str:
    return field.label.say(locale.lang())


def _preview_page(
    need: OpenedNeed, choices: Choices, typed: Any, *, errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    content = actions.preview_of_draft(need, choices, _language(need))
    return page(
        "needs/preview.html", status=status, opened=need, choices=choices, content=content,
        preview_hash=hash_of(content), typed=typed, errors=errors or {}, work_form=True,
        is_only_one=choices.members == UNNAMED and _is_only_one(need),
        back_url=url_for("needs.certification", need_id=need.id, lang=_language(need),
                         **_carried(choices)),
            )  # fmt: skip


def _carried(choices: Choices) -> dict[str, Any]:
    return {"members": choices.members, "sponsors": choices.sponsors,
            "withheld": sorted(choices.withheld), "released": sorted(choices.released)}  # fmt: skip


def _certify(need: OpenedNeed) -> Response:
    choices = chosen_in(request.form)
    clearance, errors = _clearance(need)
    if errors:
        return _preview_page(need, choices, request.form, errors=errors, status=422)
    try:
        version = actions.certify(
            current_actor(), need, choices=choices, clearance=clearance, lang=_language(need),
            preview_hash=request.form.get("preview_hash", ""),
        )  # fmt: skip
    except Incomplete:
        return _choices_page(need, request.form, status=422)
    return done(url_for("needs.receipt", need_id=need.id, number=version.number),
                _("Certified and submitted. This is your receipt."))  # fmt: skip


def _language(need: OpenedNeed) -> str:
    """In which language the country says it wrote; at first the one it is likely to write in."""
    said = request.form.get("lang") or request.args.get("lang")
    likely = "en" if need.organisation.country in WRITES_ENGLISH else "es"
    return said if said in ("es", "en") else likely


def _clearance(need: OpenedNeed) -> tuple[Clearance, dict[str, str]]:
    """The prior clearance as typed, and what is wrong with it."""
    errors: dict[str, str] = {}
    office = typed_text("clearance_office", lines=False)
    number = typed_text("clearance_number", lines=False)
    for name, text in (("clearance_office", office), ("clearance_number", number)):
        if len(text) > OFFICE_LIMIT:
            errors[name] = _("This is too long: at most %(most)s characters.", most=OFFICE_LIMIT)
    day = _day(errors)
    file_id = None
    upload = request.files.get("clearance_file")
    if upload is not None and upload.filename and not errors:
        try:
            file_id = attachments.attach(
                current_actor(), subject_kind="dossier", subject_id=need.id, upload=upload,
                organisation_id=need.organisation_id,
            ).id  # fmt: skip
        except Refusal as refused:
            errors["clearance_file"] = refused.say()
    return Clearance(office=office, day=day, number=number, file_id=file_id), errors


def _day(errors: dict[str, str]) -> date | None:
    try:
        said = KINDS["date"].load([request.form.get("clearance_date", "")], DAY, locale.locale())
    except BadAnswer as mistake:
        errors["clearance_date"] = say_mistake(mistake)
        return None
    day = date.fromisoformat(said) if said else None
    if day and day > locale.today():  # a version is frozen for ever, with this day on its receipt
        errors["clearance_date"] = _("This day is still to come.")
    return day
