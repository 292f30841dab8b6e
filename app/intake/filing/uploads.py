"""Which file came along with a form of what was filed?"""

from __future__ import annotations

from flask import request
from flask_babel import gettext as _

from app.attachments import actions as attachments
from app.storage.files import Stored


def uploaded(field: str) -> Stored | None:
    """The file of this field, examined and kept; None where none was chosen. Raises Refusal."""
    upload = request.files.get(field)
    if upload is None or not upload.filename:
        return None
    return attachments.receive(upload, field=field)


def choose_again(field: str, errors: dict[str, str]) -> dict[str, str]:
    """The mistakes of a form, with a word at its file: a page that comes back does not bring it along."""
    upload = request.files.get(field)
    if not errors or upload is None or not upload.filename:
        return errors
    again = _("Choose “%(name)s” again: a form that comes back does not keep the file.",
              name=upload.filename)  # fmt: skip
    return {**errors, field: errors.get(field, again)}
