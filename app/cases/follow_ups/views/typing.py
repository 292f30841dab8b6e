"""How is a day read that was typed into a plain form?"""

from __future__ import annotations

from datetime import date

from flask import request

from app.formats.dates import NotADate, read_date
from app.web import locale
from app.web.refusal import Refusal


def day_typed(name: str) -> date | None:
    """The day, None where nothing was typed. Raises Refusal for what is none."""
    text = request.form.get(name, "").strip()
    try:
        return read_date(text, locale.locale()) if text else None
    except NotADate as fault:
        message, params = fault.why(locale.locale())
        raise Refusal(message, field=name, **params) from None
