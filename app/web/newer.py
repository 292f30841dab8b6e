"""What did a colleague save while this form was being filled in?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _

from app.web.forms import CONFLICT
from app.web.input_names import inputs_of

LONGEST = 600
"""Characters of a text that are shown beside one's own; the record's page has it whole."""


def newer(
    stands: Mapping[str, Any], status: int, called: Mapping[str, str] | None = None
) -> list[tuple[str, str]]:
    """(what is asked, what stands saved) wherever that differs from what was sent; nothing before a conflict.

    `stands` holds the inputs as the form would be drawn anew, `called` what those are called that the page
    names one by one. Of what is chosen only the question is told.
    """
    if status != CONFLICT:
        return []
    names, called = inputs_of({*stands, *request.form}), called or {}
    return [
        (asked, _saved(saved, is_words=name not in names.chosen))
        for name, saved in stands.items()
        if (name in request.form or name in names.chosen)
        and (asked := called.get(name) or names.question(name))
        and _parts(saved) != _sent(name)
    ]


def _parts(saved: Any) -> list[str]:
    parts = saved if isinstance(saved, (list, tuple, set)) else [saved]
    return sorted(_even(str(each)) for each in parts if each is not None and str(each).strip())


def _sent(name: str) -> list[str]:
    return sorted(_even(each) for each in request.form.getlist(name) if each.strip())


def _even(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _saved(saved: Any, *, is_words: bool) -> str:
    parts = _parts(saved)
    if not parts:
        return _("(empty)")
    return parts[0][:LONGEST] if is_words else _("something else is chosen")
