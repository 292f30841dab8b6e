"""How does an action say that something cannot be done, so that the person can mend it?"""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from app.db.errors import Missing
from app.formats.words import N_

TOO_LONG = N_("This is too long: at most %(most)s characters.")


class Refusal(Exception):
    """The act cannot be done, for a reason that the person can understand and mend.

    `message` is a msgid; `params` fill its placeholders; `field` names the place, where there is one.
    """

    def __init__(
        self, message: str, *, field: str | None = None, status: int = 422, **params: Any
    ) -> None:
        super().__init__(message)
        self.message, self.field, self.status, self.params = message, field, status, params

    def say(self) -> str:
        return _(self.message, **self.params)


def fits(text: str, *, field: str, most: int, missing: str = "") -> str:
    """What was typed, where it is short enough; `missing` is what is said where there must be something.

    Raises Refusal.
    """
    if missing and not text:
        raise Refusal(missing, field=field)
    if len(text) > most:
        raise Refusal(TOO_LONG, field=field, most=most)
    return text


class Gone(Missing):
    """There is no such record for this actor any more, who may know what became of it.

    `endpoint` is the page on which they read on.
    """

    def __init__(self, what: str, *, endpoint: str) -> None:
        super().__init__(what)
        self.endpoint = endpoint

    def say(self) -> str:
        """What became of it, in the reader's language."""
        raise NotImplementedError
