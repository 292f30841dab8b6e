"""What does a page ask of whoever wants to open what is sealed: for what, and the second factor?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from app.formats.hidden import is_hidden
from app.formats.projection import ShownSection
from app.formats.spec import Format, Section
from app.intake.answers import Written
from app.intake.mounting import Mount
from app.intake.opened import Opened
from app.intake.pages import answers_on, name_of
from app.intake.sealed.purposes import PURPOSES, purpose_words
from app.intake.sealed.showing import Sealing
from app.policy.engine import allowed
from app.web.guard import current_actor


@dataclass(frozen=True)
class Asking:
    """What was asked for and could not be done, with what is wrong."""

    chosen: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


def no_purpose() -> str:
    """What is wrong where nobody said for what."""
    return _("Choose for what you open it.")


def sealed_keys(form: Format, section: Section) -> frozenset[str]:
    """The keys of the sealed answers of a section."""
    names = {each.key for each in section.fields}
    return frozenset(key for key in form.sealed if key.partition(".")[0] in names)


def opening_of(
    mount: Mount, opened: Opened, section: Section, found: Written, sealing: Sealing | None,
    asking: Asking | None = None,
) -> dict[str, Any] | None:  # fmt: skip
    """What the page of a section needs to ask it; None where nothing can be opened there."""
    if sealing is None or not sealing.is_writable or not may_open(mount, opened):
        return None
    keys = sealed_keys(opened.format, section)
    shown = answers_on(section, found).answers
    places = ((key, stored.sealed) for (_row, key), stored in shown.items())
    is_any = any(sealed is not None and key in keys for key, sealed in places)
    return {**panel(mount, opened, asking), "page": name_of(section)} if is_any else None


def opening_of_version(
    mount: Mount, opened: Opened, form: Format, shown: Iterable[ShownSection],
    sealing: Sealing | None, asking: Asking | None = None,
) -> dict[str, Any] | None:  # fmt: skip
    """What the page of a certified version needs to ask it, with the sections in which there is any."""
    if sealing is None or not sealing.is_writable or not may_open(mount, opened):
        return None
    sections = [each.section for each in shown if _has_sealed(each)]
    return {**panel(mount, opened, asking), "sections": sections} if sections else None


def may_open(mount: Mount, opened: Opened) -> bool:
    """Whether the reader may open what is sealed: of their own organisation alone."""
    actor = current_actor()
    if mount.open_sealed is None or opened.organisation_id != actor.organisation_id:
        return False
    return allowed(actor, mount.open_sealed, opened)


def panel(mount: Mount, opened: Opened, asking: Asking | None = None) -> dict[str, Any]:
    """What the component `opening` draws."""
    asking = asking or Asking()
    return {
        "url": mount.url(opened, "openings"), "chosen": asking.chosen, "errors": asking.errors,
        "purposes": [(code, purpose_words(code)) for code in PURPOSES],
    }  # fmt: skip


def _has_sealed(section: ShownSection) -> bool:
    for shown in section.fields:
        rows = shown.value if shown.field.is_rows and shown.value else [{"": shown.value}]
        if any(is_hidden(value) for row in rows for value in row.values()):
            return True
    return False
