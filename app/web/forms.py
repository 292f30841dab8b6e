"""How does what a browser posted become answers of a format? The one place that knows both.

WTForms parses and validates; components draw from plain data, so no widget is ever rendered. Form
classes are kept by format, version and section.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from flask import g, request
from flask_babel import gettext as _
from wtforms import Field as FormField
from wtforms import Form
from wtforms.fields.core import UnboundField
from wtforms.validators import StopValidation

from app import clock
from app.formats.cleaning import UnfitText, clean
from app.formats.kinds import BadAnswer
from app.formats.spec import Field, Format, Section
from app.formats.words import N_
from app.web import locale
from app.web.refusal import Refusal

CONFLICT = 409
"""What answers a form whose record somebody changed meanwhile."""
UNFIT = N_("Write this again, please: it holds signs that cannot be kept.")


def say_mistake(mistake: BadAnswer) -> str:
    """All that is wrong with an answer, in the reader's language."""
    return " ".join(_(each.message_id, **each.params) for each in (mistake, *mistake.more))


class AnswerField(FormField):
    """A WTForms field that parses with the kind of a document's field and keeps what was typed."""

    def __init__(self, asked: Field, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.asked, self.names = asked, asked.kind.parts or ("",)
        self.data: Any = None  # a refused answer has none
        self.raw: list[str] = []
        self.mistake: BadAnswer | None = None

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the posted text. Parts of one answer come under `<name>.<part>`."""
        self.was_posted = False
        if formdata is None:
            return
        posted = [
            formdata.getlist(f"{self.name}.{part}" if part else self.name) for part in self.names
        ]
        self.raw = [(values or [""])[0] for values in posted] if len(self.names) > 1 else posted[0]
        self.was_posted = any(posted)
        try:
            given = self.asked.kind.load(self.raw, self.asked, locale.locale())
        except BadAnswer as mistake:
            self.mistake = mistake
            return
        self.mistake = self.asked.kind.untimely(given, self.asked, clock.today())
        self.data = None if self.mistake else given

    def pre_validate(self, form: Any) -> None:
        if self.mistake is not None:
            raise StopValidation(say_mistake(self.mistake))


@dataclass
class Posted:
    """What was posted for a section: answers, what was typed, and what is wrong with it.

    Keys are (row id or "", key), as answers are stored; a cell's key is `field.cell`.
    """

    values: dict[tuple[str, str], Any] = field(default_factory=dict)
    raw: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    errors: dict[tuple[str, str], str] = field(default_factory=dict)
    seen: dict[tuple[str, str], str] = field(default_factory=dict)
    """Over which words a text was typed, as its page names them, where they are not the newest."""


_classes: dict[tuple[str, ...], type[Form]] = {}


def flat_form(format: Format, section: Section) -> type[Form]:
    """The form class for the answers of a section that stand in no row."""
    fields = {f.key: f for f in section.fields if f.is_asked and not f.is_rows}
    name = (format.name, str(format.version), section.key, *fields)
    if name not in _classes:
        _classes[name] = _form_class(fields)
    return _classes[name]


def row_form(format: Format, asked: Field) -> type[Form]:
    """The form class for one row of a table."""
    name = (format.name, str(format.version), "row", asked.key)
    if name not in _classes:
        _classes[name] = _form_class({cell.key: cell for cell in asked.cells if cell.is_asked})
    return _classes[name]


@cache
def _alone(asked: Field) -> type[Form]:
    """The form class for one field that is saved by itself."""
    return _form_class({"answer": asked})


def _form_class(fields: dict[str, Field]) -> type[Form]:
    members = {f"f_{key}": UnboundField(AnswerField, asked) for key, asked in fields.items()}
    return type("DocumentForm", (_DocumentForm,), members)


class _DocumentForm(Form):
    """The token was checked at the door, and every message is said by the kinds of answers."""

    class Meta:
        csrf = False
        locales = False


def read_section(format: Format, section: Section) -> Posted:
    """Parse everything that was posted for a section."""
    posted = Posted()
    _collect(posted, flat_form(format, section), "", "", "")
    for asked in section.fields:
        if asked.is_rows:
            for row_id in _posted_rows(asked):
                _collect(
                    posted,
                    row_form(format, asked),
                    f"{asked.key}.{row_id}.",
                    row_id,
                    f"{asked.key}.",
                )
    return posted


def read_field(asked: Field, name: str) -> tuple[Any, list[str], str | None]:
    """Parse one field or cell that was posted under `name`: value, what was typed, what is wrong."""
    answer = _alone(asked)(formdata=None)["f_answer"]
    answer.name = name
    answer.process(request.form)
    error = say_mistake(answer.mistake) if answer.mistake else None
    return answer.data, answer.raw, error


def _collect(posted: Posted, form_class: type[Form], prefix: str, row: str, parent: str) -> None:
    form = form_class(formdata=None)
    for answer in form:
        key = answer.short_name.removeprefix("f_")
        answer.name = prefix + key
        answer.process(request.form)
        if not answer.was_posted and f"_revision.{answer.name}" not in request.form:
            continue  # it was not on the page; boxes that are not ticked are, and post nothing
        if answer.asked.klass.is_sealed and answer.data is None and answer.mistake is None:
            continue  # an empty box leaves what is sealed as it is
        place = (row, parent + key)
        posted.raw[place] = answer.raw
        if answer.mistake is not None:
            posted.errors[place] = say_mistake(answer.mistake)
        else:
            posted.values[place] = answer.data


def _posted_rows(asked: Field) -> Iterator[str]:
    if asked.is_grid:
        return iter(line.key for line in asked.lines)
    prefix = f"_revision.{asked.key}."  # each cell's mark names its row
    found = (name.removeprefix(prefix) for name in request.form if name.startswith(prefix))
    return iter(dict.fromkeys(name.split(".")[0] for name in found))


def typed_text(name: str, *, lines: bool = True) -> str:
    """A text outside a document, cleaned as answers are. Raises Refusal for signs that cannot be kept."""
    try:
        return clean(request.form.get(name, ""), lines=lines)
    except UnfitText:
        raise Refusal(UNFIT, field=name) from None


def number_sent(name: str) -> int:
    """A number that a page of ours sends along unseen; 0 for what is none. Without it the form is no form of ours."""
    text = request.form[name]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def revision_over(current: int, status: int) -> int:
    """The revision that a form carries when it is drawn: the record's own at first.

    Drawn again with a mistake it stays the one that was sent, or what a colleague wrote meanwhile would be
    replaced unseen. Once a conflict was told (409), it is the newest: what is sent then is sent knowingly.
    """
    is_refused = request.method == "POST" and status != CONFLICT and "revision" in request.form
    return number_sent("revision") if is_refused else current


def is_submitted() -> bool:
    """Whether a form was sent to be carried out, and not only to change the page's language."""
    return request.method == "POST" and not g.get("is_language_switch")
