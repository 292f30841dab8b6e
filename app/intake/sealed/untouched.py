"""Was the text in a box only shown there, or typed?

A box that holds what is sealed, because it was opened or just saved, is sent along with its form. It
carries a token made of the text, its place and revision, with the key of the record: where it fits, its
writer did not touch the text and nothing is to be saved. Nobody can make one for a guess, or try a guess
against one, who could not open what is sealed; and nobody at all once the record is erased.
"""

from __future__ import annotations

import hmac
from typing import Any

from flask import request

from app.formats.spec import Format
from app.intake.answers import Place
from app.intake.sealed.places import OfRecord, in_draft, key_of, refusing
from app.sealing import envelope
from app.web.forms import Posted

NAME = "_same."
"""Before the name of an input: the token of the text that it was drawn with."""


def token(draft: OfRecord, form: Format, place: Place, revision: int, value: Any) -> str:
    """What proves later that a box still holds what it was drawn with."""
    with refusing():
        return _token(draft, form, place, revision, value)


def is_untouched(draft: OfRecord, form: Format, place: Place, value: Any, sent: str) -> bool:
    """Whether a text is still the one that was drawn."""
    revision = sent.partition(".")[0]
    if not (revision.isascii() and revision.isdigit() and len(revision) < 10):
        return False
    try:
        made = _token(draft, form, place, int(revision), value)
    except (envelope.SealingUnavailable, envelope.Erased, envelope.Unopenable):
        return False  # nobody can tell: it is as if it had been typed
    return hmac.compare_digest(made.encode(), sent.encode("utf-8", "replace"))


def _token(draft: OfRecord, form: Format, place: Place, revision: int, value: Any) -> str:
    at = in_draft(draft, place, form.sealed[place[1]], revision)
    return f"{revision}.{envelope.mark(key_of(draft), at, value)}"


def let_go(form: Format, draft: OfRecord, posted: Posted) -> None:
    """Take out of what was posted the sealed answers that nobody touched."""
    for place in [place for place in posted.values if place[1] in form.sealed]:
        sent = request.form.get(NAME + input_name(place), "")
        if sent and is_untouched(draft, form, place, posted.values[place], sent):
            for kept in (posted.values, posted.raw):
                kept.pop(place, None)


def input_name(place: Place) -> str:
    """The name of the input of a place."""
    row, key = place
    table, _dot, cell = key.partition(".")
    return f"{table}.{row}.{cell}" if row else key
