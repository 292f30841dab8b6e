"""How does a page send somebody for a file that was opened on purpose?"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Response, url_for

from app.attachments.sealed import links
from app.attachments.sealed.models import SealedFile
from app.intake.sealed.purposes import PURPOSES, purpose_words
from app.policy.actor import Actor
from app.web.page import done

NOTHING: Mapping[str, str] = MappingProxyType({})


def purpose_options() -> list[tuple[str, str]]:
    """For what a file may be opened."""
    return [(code, purpose_words(code)) for code in PURPOSES]


def taken(
    actor: Actor, kept: SealedFile, *, subject: tuple[str, str], purpose: str,
    detail: Mapping[str, str] = NOTHING,
) -> Response:  # fmt: skip
    """Put it on record, and send the browser for the file."""
    token = links.allow(actor, kept, subject=subject, purpose=purpose, detail=detail)
    return done(url_for("sealed_files.show", token=token))
