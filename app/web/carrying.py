"""How does text that was typed into a refused form come back into that form?

Everything sent is carried along unseen: through signing in, through acting for another organisation.
At the end it is sent to its page as the language button sends it, which draws the form with the text
in it and saves nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import g, request

from app.web.addresses import local_path
from app.web.identity import SAFE
from app.web.typed_text import is_unseen

FIELD = "_carried"
LONGEST = 400_000
"""Characters carried at the most; longer text is shown, to be copied."""
LEFT = frozenset(
    {
        *("csrf_token", "_key", "_lang", "_add", "_remove", "_resolve", "_stay", "_more"),
        *("_take_out", FIELD),
    }
)
"""What belongs to one sending alone."""


@dataclass(frozen=True)
class Carried:
    """A form as it was sent: its page, and what stood in it."""

    page: str
    fields: tuple[tuple[str, str], ...]

    @property
    def has_mark(self) -> bool:
        """Whether it says for which organisation it was drawn."""
        return any(name == "_acting" for name, _value in self.fields)

    def to_text(self) -> str:
        """For one unseen input; `brought` reads it again."""
        return json.dumps([self.page, self.fields], ensure_ascii=False)


def carried() -> Carried | None:
    """The form of this refused request, if its page can be drawn with it again."""
    if request.method in SAFE or g.get("is_unreadable") or not _is_a_page():
        return None
    fields = tuple(
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in LEFT and not is_unseen(name) and "\x00" not in name + value
    )
    is_empty = not any(value.strip() for name, value in fields if name[0:1] != "_")
    if is_empty or sum(len(name) + len(value) for name, value in fields) > LONGEST:
        return None
    return Carried(request.path, fields)


def brought() -> Carried | None:
    """The form that this request carries along, if it carries one."""
    text = request.form.get(FIELD, "")
    if not text or len(text) > 2 * LONGEST:
        return None
    try:
        path, fields = json.loads(text)
        found = Carried(str(path), tuple((str(name), str(value)) for name, value in fields))
    except (ValueError, TypeError, RecursionError):
        return None
    return (
        found if local_path(found.page) == found.page and not urlsplit(found.page).query else None
    )


def _is_a_page() -> bool:
    """Whether the form is sent to the very page that it stands on."""
    rule: Any = request.url_rule
    return rule is not None and "GET" in rule.methods
