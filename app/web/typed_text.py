"""What had somebody typed into a form that was refused, and what were its questions called?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import g, request
from flask_babel import gettext as _

from app.web.identity import SAFE
from app.web.input_names import inputs_of

KEPT_LIMIT = 200
HIDDEN = ("_", "csrf_token", "next", "token", "version", "revision", "preview_hash", "shown")
"""How the names begin of what nobody typed, or what must not be shown."""
UNSEEN = "password"
"""What the name of every input holds whose letters nobody may see; a test asks it of the templates."""
ONCE = frozenset({"factor", "factor_passkey", "new_factor_passkey"})
"""The inputs of a second factor, which is given once."""
SENTENCE = 30
"""Letters from which on an answer whose question is not known is taken for words, not for a code."""

Kept = tuple[str, str]
"""A question as its reader knows it, and the text that was typed there."""
Form = Mapping[str, list[str]]
Namer = Callable[[Mapping[str, str], Form], tuple[list[Kept], set[str]]]
"""Gets the parts of the address and the form; gives what it can name, and the names it told of."""

_namers: dict[str, Namer] = {}


def names_answers(endpoint: str, namer: Namer) -> None:
    """Tell how the answers of a form are called that is drawn from a document."""
    _namers[endpoint] = namer


def is_unseen(name: str) -> bool:
    """Whether what stands in this input is shown to nobody again: a password, a second factor."""
    return UNSEEN in name or name in ONCE


def kept_text() -> list[Kept]:
    """What was typed into the refused form, to be shown again; never passwords or our own fields."""
    if request.method in SAFE or g.get("is_unreadable"):
        return []
    form = {
        name: values
        for name, values in request.form.lists()
        if not (name.startswith(HIDDEN) or is_unseen(name)) and "".join(values).strip()
    }
    namer = _namers.get(request.endpoint or "")
    kept, told = namer(request.view_args or {}, form) if namer else ([], set())
    rest = {name: values for name, values in form.items() if name not in told}
    return [*kept, *_named_by_templates(rest)][:KEPT_LIMIT]


def _named_by_templates(form: Form) -> list[Kept]:
    if not form:
        return []
    inputs, kept = inputs_of(form), []
    for name, values in form.items():
        text, label = "\n".join(values).strip(), inputs.label(name)
        if label:
            kept.append((label, text))
        elif name not in inputs.chosen and _is_in_words(text):
            kept.append((_("Another text"), text))
    return kept


def _is_in_words(text: str) -> bool:
    return len(text) > SENTENCE or len(text.split()) > 1
