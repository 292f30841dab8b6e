"""Which file came along with a form of what was filed?"""

from __future__ import annotations

from flask import request

from app.attachments import actions as attachments
from app.storage.files import Stored


def uploaded(field: str) -> Stored | None:
    """The file of this field, examined and kept; None where none was chosen. Raises Refusal."""
    upload = request.files.get(field)
    if upload is None or not upload.filename:
        return None
    return attachments.receive(upload, field=field)
