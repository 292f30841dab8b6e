"""Which forms have the pages of accounts?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired

from app.accounts.zones import ZONES
from app.web.locale import LANGUAGES
from app.web.plain_forms import Address, OneLine, PlainForm, tidy

NAME_LENGTH = 120
PASSWORD_MISSING = _l("Write your password.")
NAME_MISSING = _l("Write your name.")
CHOOSE = _l("Choose one of the list.")


class SignInForm(PlainForm):
    """Address and password."""

    email = StringField(filters=[tidy], validators=[Address()])
    password = PasswordField(validators=[InputRequired(PASSWORD_MISSING)])
    own_computer = BooleanField()


class ForgottenForm(PlainForm):
    """To which address the link shall go."""

    email = StringField(filters=[tidy], validators=[Address()])


class NewPasswordForm(PlainForm):
    """A password to set."""

    password = PasswordField(validators=[InputRequired(PASSWORD_MISSING)])


class ChangePasswordForm(NewPasswordForm):
    """The password there is, and the one to come."""

    present_password = PasswordField(validators=[InputRequired(PASSWORD_MISSING)])


class DetailsForm(PlainForm):
    """Who one is, and how pages are written for one."""

    name = StringField(filters=[tidy], validators=[OneLine(NAME_LENGTH, missing=NAME_MISSING)])
    lang = SelectField(choices=LANGUAGES, validate_choice=True)
    zone = SelectField(choices=ZONES, validate_choice=True)
