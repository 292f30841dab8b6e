"""Was the text in a box only shown there, or typed?

A box that holds what is sealed, because it was opened or just saved, is sent along with its form. It
carries a token made of the text, its place and revision, with a secret of the server: where it fits, its
writer did not touch the text and nothing is to be saved. Nobody can make one for a guess.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from flask import current_app, request

from app.formats.canonical import canonical_json
from app.formats.spec import Format
from app.intake.answers import Place
from app.web.forms import Posted

NAME = "_same."
"""Before the name of an input: the token of the text that it was drawn with."""


def token(draft_id: str, revision: int, place: Place, value: Any) -> str:
    """What proves later that a box still holds what it was drawn with."""
    said = canonical_json([draft_id, revision, *place, value])
    secret = b"untouched:" + str(current_app.config["SECRET_KEY"]).encode()
    return f"{revision}.{hmac.new(secret, said, hashlib.sha256).hexdigest()}"


def is_untouched(draft_id: str, place: Place, value: Any, sent: str) -> bool:
    """Whether a text is still the one that was drawn."""
    revision = sent.partition(".")[0]
    if not (revision.isascii() and revision.isdigit() and len(revision) < 10):
        return False
    made = token(draft_id, int(revision), place, value)
    return hmac.compare_digest(made.encode(), sent.encode("utf-8", "replace"))


def let_go(form: Format, draft_id: str, posted: Posted) -> None:
    """Take out of what was posted the sealed answers that nobody touched."""
    for place in [place for place in posted.values if place[1] in form.sealed]:
        sent = request.form.get(NAME + input_name(place), "")
        if sent and is_untouched(draft_id, place, posted.values[place], sent):
            for kept in (posted.values, posted.raw):
                kept.pop(place, None)


def input_name(place: Place) -> str:
    """The name of the input of a place."""
    row, key = place
    table, _dot, cell = key.partition(".")
    return f"{table}.{row}.{cell}" if row else key
