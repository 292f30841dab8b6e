"""What happened in a draft since a page of it was drawn, and who is in it, without a single answer?

Value-free: which answer changed, by whom and when. The page then asks for the answer itself, as anybody
asks for a page. The stream and the polling page are told the same by the same function.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from app.extensions import db
from app.formats.spec import Format, UnknownField, UnknownSection
from app.intake.models import NO_ROW, Answer, AnswerRow
from app.intake.names import names
from app.intake.opened import Opened
from app.intake.presence import LATELY, Here, everybody
from app.policy.actor import Actor
from app.web import locale
from app.workflow.machine import NotNow

OVERLAP = timedelta(seconds=60)
"""How far before the last look a save may have begun that was committed after it."""


@dataclass
class AlreadyTold:
    """What one page was told already: until when, of which draft, which revisions, who was there."""

    since: datetime | None
    page: str = ""
    draft: str = ""
    revisions: dict[str, int] = field(default_factory=dict)
    people: list[Any] | None = None


def news(actor: Actor, opened: Opened, told: AlreadyTold) -> dict[str, Any] | None:
    """What the reader does not know yet; None for nothing. Raises NotNow once the draft is closed.

    So it is also where the record was opened again meanwhile: that is another draft.
    """
    draft = opened.open_draft
    if told.draft not in ("", draft.id):
        raise NotNow("draft", "closed", "follow")
    found: dict[str, Any] = {}
    others = [each for each in everybody(actor, draft.id)
              if (each.person_id, each.page) != (actor.person_id, told.page)]  # fmt: skip
    people = _people(actor, opened, others)
    if people != told.people:
        found["people"] = told.people = people
    if told.since is None or draft.saved_at != told.since:
        if changes := list(_changes(actor, opened, told)):
            found["changes"] = changes
        if rows := _rows(draft.id):
            found["rows"] = rows
        told.since = draft.saved_at
    return {**found, "since": draft.saved_at.isoformat()} if found else None


def people_in(actor: Actor, opened: Opened) -> list[dict[str, Any]]:
    """Who else is in the draft or was a moment ago: for whoever is about to end it."""
    return company(actor, opened)["people"] if opened.draft is not None else []


def company(actor: Actor, opened: Opened) -> dict[str, Any]:
    """What a page says of others in the draft before anything live comes, and since when it stands."""
    draft = opened.open_draft
    # Which page it will be is not known yet: of the reader's own nothing is said.
    others = [each for each in everybody(actor, draft.id, LATELY)
              if each.person_id != actor.person_id]  # fmt: skip
    return {"people": _people(actor, opened, others), "draft": draft.id,
            "since": draft.saved_at.isoformat()}  # fmt: skip


def _people(actor: Actor, opened: Opened, here: list[Here]) -> list[dict[str, Any]]:
    """Everybody once at each place, whoever holds it first; on a page outside of all fields only those
    who are in none."""
    in_field = {each.person_id for each in here if each.stand.place}
    found: dict[tuple[str, str], Here] = {}
    for each in here:
        if each.stand.place or each.person_id not in in_field:
            found.setdefault((each.person_id, each.stand.place), each)
    return [show(each, opened.format, is_self=each.person_id == actor.person_id)
            for each in found.values()]  # fmt: skip


def show(here: Here, format: Format, *, is_self: bool = False) -> dict[str, Any]:
    """Somebody in the draft, or the reader on another page of it, in words that stand alone."""
    stand, label = here.stand, _place(format, here.stand.place)
    say = _say_self if is_self else _say
    words, at_field = say(here, label, _title(format, stand.section))
    return {"place": stand.place, "holds": stand.holds, "initials": initials(here.name),
            "words": words, "here": at_field}  # fmt: skip


def _say(here: Here, label: str, section: str) -> tuple[str, str]:
    who = here.name
    return (
        _("%(who)s is at “%(field)s”", who=who, field=label)
        if label
        else _("%(who)s is in “%(section)s”", who=who, section=section),
        _("%(who)s is writing here", who=who)
        if here.stand.holds
        else _("%(who)s is here too", who=who),
    )


def _say_self(here: Here, label: str, section: str) -> tuple[str, str]:
    return (
        _("You are at “%(field)s” in another window", field=label)
        if label
        else _("You are in “%(section)s” in another window", section=section),
        _("You are writing here in another window")
        if here.stand.holds
        else _("You are here too in another window"),
    )


def initials(name: str) -> str:
    """Two letters for a name, beside its words."""
    parts = [part[0] for part in name.replace(".", " ").split() if part[0].isalnum()]
    return "".join(parts[:1] + parts[1:][-1:]).upper()


def _place(format: Format, place: str) -> str:
    key, _sep, rest = place.partition(".")
    cell = rest.rpartition(".")[2]
    try:
        asked = format.field(key)
        label = asked.label.say(locale.lang())
        return f"{label} · {asked.cell(cell).label.say(locale.lang())}" if cell else label
    except UnknownField:
        return ""


def _title(format: Format, section: str) -> str:
    try:
        return format.section(section).title.say(locale.lang())
    except UnknownSection:
        return ""


def _changes(actor: Actor, opened: Opened, told: AlreadyTold) -> Iterator[dict[str, Any]]:
    table, draft = Answer.__table__, opened.open_draft
    rows = db.session.execute(
        db.select(table.c.row_id, table.c.key, table.c.revision, table.c.saved_by, table.c.saved_at)
        .where(table.c.draft_id == draft.id,
               *([table.c.saved_at >= told.since - OVERLAP] if told.since else ()))
        .order_by(table.c.saved_at)
    ).all()  # fmt: skip
    fresh = [row for row in rows if told.revisions.get(_name(row)) != row.revision]
    by = names(actor, (row.saved_by for row in fresh)) if fresh else {}
    for row in fresh:
        told.revisions[_name(row)] = row.revision
        at = locale.show_moment(row.saved_at)
        words = (
            _("You changed this answer in another window at %(time)s.", time=at)
            if row.saved_by == actor.person_id
            else _("%(who)s changed this answer at %(time)s.", who=by[row.saved_by], time=at)
        )
        yield {"name": _name(row), "revision": row.revision, "words": words,
               "mine": row.saved_by == actor.person_id}  # fmt: skip


def _name(row: Any) -> str:
    if row.row_id == NO_ROW:
        return str(row.key)
    table, _sep, cell = row.key.partition(".")
    return f"{table}.{row.row_id}.{cell}"


def _rows(draft_id: str) -> dict[str, list[str]]:
    """The rows of each table that are there, by id and in their order."""
    table = AnswerRow.__table__
    found: dict[str, list[str]] = {}
    for name, row_id, removed_at in db.session.execute(
        db.select(table.c.field, table.c.id, table.c.removed_at)
        .where(table.c.draft_id == draft_id)
        .order_by(table.c.field, table.c.position, table.c.id)
    ):
        living = found.setdefault(name, [])
        if removed_at is None:
            living.append(row_id)
    return found
