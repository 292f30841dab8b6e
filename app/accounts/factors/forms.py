"""Which forms have the pages of second factors?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Optional

from app.web.plain_forms import OneLine, PlainForm, tidy

NAME_LENGTH, REASON_LENGTH = 60, 500


class NameForm(PlainForm):
    """What its person calls a factor, if they want to."""

    name = StringField(filters=[tidy], validators=[Optional(), OneLine(NAME_LENGTH)])


class ReasonForm(PlainForm):
    """Why a lost factor is taken away."""

    reason = StringField(filters=[tidy], validators=[
        OneLine(REASON_LENGTH, missing=_l("Write why, such as how the person proved who they are."))
    ])  # fmt: skip
