"""What differs between two states of a record, in words, beside what was asked to change?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.formats.answers import Change, diff
from app.formats.spec import Format, Section
from app.intake import published, queries
from app.intake.actions import document_in
from app.intake.models import Version
from app.intake.opened import Opened
from app.intake.sealed.versions import as_certified
from app.web import locale


@dataclass(frozen=True)
class ChangeShown:
    """A change in words: in which section and question, from what to what."""

    section: str
    label: str
    before: str
    after: str


def shown_changes(
    format: Format, changes: Iterable[Change], lang: str, loc: str
) -> list[ChangeShown]:
    """Changes between two versions, in the order of the format, each in words."""
    return [_change(format, change, lang, loc) for change in changes]


def _change(format: Format, change: Change, lang: str, loc: str) -> ChangeShown:
    field = format.field(change.field)
    section, label = format.section_of(field.key).key, field.label.say(lang)
    if change.cell is not None:
        cell = field.cell(change.cell)
        label = f"{label} · {cell.label.say(lang)}"
        if (line := field.line(change.row_id or "")) is not None:
            label = f"{field.label.say(lang)} · {line.label.say(lang)} · {cell.label.say(lang)}"
        return ChangeShown(section, label, cell.kind.show(change.old, cell, lang, loc),
                           cell.kind.show(change.new, cell, lang, loc))  # fmt: skip
    if change.row_id is not None:
        rows = [[row] if row else [] for row in (change.old, change.new)]
        return ChangeShown(
            section, label, *(field.kind.show(row, field, lang, loc) for row in rows)
        )
    if field.is_rows:
        return ChangeShown(section, label, "", _("The order of the rows changed."))
    return ChangeShown(section, label, field.kind.show(change.old, field, lang, loc),
                       field.kind.show(change.new, field, lang, loc))  # fmt: skip


def still_asked(
    opened: Opened, document: dict[str, Any], reasons: Collection[str]
) -> dict[str, bool]:
    """The sections in which a change was asked for: whether nothing was changed there since."""
    latest = queries.latest_version(opened) if reasons else None
    if latest is None:
        return {}
    certified = document_in(latest)
    changes = diff(opened.format, certified, as_certified(opened.format, certified, document))
    changed = {opened.format.section_of(each.field).key for each in changes}
    return {section: section not in changed for section in reasons}


@dataclass(frozen=True)
class SectionChanges:
    """One section of a comparison: what was asked of it, and what changed."""

    section: Section
    asked: str
    """The Secretariat's reason; empty where nothing was asked."""
    changes: tuple[ChangeShown, ...]


def compared(
    opened: Opened, before: Version, after: Version, *, asked: Mapping[str, str] | None = None
) -> list[SectionChanges]:
    """Two certified versions side by side, in the reader's words."""
    former = published.get(opened.dossier.format_name, before.format_version)
    form = published.get(opened.dossier.format_name, after.format_version)
    return by_section(
        form, document_in(before), document_in(after), locale.lang(), locale.locale(), asked=asked,
        former=former if former.version != form.version else None,
    )  # fmt: skip


def by_section(
    form: Format, before: Mapping[str, Any], after: Mapping[str, Any], lang: str, loc: str,
    *, asked: Mapping[str, str] | None = None, former: Format | None = None,
) -> list[SectionChanges]:  # fmt: skip
    """What changed, section by section; a section appears where something changed or was asked.

    `former` is the format of the words before, where it is another version of the form.
    """
    changes = shown_changes(form, diff(form, before, after), lang, loc)
    changes += dropped(form, former, before, lang, loc) if former else []
    reasons, known = asked or {}, {each.key for each in form.sections}
    compared = [
        SectionChanges(each, reasons.get(each.key, ""),
                       tuple(change for change in changes if change.section == each.key))
        for each in form.sections
    ]  # fmt: skip
    if former:  # a section that the newer version of the form no longer has
        compared += [
            SectionChanges(each, "", tuple(c for c in changes if c.section == each.key))
            for each in former.sections if each.key not in known
        ]  # fmt: skip
    return [each for each in compared if each.asked or each.changes]


def dropped(
    form: Format, former: Format, before: Mapping[str, Any], lang: str, loc: str
) -> list[ChangeShown]:
    """Answers to questions that the newer version of a form no longer asks."""
    gone = [each for each in former.fields if each.key not in form and each.key in before]
    return [
        ChangeShown(former.section_of(each.key).key, each.label.say(lang),
                    each.kind.show(before[each.key], each, lang, loc),
                    _("This question is no longer asked."))
        for each in gone
    ]  # fmt: skip
