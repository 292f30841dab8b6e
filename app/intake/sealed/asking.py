"""What does a page ask of whoever wants to open what is sealed: for what, and the second factor?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask_babel import gettext as _

from app.accounts.factors import take_factor
from app.formats.hidden import is_hidden
from app.formats.projection import ShownSection
from app.formats.spec import Format, Section
from app.intake.answers import Written
from app.intake.mounting import Mount
from app.intake.opened import Opened
from app.intake.pages import answers_on, name_of
from app.intake.sealed.opening import NO_PURPOSE
from app.intake.sealed.purposes import PURPOSES, purpose_words
from app.intake.sealed.showing import Sealing
from app.policy.actor import Actor
from app.policy.engine import allowed
from app.web.forms import is_submitted
from app.web.guard import current_actor


@dataclass(frozen=True)
class Asking:
    """For what somebody asks to open, and what is wrong with that."""

    chosen: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def may_open(self) -> bool:
        """Whether it was asked properly; not where a page is only drawn again in another language."""
        return bool(self.chosen) and not self.errors


def asked(actor: Actor, name: str = "purpose", among: Collection[str] = PURPOSES) -> Asking:
    """What the form of this request asks for, with its second factor taken.

    Comes first in the view: taking begins the request's transaction anew, so load again what was loaded.
    """
    if not is_submitted():
        return Asking()
    purpose, errors = request.form.get(name, ""), {}
    if wrong := take_factor(actor, request.form):
        errors["factor"] = wrong
    if purpose not in among:
        errors[name] = _(NO_PURPOSE)
    return Asking(purpose if purpose in among else "", errors)


def purpose_options(among: Collection[str] = PURPOSES) -> list[tuple[str, str]]:
    """For what it may be opened, as a form offers it."""
    return [(code, purpose_words(code)) for code in among]


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
        "purposes": purpose_options(),
    }  # fmt: skip


def _has_sealed(section: ShownSection) -> bool:
    for shown in section.fields:
        rows = shown.value if shown.field.is_rows and shown.value else [{"": shown.value}]
        if any(is_hidden(value) for row in rows for value in row.values()):
            return True
    return False
