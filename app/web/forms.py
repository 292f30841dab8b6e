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
from flask_wtf import FlaskForm
from wtforms import Field as FormField
from wtforms.validators import StopValidation

from app.formats.kinds import BadAnswer
from app.formats.spec import Field, Format, Section
from app.web import locale


class AnswerField(FormField):
    """A WTForms field that parses with the kind of a document's field and keeps what was typed."""

    def __init__(self, asked: Field, names: tuple[str, ...] = ("",), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.asked, self.names = asked, names
        self.raw: list[str] = []
        self.mistake: BadAnswer | None = None

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the posted text. Parts of one answer come under `<name>.<part>`."""
        if formdata is None:
            return
        posted = [formdata.getlist(f"{self.name}.{part}" if part else self.name) for part in self.names]
        self.raw = [(values or [""])[0] for values in posted] if len(self.names) > 1 else posted[0]
        self.was_posted = any(posted)
        try:
            self.data = self.asked.kind.load(self.raw, self.asked, locale.locale())
        except BadAnswer as mistake:
            self.mistake = mistake

    def pre_validate(self, form: Any) -> None:
        if self.mistake is not None:
            raise StopValidation(_(self.mistake.message_id, **self.mistake.params))


PARTS: dict[str, tuple[str, ...]] = {"duration": ("count", "unit", "hours")}
"""Kinds whose one answer is typed in several inputs."""


@dataclass
class Posted:
    """What was posted for a section: answers, what was typed, and what is wrong with it.

    Keys are (row id or "", key), as answers are stored; a cell's key is `field.cell`.
    """

    values: dict[tuple[str, str], Any] = field(default_factory=dict)
    raw: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    errors: dict[tuple[str, str], str] = field(default_factory=dict)


def _form_field(asked: Field) -> Any:
    from wtforms.fields.core import UnboundField

    return UnboundField(AnswerField, asked, PARTS.get(asked.kind.name, ("",)))


@cache
def flat_form(format: Format, section_key: str) -> type[FlaskForm]:
    """The form class for the answers of a section that stand in no row."""
    fields = format.section(section_key).fields
    return _form_class({f.key: f for f in fields if f.is_asked and not f.is_rows})


@cache
def row_form(asked: Field) -> type[FlaskForm]:
    """The form class for one row of a table."""
    return _form_class({cell.key: cell for cell in asked.cells if cell.is_asked})


def _form_class(fields: dict[str, Field]) -> type[FlaskForm]:
    members = {f"f_{key}": _form_field(asked) for key, asked in fields.items()}
    return type("DocumentForm", (FlaskForm,), members)


def read_section(format: Format, section: Section) -> Posted:
    """Parse everything that was posted for a section."""
    posted = Posted()
    _collect(posted, flat_form(format, section.key), "", "", "")
    for asked in section.fields:
        if asked.is_rows:
            for row_id in _posted_rows(asked):
                _collect(posted, row_form(asked), f"{asked.key}.{row_id}.", row_id, f"{asked.key}.")
    return posted


def read_field(asked: Field, name: str) -> tuple[Any, list[str], str | None]:
    """Parse one field or cell that was posted under `name`: value, what was typed, what is wrong."""
    form = _form_class({"answer": asked})(meta={"csrf": False}, formdata=None)
    answer = form["f_answer"]
    answer.name = name
    answer.process(request.form)
    error = _(answer.mistake.message_id, **answer.mistake.params) if answer.mistake else None
    return answer.data, answer.raw, error


def _collect(posted: Posted, form_class: type[FlaskForm], prefix: str, row: str, parent: str) -> None:
    form = form_class(meta={"csrf": False}, formdata=None)
    for answer in form:
        key = answer.short_name.removeprefix("f_")
        answer.name = prefix + key
        answer.process(request.form)
        if not answer.was_posted and not _empty_means_none(answer.asked):
            continue
        place = (row, parent + key)
        posted.raw[place] = answer.raw
        if answer.mistake is not None:
            posted.errors[place] = _(answer.mistake.message_id, **answer.mistake.params)
        else:
            posted.values[place] = answer.data


def _empty_means_none(asked: Field) -> bool:
    # A browser sends nothing for boxes and choices that are not ticked: the hidden mark tells.
    return f"_shown.{asked.key}" in request.form


def _posted_rows(asked: Field) -> Iterator[str]:
    prefix = asked.key + "."
    found = (name[len(prefix):].split(".")[0] for name in request.form if name.startswith(prefix))
    return iter(dict.fromkeys(found))


def is_submitted() -> bool:
    """Whether a form was sent to be carried out, and not only to change the page's language."""
    return request.method == "POST" and not g.get("is_language_switch")
