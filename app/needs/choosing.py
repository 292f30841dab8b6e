"""What does whoever certifies choose, and from what is it chosen?

Read and drawn in the same way wherever a need is certified: by somebody signed in, or by a link.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext as _

from app.attachments import actions as attachments
from app.formats.completeness import missing, problems
from app.formats.kinds import KINDS, BadAnswer
from app.formats.projection import releasable
from app.formats.spec import Field, Format, Text
from app.intake.actions import Clearance, refuse_after_close
from app.intake.answers import document_of, written
from app.needs import actions
from app.needs.naming import would_be_only_one
from app.needs.opened import OpenedNeed
from app.needs.preview import CHOICES, UNNAMED, Choices, hash_of
from app.policy.actor import Actor
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import say_mistake, typed_text

OFFICE_LIMIT = 200
WRITES_ENGLISH = ("BZ", "CA", "US")
DAY = Field(key="day", kind=KINDS["date"], label=Text("Fecha", "Date"))


def chosen_in(typed: Any) -> Choices:
    """The choices that an address or a form carries."""
    return Choices(
        members=typed.get("members", ""),
        sponsors=typed.get("sponsors", ""),
        withheld=frozenset(typed.getlist("withheld")),
        released=frozenset(typed.getlist("released")),
    )


def carried(choices: Choices) -> dict[str, Any]:
    """The choices as an address carries them."""
    return {"members": choices.members, "sponsors": choices.sponsors,
            "withheld": sorted(choices.withheld), "released": sorted(choices.released)}  # fmt: skip


def undecided(choices: Choices) -> dict[str, str]:
    """What to say at each of the two questions that was not answered."""
    return {name: _("Choose one.") for name in ("members", "sponsors")
            if getattr(choices, name) not in CHOICES}  # fmt: skip


def answers_of(need: OpenedNeed) -> dict[str, Any]:
    """The answers as they stand in the draft."""
    return document_of(need.format, written(need.open_draft))


def is_ready(need: OpenedNeed, answers: dict[str, Any]) -> bool:
    """Whether nothing is missing and nothing contradicts itself."""
    return not missing(need.format, answers) and not problems(need.format, answers)


def questions(need: OpenedNeed, answers: dict[str, Any]) -> dict[str, Any]:
    """From what needs/choices.html draws the questions of consent."""
    return {
        "missing": missing(need.format, answers), "problems": problems(need.format, answers),
        "releasable": _answered(need, releasable(need.format), answers),
        "withholdable": _answered(need, actions.may_withhold(need.format), answers),
        "is_late": _is_late(need), "written_in": language(need), "is_only_one": _is_only_one(need),
    }  # fmt: skip


def shown(need: OpenedNeed, choices: Choices) -> dict[str, Any]:
    """From what needs/as_read.html draws exactly what a sponsor would read."""
    content = actions.preview_of_draft(need, choices, language(need))
    return {"choices": choices, "content": content, "preview_hash": hash_of(content),
            "is_only_one": choices.members == UNNAMED and _is_only_one(need)}  # fmt: skip


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
        is_answered = field.kind.is_answered(answers.get(table))
        if cell:
            is_answered = any(row.get(cell) for row in answers.get(table, []))
        if is_answered:
            found.append((key, question(need.format, key)))
    return found


def question(form: Format, key: str) -> str:
    """What a field is called, or a cell with its table, in the reader's language."""
    table, _sep, cell = key.partition(".")
    field = form.field(table)
    said = (field, field.cell(cell)) if cell else (field,)
    return " · ".join(each.label.say(locale.lang()) for each in said)


def language(need: OpenedNeed) -> str:
    """In which language the country says it wrote; at first the one it is likely to write in."""
    said = request.form.get("lang") or request.args.get("lang")
    likely = "en" if need.organisation.country in WRITES_ENGLISH else "es"
    return said if said in ("es", "en") else likely


def clearance(actor: Actor, need: OpenedNeed) -> tuple[Clearance, dict[str, str]]:
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
                actor, subject_kind="dossier", subject_id=need.id, upload=upload,
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
