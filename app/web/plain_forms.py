"""How are forms read that belong to no document: parsed and validated by WTForms, drawn by components?"""

from __future__ import annotations

from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import StopValidation

from app.formats.cleaning import UnfitText, clean

LONGEST_ADDRESS = 254


class PlainForm(FlaskForm):
    """A form whose token the pipeline has examined before any view ran."""

    class Meta(FlaskForm.Meta):
        csrf = False

    @property
    def mistakes(self) -> dict[str, str]:
        """The first mistake of each field, by the field's name."""
        return {name: str(found[0]) for name, found in self.errors.items() if name and found}


def tidy(text: str | None) -> str:
    """A filter: what was typed in one line, trimmed. Text that cannot be kept stays for `OneLine`."""
    try:
        return clean(text or "")
    except UnfitText:
        return text or ""


class OneLine:
    """Validates that something was typed in one line, of at most so many characters."""

    def __init__(self, most: int, *, missing: Any = None) -> None:
        self.most, self.missing = most, missing

    def __call__(self, form: FlaskForm, field: Field) -> None:
        if not field.data:
            raise StopValidation(self.missing) if self.missing else StopValidation()
        if len(field.data) > self.most:
            message = _l("Write at most %(most)s characters.", most=self.most)
            raise StopValidation(str(message))
        try:
            clean(field.data)
        except UnfitText:
            raise StopValidation(str(_l("Write this in one line, in letters and signs."))) from None


class Address:
    """Validates an e-mail address and keeps it as addresses are compared: in small letters."""

    def __call__(self, form: FlaskForm, field: Field) -> None:
        try:
            if len(field.data or "") > LONGEST_ADDRESS:
                raise EmailNotValidError
            found = validate_email(field.data or "", check_deliverability=False)
        except EmailNotValidError:
            message = _l("Write an e-mail address such as name@example.org.")
            raise StopValidation(str(message)) from None
        field.data = found.normalized.casefold()
