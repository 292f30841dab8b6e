"""How are the texts of an edition read from what was typed?"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app.calls.fields import CountField, ManyField, WordsField
from app.formats.words import N_
from app.reports.actions import Texts
from app.web.input_names import name_inputs
from app.web.plain_forms import PlainForm

LINE, TEXT = 200, 8000
LABELS = {
    "title_es": N_("Title in Spanish"),
    "title_en": N_("Title in English"),
    "meeting": N_("Meeting at which it is tabled"),
    "agenda_item": N_("Agenda item"),
    "introduction_es": N_("Introduction in Spanish"),
    "introduction_en": N_("Introduction in English"),
    "proposals_es": N_("Proposals of the Secretariat in Spanish"),
    "proposals_en": N_("Proposals of the Secretariat in English"),
    "conclusion_es": N_("Conclusion in Spanish"),
    "conclusion_en": N_("Conclusion in English"),
}
"""What each text of an edition is called, in the order of the form."""
name_inputs(LABELS)


class Most:
    """Validates that a text has at most so many characters."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, form: Any, field: Any) -> None:
        if len(field.data or "") > self.most:
            message = _l(
                "Please shorten this text: it may have %(max)s characters and has %(length)s.",
                max=self.most, length=len(field.data),
            )  # fmt: skip
            raise ValidationError(str(message))


_LINE, _TEXT = [Most(LINE)], [Most(TEXT)]


class TextsForm(PlainForm):
    """The texts of an edition, with the revision its page was drawn from."""

    revision = CountField()
    title_es = WordsField(missing=_l("Write the title in Spanish."), validators=_LINE)
    title_en = WordsField(missing=_l("Write the title in English."), validators=_LINE)
    meeting = WordsField(validators=_LINE)
    agenda_item = WordsField(validators=_LINE)
    introduction_es = WordsField(lines=True, validators=_TEXT)
    introduction_en = WordsField(lines=True, validators=_TEXT)
    proposals_es = WordsField(lines=True, validators=_TEXT)
    proposals_en = WordsField(lines=True, validators=_TEXT)
    conclusion_es = WordsField(lines=True, validators=_TEXT)
    conclusion_en = WordsField(lines=True, validators=_TEXT)

    def texts(self) -> Texts:
        """What was typed. Every text is there, empty where nothing was written."""
        return Texts(**{name: self[name].data for name in LABELS})


class PublicationForm(PlainForm):
    """The word of the coordinator, with the marks of what was on the screen."""

    revision = CountField()
    digest = WordsField()
    confirmed = ManyField()
