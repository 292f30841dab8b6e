"""Which pages show how a record came to say what it says, and bring an earlier text back?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from app.db.errors import Missing
from app.formats.hidden import is_hidden
from app.formats.kinds import BadAnswer
from app.formats.spec import Field, Format, UnknownField, UnknownSection
from app.formats.words import N_
from app.intake import drafting, past, queries
from app.intake.answers import Place, Written, row_ids, row_in, written
from app.intake.differences import compared
from app.intake.drafting import Conflict, RowGone
from app.intake.models import NO_ROW, Version
from app.intake.mounting import Mount
from app.intake.opened import Opened
from app.intake.sealed.purposes import purpose_words
from app.intake.sealed.sealing import Carried
from app.intake.sections import FILES
from app.intake.seen import Seen, read
from app.policy.engine import allowed
from app.web import locale
from app.web.errors import Refusal
from app.web.guard import current_actor
from app.web.page import done, page


@dataclass(frozen=True)
class EventShown:
    """One event in words, and what bringing its text back would name."""

    id: str
    at: Any
    who: str
    did: str
    label: str
    before: str
    after: str
    is_answer: bool
    is_gone: bool
    """Whether it says what a removed row held."""
    seen: Seen | None
    """The words over which its text can be written again; None where it cannot."""


HOLDING = (past.SAVED, *past.BEGINNINGS, past.REMOVED, past.BROUGHT_BACK)
"""The events that hold answers."""


def history(mount: Mount, opened: Opened) -> Response:
    """GET /…/history: who wrote what and when, from what to what, of one question or of everything."""
    asked = request.args.get("question", "")
    found, listed = past.list_events(
        current_actor(), opened, _parts(opened.format, asked), request.args.get("mark", "")
    )
    now = None
    if opened.draft is not None and allowed(current_actor(), mount.edit, opened):
        now = written(opened.draft)
    return page(
        "intake/history.html", mount=mount, opened=opened, asked=asked,
        events=[_shown(opened, event, now) for event in found],
        newer=_page(mount, opened, asked, listed.before), older=_page(mount, opened, asked, listed.behind),
        versions=queries.versions(opened.dossier),
        back_url=_back_url(mount, opened, asked, may_write=now is not None),
    )  # fmt: skip


def _back_url(mount: Mount, opened: Opened, asked: str, *, may_write: bool) -> str:
    """The section whose history it is, for who writes there; else the record's page."""
    for section in opened.format.sections if may_write else ():
        if asked in (section.key + ":", *(each.key for each in section.fields)):
            return mount.url(opened, "section", section=section.key)
    return mount.url(opened, "show")


def _page(mount: Mount, opened: Opened, asked: str, mark: str) -> str | None:
    return mount.url(opened, "history", question=asked or None, mark=mark) if mark else None


def _parts(form: Format, asked: str) -> list[str]:
    """The parts of the audit trail that belong to a section or a question. Raises Missing."""
    if not asked:
        return []
    fields = [each for section in form.sections for each in section.fields
              if asked in (section.key + ":", each.key)]  # fmt: skip
    if not fields:
        raise Missing(asked)
    return [
        part for each in fields for part in (each.key, *(f"{each.key}.{c.key}" for c in each.cells))
    ]


def _shown(opened: Opened, event: past.Event, now: Written | None) -> EventShown:
    asked, label = _named(event.format, event.place)
    if event.purpose:
        label = f"{label} · {purpose_words(event.purpose)}"
    lang, loc = locale.lang(), locale.locale()
    is_answer = asked is not None and event.kind in HOLDING
    old, new = (
        asked.kind.show(value, asked, lang, loc)
        if asked and is_answer and value is not None
        else ""
        for value in (event.old, event.new)
    )
    return EventShown(
        event.id, event.at, event.who, _(past.WORDS[event.kind]), label, old, new, is_answer,
        event.kind == past.REMOVED,
        _seen(opened, event, now) if is_answer else None,
    )  # fmt: skip


def _named(form: Format, place: Place) -> tuple[Field | None, str]:
    row, key = place
    if not key:
        return None, ""
    name, _sep, cell = key.partition(".")
    try:
        field = form.field(name)
        asked = field.cell(cell) if cell else field
    except UnknownField:
        return None, _title(form, key)
    line = field.line(row) if row else None
    words = (field.label, line.label if line else None, asked.label if cell else None)
    return asked, " · ".join(each.say(locale.lang()) for each in words if each)


def _title(form: Format, key: str) -> str:
    """What a section is called; of what the form no longer asks, its key."""
    try:
        return form.section(key).title.say(locale.lang())
    except UnknownSection:
        return key


