"""How does a page send somebody for a file that is opened on purpose?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.attachments.sealed import links
from app.attachments.sealed.models import SealedFile
from app.intake.sealed import opening
from app.intake.sealed.asking import Asking
from app.intake.sealed.purposes import PURPOSES
from app.policy.actor import Actor
from app.storage.files import NO_FILE
from app.web.page import done

NOTHING: Mapping[str, str] = MappingProxyType({})


def chosen(
    there: Mapping[str, SealedFile], asking: Asking
) -> tuple[SealedFile | None, Mapping[str, str]]:
    """The file that may be taken, if all is as it should be; else what is wrong."""
    kept = there.get(request.form["file"])
    if not (asking.chosen or asking.errors):
        return None, NOTHING
    errors = asking.errors if kept else {**asking.errors, "file": _(NO_FILE)}
    return (None if errors else kept), errors


def taken(
    actor: Actor, kept: SealedFile, *, subject: tuple[str, str], purpose: str,
    detail: Mapping[str, str] = NOTHING, among: Collection[str] = PURPOSES,
) -> Response:  # fmt: skip
    """Put it on record, and send the browser for the file."""
    opening.put_on_record(
        actor, purpose, [kept.key], subject=subject, owner=kept.organisation_id, part=kept.key,
        row=kept.row_id, among=among, file=kept.id, **detail,
    )  # fmt: skip
    return done(url_for("sealed_files.show", token=links.allow(actor, kept)))
