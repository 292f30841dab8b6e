"""Which forms have the pages of organisations?"""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, StopValidation

from app.accounts.zones import ZONES
from app.formats.countries import country_names
from app.formats.dates import NotADate, read_date
from app.organisations.words import UNITS
from app.policy.actor import OrganisationKind, Role
from app.web import locale
from app.web.locale import LANGUAGES
from app.web.plain_forms import Address, OneLine, PlainForm, tidy

NAME_LENGTH, NOTE_LENGTH = 160, 80
CHOOSE = _l("Choose one of the list.")
NAME_MISSING = _l("Write the name.")


class OneOf:
    """Validates that what was chosen stands in the list; an empty choice only where that may be."""

    def __init__(self, known: frozenset[str], *, may_be_empty: bool = False) -> None:
        self.known, self.may_be_empty = known, may_be_empty

    def __call__(self, form: PlainForm, field: StringField) -> None:
        if field.data not in self.known and not (self.may_be_empty and not field.data):
            raise StopValidation(str(CHOOSE))


class NamesForm(PlainForm):
    """The names of an organisation and where its clocks stand."""

    name_es = StringField(filters=[tidy], validators=[OneLine(NAME_LENGTH, missing=NAME_MISSING)])
    name_en = StringField(filters=[tidy], validators=[OneLine(NAME_LENGTH, missing=NAME_MISSING)])
    zone = StringField(validators=[OneOf(frozenset(ZONES))])


class AdmissionForm(NamesForm):
    """An organisation to admit."""

    kind = StringField(validators=[OneOf(frozenset(OrganisationKind))])
    country = StringField(validators=[OneOf(frozenset(country_names("en")), may_be_empty=True)])


class UnitForm(PlainForm):
    """A unit to name."""

    kind = StringField(validators=[OneOf(frozenset(UNITS))])
    name_es = StringField(filters=[tidy], validators=[OneLine(NAME_LENGTH, missing=NAME_MISSING)])
    name_en = StringField(filters=[tidy], validators=[OneLine(NAME_LENGTH, missing=NAME_MISSING)])


class NoteForm(PlainForm):
    """The note that designates somebody; all of it may be empty where no note is needed."""

    note_number = StringField(filters=[tidy], validators=[OneLine(NOTE_LENGTH)])
    note_date = StringField(filters=[tidy])
    note_file = FileField()

    day: date | None = None

    def validate_note_date(self, field: StringField) -> None:
        """Read the day as the reader's country writes it."""
        if not field.data:
            if self.note_number.data:
                raise StopValidation(_("Write the date of the note."))
            return
        try:
            self.day = read_date(field.data, locale.locale())
        except NotADate as fault:
            message, params = fault.why(locale.locale())
            raise StopValidation(_(message, **params)) from None


class InvitationForm(NoteForm):
    """Whom to invite, as what."""

    name = StringField(filters=[tidy], validators=[OneLine(120, missing=NAME_MISSING)])
    email = StringField(filters=[tidy], validators=[Address()])
    role = StringField(validators=[OneOf(frozenset(Role))])
    lang = StringField(validators=[OneOf(frozenset(LANGUAGES))])
    unit = StringField()


class JoiningForm(PlainForm):
    """Who joins with an invitation and has no account yet."""

    name = StringField(filters=[tidy], validators=[OneLine(120, missing=NAME_MISSING)])
    zone = SelectField(choices=ZONES)
    password = PasswordField(validators=[InputRequired(_l("Write your password."))])


class JoiningAgainForm(PlainForm):
    """Who joins with an invitation and has an account: the password proves it is theirs."""

    password = PasswordField(validators=[InputRequired(_l("Write your password."))])