def _seen(opened: Opened, event: past.Event, now: Written | None) -> Seen | None:
    if now is None:
        return None
    if event.kind in (past.REMOVED, past.BROUGHT_BACK):
        is_back = event.kind == past.BROUGHT_BACK or event.draft != now.draft
        is_back = is_back or is_hidden(event.old)
        may = not is_back and may_come_back(opened, event.place, event.old[0], now)
        return Seen(now.draft, 0) if may else None
    if not is_there(opened, event.place, now):
        return None
    row, key = event.place
    return None if now.value(key, row) == event.new else now.seen(event.place)


def is_there(opened: Opened, place: Place, now: Written) -> bool:
    """Whether the open draft still asks this question, and still has the row."""
    row, key = place
    name, _sep, cell = key.partition(".")
    try:
        field = opened.format.field(name)
        asked = field.cell(cell) if cell else field
    except UnknownField:
        return False
    return (
        asked.is_asked
        and asked.kind.name != FILES
        and (row == NO_ROW or row in row_ids(field, now))
    )


def may_come_back(opened: Opened, place: Place, held: Any, now: Written) -> bool:
    """Whether a row is still removed from its table, and says what it held."""
    row, key = place
    if key not in opened.format or row in row_ids(field := opened.format.field(key), now):
        return False
    return row_in(field, now, row) == held


def restoration(mount: Mount, opened: Opened) -> Response:
    """POST /…/restoration: write the text of an earlier moment again, or bring a row back; a new change."""
    if not {"event", "revision"} <= request.form.keys():
        raise BadRequest
    seen = read(request.form.get("revision", ""))
    if seen is None:
        raise Missing
    place, value = past.get_saved(opened, request.form.get("event", ""))
    now = written(opened.open_draft)
    if place[0] and "." not in place[1]:
        return _bring_back(mount, opened, place, value, now, seen)
    if not is_there(opened, place, now):
        raise Refusal(
            N_("The question or the row of this text is no longer in the draft."), status=409
        )
    row, key = place
    try:
        drafting.save_answer(current_actor(), opened.dossier, opened.open_draft, opened.format,
                             key=key, row=row, value=_as_now(opened.format, place, value),
                             revision=seen.within(opened.open_draft.id))  # fmt: skip
    except Conflict:
        raise Refusal(N_("A colleague changed this answer meanwhile. Look at the history again."),
                      status=409) from None  # fmt: skip
    except RowGone:
        raise Refusal(N_("The question or the row of this text is no longer in the draft."),
                      status=409) from None  # fmt: skip
    return done(mount.url(opened, "history", question=key.split(".")[0]),
                _("The earlier text stands in the draft again, as a new change."))  # fmt: skip


def _bring_back(
    mount: Mount, opened: Opened, place: Place, held: Any, now: Written, seen: Seen
) -> Response:
    """Put a removed row back into its table, as a new change."""
    row, key = place
    try:
        if seen.draft != now.draft or not may_come_back(opened, place, held, now):
            raise RowGone
        drafting.bring_back_row(current_actor(), opened.dossier, opened.open_draft,
                                opened.format.field(key), row)  # fmt: skip
    except RowGone:
        raise Refusal(
            N_("This row is in its table again, or no longer in this draft. Look at the history "
               "again."), status=409,
        ) from None  # fmt: skip
    return done(mount.url(opened, "history", question=key),
                _("The row stands in its table again, as it was."))  # fmt: skip


def _number(text: str | None) -> int:
    if not text or not text.isdecimal() or len(text) > 15:
        raise Missing
    return int(text)


def _as_now(form: Format, place: Place, value: Any) -> Any:
    """The value as the draft's form takes it: an older version of the form may have taken more.

    What is sealed is not looked at.
    """
    if value is None or isinstance(value, Carried):
        return value
    asked, _label = _named(form, place)
    if asked is None:
        raise Missing
    try:
        return asked.kind.load(
            asked.kind.dump(value, asked, locale.locale()), asked, locale.locale()
        )
    except BadAnswer as mistake:
        raise Refusal(_(mistake.message_id, **mistake.params), status=409) from None


def comparison(mount: Mount, opened: Opened) -> Response:
    """GET /…/comparison?before=1&after=3: two certified versions side by side."""
    listed = queries.versions(opened.dossier)
    if not listed:
        raise Missing
    newest = listed[0].number
    after = _chosen(opened, "after", newest)
    before = _chosen(opened, "before", max(1, after.number - 1))
    if before.number > after.number:
        before, after = after, before
    return page(
        "intake/comparison.html", mount=mount, opened=opened, versions=listed, before=before,
        after=after, changes=compared(opened, before, after),
    )  # fmt: skip


def _chosen(opened: Opened, name: str, default: int) -> Version:
    return queries.version(opened, _number(request.args.get(name) or str(default)))
