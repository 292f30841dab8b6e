"""Which addresses do pages ask by themselves while several people write in one draft?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response, jsonify, redirect, request
from werkzeug.exceptions import BadRequest

from app.db.errors import Missing
from app.formats.bound import bound
from app.formats.spec import Field, Section
from app.intake import presence
from app.intake.answers import document_of, written
from app.intake.drawing import DrawnDerived, Easel, draw_one, draw_table
from app.intake.following import figures
from app.intake.models import NO_ROW
from app.intake.mounting import Mount
from app.intake.news import AlreadyTold, news
from app.intake.opened import Opened
from app.intake.pages import page_of
from app.intake.presence import Where
from app.intake.sealed.showing import sealing_of
from app.intake.views import field_of, row_names
from app.policy.engine import Forbidden, allowed
from app.web import live as streams
from app.web import locale
from app.web.guard import current_actor
from app.web.identity import begin_writing
from app.web.page import finish_reading, fragment
from app.web.streams import marks_topics

marks_topics(presence.marks)


def be_there(mount: Mount, opened: Opened) -> Response:
    """PUT /…/presence: where in the draft the reader is now; sent again every twenty seconds."""
    actor, draft = current_actor(), opened.open_draft
    where = Where(draft.id, draft.organisation_id, _page_of(request.form))
    if request.form.get("left"):
        begin_writing()
        presence.leave(actor, where)
        return Response(status=204)
    section = _section(opened, request.form.get("section", ""))
    place = _place(opened, section, request.form.get("place", ""))
    takes = bool(place and request.form.get("take"))
    me = (actor.person_id, where.page)
    if takes or presence.is_news(presence.everybody(actor, draft.id), me, section.key, place):
        begin_writing()
        presence.be_there(actor, where, section=section.key, place=place, takes=takes)
    return Response(status=204)


def _section(opened: Opened, key: str) -> Section:
    try:
        return page_of(opened, key)
    except Missing:
        raise BadRequest from None


def _place(opened: Opened, section: Section, name: str) -> str:
    """The name of an input of this section, as it was sent; empty for none."""
    if not name:
        return ""
    key, _sep, rest = name.partition(".")
    row, _sep, cell = rest.rpartition(".")
    try:
        asked = field_of(opened, key, cell or None)
    except Missing:
        raise BadRequest from None
    table = opened.format.field(key)
    is_row = not rest or (table.line(row) is not None if table.is_grid else _is_id(row))
    if asked is None or table not in section.fields or not is_row:
        raise BadRequest
    return name


def _page_of(said: Mapping[str, str]) -> str:
    """The name that the page gave itself; empty for one that gave none."""
    page = said.get("page", "")
    if page and not _is_id(page):
        raise BadRequest
    return page


def _is_id(row: str) -> bool:
    return row.isascii() and row.isalnum() and len(row) <= 32


def live(mount: Mount, opened: Opened) -> Response:
    """GET /…/live: what happens in the draft, as it happens. Whoever reads no events is sent to poll."""
    if not streams.wants_events():
        return redirect(mount.url(opened, "changes"), 303)  # type: ignore[return-value]
    record_id, told = opened.id, _told(request.headers.get("Last-Event-ID"))

    def look() -> dict[str, Any] | None:
        return news(current_actor(), _again(mount, record_id), told)

    topic = opened.open_draft.id
    finish_reading()
    return streams.stream(topic, look)


def _again(mount: Mount, record_id: str) -> Opened:
    """The record as its reader may reach it at this moment. Raises what the guard would."""
    actor = current_actor()
    opened = mount.load_to_write(actor, **{mount.id_name: record_id})
    if not allowed(actor, mount.edit, opened):
        raise Forbidden(mount.edit)
    return opened


def changes(mount: Mount, opened: Opened) -> Response:
    """GET /…/changes?since=…: what happened since, for pages that have no stream."""
    found = news(current_actor(), opened, _told())
    return jsonify(found)


def _told(last: str | None = None) -> AlreadyTold:
    """What the page that asks was told already, and of which draft it is."""
    return AlreadyTold(_since(last), _page_of(request.args), request.args.get("draft", ""))


def _since(last: str | None = None) -> datetime | None:
    """From when on the page is told; None where it does not say, and is told everything once."""
    try:
        instant = datetime.fromisoformat(last or request.args.get("since", ""))
    except ValueError:
        return None
    return instant if instant.tzinfo else None


def answer(mount: Mount, opened: Opened, key: str) -> Response:
    """GET /…/answers/<key>: one question as it stands, or a table with all its rows."""
    table = next((f for f in opened.format.fields if f.key == key and f.is_rows), None)
    easel = _easel(mount, opened, opened.format.section_of(table.key) if table else None)
    asked = _bound(mount, opened, table or field_of(opened, key), easel)
    question = draw_table(asked, easel) if table else draw_one(asked, (NO_ROW, key), key, easel)
    return _question(question, figures(opened.format, key, easel.document))


def cell(mount: Mount, opened: Opened, key: str, row: str, cell: str) -> Response:
    """GET /…/answers/<key>/<row>/<cell>: one cell of a row that is there."""
    easel = _easel(mount, opened)
    asked = _bound(mount, opened, field_of(opened, key, cell), easel)
    table = opened.format.field(key)
    is_there = (
        table.line(row) is not None if table.is_grid else row in easel.found.rows.get(key, ())
    )
    if not is_there:
        raise Missing(row)
    question = draw_one(asked, (row, f"{key}.{cell}"), f"{key}.{row}.{cell}", easel)
    return _question(question, figures(opened.format, key, easel.document), "")


def _easel(mount: Mount, opened: Opened, page: Section | None = None) -> Easel:
    found = written(opened.open_draft)
    document = document_of(opened.format, found)
    names = row_names(mount, opened, page, document, found) if page else {}
    sealing = sealing_of(current_actor(), opened.dossier, opened.format, found)
    return Easel(found=found, document=document, names=names, sealing=sealing)


def _bound(mount: Mount, opened: Opened, asked: Field, easel: Easel) -> Field:
    """The question with what may be chosen, where its answer points at rows, units or people."""
    return bound(opened.format, asked, easel.document, mount.lists(opened))


def _question(
    question: Any, figures: tuple[DrawnDerived, ...], hint: str | None = None
) -> Response:
    finish_reading()
    return fragment("intake/saved.html", "question", question=question, figures=figures,
                    lang=locale.lang(), hint=hint)  # fmt: skip
