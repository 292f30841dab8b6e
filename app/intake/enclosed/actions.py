"""How is a file added to a draft, and removed from it?"""

from __future__ import annotations

from app.attachments.sealed import keeping
from app.attachments.sealed.models import SealedFile
from app.db.errors import Missing
from app.extensions import db
from app.formats.kinds.linked import TOO_MANY_FILES
from app.formats.spec import Klass
from app.formats.words import N_
from app.intake import drafting
from app.intake.answers import Written, written
from app.intake.drafting import Conflict, RowGone
from app.intake.enclosed.places import Spot, holder_of, ids_at
from app.intake.models import Version
from app.intake.opened import Opened
from app.intake.sealed.sealing import refusing
from app.policy.actor import Actor
from app.reserving.classes import stricter
from app.reserving.tlp import MARKS
from app.storage.examining import Examined
from app.storage.refusals import Unwelcome
from app.web.refusal import Refusal

NO_CLASS = N_("Choose a class: that of the question, or a stricter one.")
NO_MARK = N_("Choose how far it may be passed on.")
CHANGED = N_("A colleague changed these files meanwhile. Look at them again.")


def classes(spot: Spot) -> list[Klass]:
    """The classes that a file there may have: that of its question, or a stricter one."""
    own = max(spot.field.klass, Klass.RESTRICTED, key=list(Klass).index)
    return [each for each in Klass if stricter(each, own) is each]


def add(
    actor: Actor, opened: Opened, spot: Spot, file: Examined, *, klass: str, mark: str
) -> SealedFile:
    """Seal a file into the record and name it in the draft. Raises Refusal, and stores nothing then."""
    refuse_unmarked(spot, klass, mark)
    found = written(opened.open_draft)
    ids = ids_at(opened, found, spot.place)
    if len(ids) >= spot.most:
        raise Refusal(TOO_MANY_FILES, field="file", max=spot.most)
    try:
        with refusing():
            kept = keeping.keep(holder_of(opened), spot.place, file, klass=Klass(klass), mark=mark,
                                by=actor.person_id)  # fmt: skip
    except Unwelcome as refusal:
        raise Refusal(refusal.message, field="file", status=503, **refusal.params) from None
    _save(actor, opened, spot, found, [*ids, kept.id])
    return kept


def refuse_unmarked(spot: Spot, klass: str, mark: str) -> None:
    """Refuse a class below that of the question, and a mark that is none."""
    if klass not in classes(spot):
        raise Refusal(NO_CLASS, field="klass")
    if mark not in MARKS:
        raise Refusal(NO_MARK, field="mark")


def remove(actor: Actor, opened: Opened, spot: Spot, file_id: str) -> None:
    """Take a file out of the draft; it is destroyed unless a version was certified with it.

    Raises Missing where it is not there.
    """
    found = written(opened.open_draft)
    ids = ids_at(opened, found, spot.place)
    if file_id not in ids:
        raise Missing(file_id)
    _save(actor, opened, spot, found, [each for each in ids if each != file_id])
    kept = keeping.files_of(holder_of(opened)).get(file_id)
    if kept is not None and not _was_certified(opened, kept):
        keeping.remove(kept)


def _was_certified(opened: Opened, kept: SealedFile) -> bool:
    """Whether anything was certified since it was added: it may be in that."""
    latest = db.session.scalar(
        db.select(db.func.max(Version.certified_at)).where(
            Version.dossier_id == opened.id, Version.organisation_id == opened.organisation_id
        )
    )
    return latest is not None and latest >= kept.added_at


def _save(actor: Actor, opened: Opened, spot: Spot, found: Written, ids: list[str]) -> None:
    row, key = spot.place
    try:
        drafting.save_answer(
            actor, opened.dossier, opened.open_draft, opened.format, key=key, row=row,
            value=ids or None, revision=found.revision(key, row),
        )  # fmt: skip
    except (Conflict, RowGone):
        raise Refusal(CHANGED, status=409) from None
