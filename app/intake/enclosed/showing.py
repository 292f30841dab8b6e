"""What does a page say of files: where they stand, how they are marked, and of which the name may be told?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app.attachments.sealed import keeping
from app.attachments.sealed.models import SealedFile
from app.formats.spec import Format, Klass
from app.formats.words import N_
from app.intake.enclosed.places import asked
from app.sealing.envelope import SealingUnavailable, Unopenable
from app.web import locale

CLASSES = {
    Klass.RESTRICTED: N_("Restricted: for the units to which it is released"),
    Klass.PERSONAL: N_("Personal: besides, opened on purpose and on record"),
    Klass.SECRET: N_("Secret: besides, only for a unit to which you release it expressly"),
}


MARK = "tlp"
"""The question that marks a record as a whole."""


@dataclass(frozen=True)
class ShownFile:
    """One file as a page lists it. `name` is empty where it is told only once it is opened."""

    id: str
    where: str
    name: str
    klass: str
    mark: str
    added_at: datetime
    is_gone: bool = False
    """Whether nobody can open it any more."""


def shown(
    form: Format, files: Iterable[SealedFile], where: Callable[[SealedFile], str] | None = None
) -> list[ShownFile]:
    """The files as a page lists them."""
    return [
        ShownFile(each.id, (where or (lambda file: label_of(form, file.key)))(each), _name(each),
                  short_class(each.klass), each.mark.replace("_", "+"), each.added_at,
                  each.removed_at is not None)
        for each in files
    ]  # fmt: skip


def label_of(form: Format, key: str) -> str:
    """What the question is called at which a file stands; its table before it."""
    table, dot, _cell = key.partition(".")
    field, lang = asked(form, key), locale.lang()
    said = field.told_as.say(lang) if field else key
    return f"{form.field(table).told_as.say(lang)} · {said}" if dot and field else said


def short_class(klass: str) -> str:
    """A class in a word."""
    return {"restricted": _("restricted"), "personal": _("personal"), "secret": _("secret")}.get(
        klass, klass
    )


def _name(file: SealedFile) -> str:
    if Klass(file.klass).is_sealed or file.removed_at is not None:
        return ""
    try:
        return keeping.label_of(file).name
    except (SealingUnavailable, Unopenable):
        return ""


def class_options(offered: Iterable[Klass]) -> list[tuple[str, str]]:
    """The classes that a file may have, with what each means."""
    return [(each.value, _(CLASSES[each])) for each in offered]


def mark_options(form: Format) -> list[tuple[str, str]]:
    """The marks, in the words of the form's own mark."""
    codes = form.field(MARK).codes
    return [(code.key, code.label.say(locale.lang())) for code in codes.codes] if codes else []


def with_gone(ids: Iterable[str], files: Mapping[str, SealedFile]) -> list[SealedFile]:
    """The files of these ids that are there, in their order."""
    return [files[each] for each in ids if each in files]
