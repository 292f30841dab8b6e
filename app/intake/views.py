"""Which pages write in a draft? Mounted by every feature whose records are made with a form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from flask import Response, flash, g, get_flashed_messages, request

from app.db.errors import Missing
from app.formats.bound import NONE, Lists
from app.formats.completeness import missing, problems, section_states, told_now, warnings
from app.formats.hidden import is_hidden
from app.formats.kinds import BadAnswer
from app.formats.projection import Viewer, project
from app.formats.spec import Field, Section, UnknownField
from app.formats.words import N_
from app.intake import drafting, pages, queries, sections, telling, typed, vanished
from app.intake.answers import Place, Written, document_of, written
from app.intake.comments.queries import open_by_field
from app.intake.differences import still_asked
from app.intake.drafting import Conflict, RowGone
from app.intake.drawing import Easel, Theirs, draw
from app.intake.enclosed import places as enclosed
from app.intake.exports import table_of
from app.intake.filing.actions import fingerprint
from app.intake.following import following
from app.intake.joining import joined
from app.intake.models import NO_ROW
from app.intake.mounting import Mount, Part
from app.intake.names import who
from app.intake.news import company, initials
from app.intake.opened import Opened, Stored
from app.intake.readiness.views import ready
from app.intake.sealed import untouched
from app.intake.sealed.asking import Asking, opening_of
from app.intake.sealed.showing import sealing_of, sealing_of_record
from app.intake.seen import Seen
from app.intake.seen import read as read_seen
from app.policy.engine import allowed
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import Posted, is_submitted, read_field, read_section, say_mistake
from app.web.guard import current_actor
from app.web.page import done, fragment, page
from app.web.sentences import gettext as _


def section(mount: Mount, opened: Opened, section: str) -> Response:
    """GET, POST /…/sections/<section>: one section of the draft, or a screen."""
    return _write(mount, opened, pages.page_of(opened, section))


def item(mount: Mount, opened: Opened, table: str, row: str) -> Response:
    """GET, POST /…/sections/<table>.<row>: one row of a table whose rows have pages of their own."""
    chosen: Section = pages.item_of(opened, table, row)
    if row not in written(opened.open_draft).rows.get(table, ()):
        if request.method != "POST":
            raise Missing(row)
        chosen = opened.format.section(chosen.key)  # removed meanwhile: it tells what was typed
    return _write(mount, opened, chosen)


def _write(mount: Mount, opened: Opened, chosen: Section) -> Response:
    if is_submitted():
        return save_section(mount, opened, chosen)
    if request.method == "POST":
        return typed_again(mount, opened, chosen)
    return section_page(mount, opened, chosen, Posted())


def typed_again(mount: Mount, opened: Opened, chosen: Section) -> Response:
    """A page that is only drawn again, in another language or much later, with what was typed."""
    posted, found = read_posted(mount, opened, chosen), written(opened.open_draft)
    lost = vanished.take_out(opened, chosen, posted, found)
    posted.errors.clear()
    typed.lay_over(opened, chosen, posted, found)
    return section_page(mount, opened, chosen, posted, found=found, lost=lost)


def read_posted(mount: Mount, opened: Opened, chosen: Section) -> Posted:
    """What was posted for a section, without the sealed answers that were only shown there."""
    posted = read_section(opened.format, chosen)
    for place in [each for each in posted.raw if each[1] in set(enclosed.keys(opened.format))]:
        for kept in (posted.values, posted.raw, posted.errors):
            kept.pop(place, None)  # files are not typed
    if opened.format.is_sensitive:
        untouched.let_go(opened.format, opened.open_draft, posted)
    for place in [each for each, value in posted.values.items() if value not in (None, [])]:
        if why := mount.refuses(opened, place[1]):
            posted.errors[place] = _(why)
            del posted.values[place]
    return posted


def save_section(mount: Mount, opened: Opened, chosen: Section) -> Response:
    """Save everything that was posted for a section, or nothing, and go on."""
    posted, found = read_posted(mount, opened, chosen), written(opened.open_draft)
    lost = vanished.take_out(opened, chosen, posted, found)
    sent = _sent(chosen, posted, found)
    _take_out_sealed(opened, sent, found)
    # A row is added or removed whatever else is wrong: what can be read is saved with it.
    if posted.errors and not {"_add", "_remove"} & request.form.keys():
        typed.lay_over(opened, chosen, posted, found, sent.chosen or {})
        return section_page(mount, opened, chosen, posted, found=found, lost=lost, status=422)
    gone = request.form.get("_remove", "")
    if gone and sections.is_row_newer(sent, found, gone):
        raise Refusal(ROW_NEWER, status=409)
    try:
        conflicts = sections.save(current_actor(), opened, sent, found)
    except RowGone:
        raise Refusal(ROW_GONE, status=409) from None
    if conflicts or vanished.is_news(lost):
        # What was stored before this request: a refused one is rolled back as a whole.
        typed.lay_over(opened, chosen, posted, found, sent.chosen or {})
        return section_page(
            mount, opened, chosen, posted, found=found, conflicts=conflicts, lost=lost, status=409
        )
    moved = _move_row(mount, opened, chosen, found)
    if moved and (left := typed.still_wrong(posted, opened, chosen) or (lost and Posted())):
        title = _("The rows were changed and the other answers saved. Please correct these places")
        return section_page(mount, opened, chosen, left, lost=lost, error_title=title)
    return done(moved) if moved else _go_on(mount, opened, chosen, found)


SEALED_NEWER = N_(
    "A colleague saved something else where you wanted to remove what is sealed. Nothing was removed; "
    "look at it again."
)


def _take_out_sealed(opened: Opened, sent: sections.Sent, found: Written) -> None:
    """Remove what is sealed at one place, where that was pressed: an empty box alone removes nothing."""
    name = request.form.get("_take_out", "")
    place = next((p for p in sent.seen if name and untouched.input_name(p) == name), None)
    if place is None or place[1] not in opened.format.sealed:
        return
    if found.seen(place) != sent.seen[place]:
        raise Refusal(SEALED_NEWER, status=409)
    for kept in (sent.posted.raw, sent.posted.errors):
        kept.pop(place, None)
    sent.posted.values[place] = None


ROW_GONE = N_(
    "A colleague removed the row you were writing in. Your text is kept below; nothing was saved."
)


ROW_NEWER = N_(
    "A colleague wrote in the row you wanted to remove. Nothing was removed; look at it again."
)


def _sent(chosen: Section, posted: Posted, found: Written) -> sections.Sent:
    seen, conflicted, choices = {}, set(), {}
    name, _sep, choice = request.form.get("_resolve", "").rpartition(":")
    for place, asked, input_name in sections.places(chosen, found):
        seen[place] = typed.seen_at(input_name)
        if f"_conflict.{input_name}" not in request.form:
            continue
        conflicted.add(place)
        if name != input_name:
            continue
        if choice == sections.BOTH and may_join(asked) and place in posted.values:
            _join(posted, place, asked, found)
            choice = sections.MINE
        if choice == sections.THEIRS:
            posted.errors.pop(place, None)  # what was wrong with mine matters no more
        if choice in (sections.MINE, sections.THEIRS):
            choices[place] = choice
    return sections.Sent(posted, seen, frozenset(conflicted), choices)


def may_join(asked: Field) -> bool:
    """Whether two people's texts fit into one answer, which nobody opens to join them."""
    return asked.kind.name == "long_text" and not asked.klass.is_sealed


def _join(posted: Posted, place: Place, asked: Field, found: Written) -> None:
    """Join the stored text and the posted one, as if it had been typed so."""
    theirs, mine = found.value(place[1], place[0]) or "", posted.values.pop(place) or ""
    posted.raw[place] = [joined(theirs, mine)]
    try:
        posted.values[place] = asked.kind.load(posted.raw[place], asked, locale.locale())
    except BadAnswer as mistake:
        posted.errors[place] = say_mistake(mistake)


REMOVED = "row-removed"
"""What is flashed under this name is the table of which a row was removed."""


def _move_row(mount: Mount, opened: Opened, chosen: Section, before: Written) -> str:
    """Add or remove the row that was asked for, or go to the files of a question; where to go on, "" for none
    asked."""
    actor, here = current_actor(), request.script_root + request.path
    if name := request.form.get("_files"):
        enclosed.spot(opened, name, before)
        return mount.url(opened, "files_at", place=name)
    if table := request.form.get("_add"):
        asked = _table(opened, chosen, table)
        row = drafting.add_row(actor, opened.dossier, opened.open_draft, asked)
        if opened.format.field(table).has_pages:
            return mount.url(opened, "item", table=table, row=row)
        first = next(cell for cell in asked.cells if cell.is_asked)
        return f"{here}#{table}.{row}.{first.key}"
    if gone := request.form.get("_remove"):
        for asked in chosen.fields:
            if asked.is_rows and not asked.is_grid:
                drafting.remove_row(actor, opened.dossier, opened.open_draft, asked, gone)
                if gone in before.rows.get(asked.key, ()):
                    flash(asked.key, REMOVED)
                    here = mount.url(opened, "section", section=chosen.key)
                    here += f"#removed-{asked.key}"
        return here
    return ""


def _go_on(mount: Mount, opened: Opened, chosen: Section, before: Written) -> Response:
    here = pages.address(mount, opened, chosen)
    if request.form.get("_stay") or {"_resolve", "_take_out"} & request.form.keys():
        return done(here, _("Saved."))
    now = written(opened.open_draft)
    if telling.contradicts_anew(opened.format, chosen, before, now):
        return done(here, _("Saved. But some answers do not go together: please look at them."))
    if isinstance(chosen, pages.Item):
        return done(mount.url(opened, "section", section=chosen.key) + f"#{chosen.table.key}")
    document = document_of(opened.format, now)
    _before, following = pages.around(opened.format, chosen, document, now)
    is_enough = pages.is_enough(opened.format, chosen, document)
    if following is None or (is_enough and not request.form.get("_more")):
        return done(mount.url(opened, "check"))
    return done(mount.url(opened, "section", section=following.key))


def _table(opened: Opened, chosen: Section, key: str) -> Field:
    asked = next((f for f in chosen.fields if f.key == key and f.is_rows and not f.is_grid), None)
    if asked is None:
        raise Missing(key)
    drafting.refuse_full(opened.open_draft, asked)
    return asked


def section_page(
    mount: Mount, opened: Opened, chosen: Section, posted: Posted, *,
    found: Written | None = None, conflicts: dict[Place, Stored] | None = None, status: int = 200,
    lost: vanished.Lost | None = None, error_title: str = "", asking: Asking | None = None,
) -> Response:  # fmt: skip
    """The page of a section, with what was typed, what is wrong and what others wrote.

    `found` may hold answers that were opened for this response, and for this one alone.
    """
    found = found or written(opened.open_draft)
    sealing = sealing_of(current_actor(), opened.dossier, opened.format, found)
    document = document_of(opened.format, found)
    reasons = queries.reasons(opened)
    wrong = problems(opened.format, document)
    made = told_now(opened.format, document, wrong) if request.method == "GET" else ()
    easel = Easel(
        found=pages.narrowed(chosen, found), document=document, posted=posted, problems=made,
        conflicts={place: _theirs(opened, place, stored, posted)
                   for place, stored in (conflicts or {}).items()},
        lost=lost or {}, sealing=sealing,
        removed={str(table): _history_url(mount, opened, str(table))
                 for table in get_flashed_messages(category_filter=[REMOVED])},
        names=row_names(mount, opened, chosen, document, found),
        same=lambda place, stored: untouched.token(
            opened.open_draft, opened.format, place, stored.revision, stored.value
        ),
    )  # fmt: skip
    previous, next_page = pages.around(opened.format, chosen, document, found)
    errors = telling.mistakes(chosen, found, posted)
    stood = section_states(opened.format, document, wrong)
    return page(
        "intake/item.html" if isinstance(chosen, pages.Item) else "intake/section.html",
        status=status, mount=mount, opened=opened, section=chosen, document=document,
        record_name=record_name(opened, document), here_url=pages.address(mount, opened, chosen),
        questions=draw(pages.bound_page(opened.format, chosen, document, mount.lists(opened)), easel),
        errors=errors, error_title=error_title,
        contradictions=telling.contradictions(chosen, easel.found, made), names=easel.names,
        page_url=partial(pages.address, mount, opened),
        chain=chain(mount, opened, document, stood, still_asked(opened, document, reasons), chosen.key),
        reasons=reasons, work_form=True,
        comments=_comments(mount, opened, chosen),
        previous=previous, following=next_page,
        company=company(current_actor(), opened), sealing=sealing,
        opening=opening_of(mount, opened, chosen, found, sealing, asking), has_conflicts=bool(conflicts), has_vanished=vanished.is_news(lost or {}), is_first=pages.is_enough(opened.format, chosen, document),
    )  # fmt: skip


def row_names(
    mount: Mount, opened: Opened, page: Section, document: dict[str, Any], found: Written
) -> dict[str, dict[str, str]]:
    """What the rows are called that have pages of their own, by table of this page."""
    return {
        each.key: pages.names(opened.format, each, document, found, mount.lists(opened))
        for each in page.fields
        if opened.format.field(each.key).has_pages
    }


def record_name(opened: Opened, document: Mapping[str, Any]) -> str:
    """What a draft is called on its pages: by its title, or where its form has none by its reference."""
    if not opened.format.title_field:
        return opened.dossier.reference
    return document.get(opened.format.title_field) or _("Without a title yet")


def _comments(mount: Mount, opened: Opened, page: Section) -> dict[str, int] | None:
    """How many conversations are open by question; None where a record has none at all."""
    if Part.COMMENTS not in mount.parts:
        return None
    return open_by_field(current_actor(), opened, page.key)


def _history_url(mount: Mount, opened: Opened, table: str) -> str:
    """Where a removed row of a table can be brought back; "" for who may not read the history."""
    may_read = mount.history is not None and allowed(current_actor(), mount.history, opened)
    return mount.url(opened, "history", question=table) if may_read else ""


class Link(NamedTuple):
    """A section of a draft, or the check at the end, as the page leads to it."""

    label: str
    url: str
    state: str
    """How far it is: empty, started or complete; where a change was asked for, returned or mended."""
    current: bool


def chain(
    mount: Mount, opened: Opened, document: Mapping[str, Any], stood: dict[str, str],
    asked: Mapping[str, bool], current: str,
) -> list[Link]:  # fmt: skip
    """The pages of a draft with where each stands, and the check at the end."""
    lang, returned = locale.lang(), {True: "returned", False: "mended"}
    links = [
        Link(each.title.say(lang), mount.url(opened, "section", section=each.key),
             returned[asked[each.key]] if each.key in asked else stood[each.key],
             each.key == current)
        for each in pages.pages(opened.format, document)
    ]  # fmt: skip
    last = Link(_("Check and certify"), mount.url(opened, "check"), "empty", current == "check")
    return [*links, last]


def _theirs(opened: Opened, place: Place, stored: Stored, posted: Posted) -> Theirs:
    _row, key = place
    asked = field_of(opened, *key.split(".", 1))
    mine, is_sealed = posted.values.get(place), is_hidden(stored.value)
    lang, loc = locale.lang(), locale.locale()
    return Theirs(
        who=who(current_actor(), stored.saved_by), at=locale.show_moment(stored.saved_at),
        raw=asked.kind.dump(stored.value, asked, loc),
        text="" if is_sealed else asked.kind.show(stored.value, asked, lang, loc),
        mine="" if is_sealed else asked.kind.show(mine, asked, lang, loc),
        is_sealed=is_sealed,
        seen=str(Seen(opened.open_draft.id, stored.revision)),
        joined=joined(stored.value or "", mine or "") if stored.value and may_join(asked) else None,
        is_own=bool(stored.revision) and stored.saved_by == current_actor().person_id,
        is_unwritten=not stored.revision,
    )  # fmt: skip


def field_of(opened: Opened, key: str, cell: str | None = None) -> Field:
    """A field that a person can answer, or a cell of one. Raises Missing."""
    try:
        asked = opened.format.field(key)
        asked = asked.cell(cell) if cell is not None else asked
    except UnknownField:
        raise Missing(key) from None
    if not asked.is_asked or asked.is_rows or asked.kind.name == sections.FILES:
        raise Missing(key)
    return asked


def save_answer(mount: Mount, opened: Opened, key: str) -> Response:
    """PUT /…/answers/<key>: one answer, saved while it is written."""
    return _save_one(mount, opened, (NO_ROW, key), key, field_of(opened, key))


def save_cell(mount: Mount, opened: Opened, key: str, row: str, cell: str) -> Response:
    """PUT /…/answers/<key>/<row>/<cell>: one cell of a table, saved while it is written."""
    asked = field_of(opened, key, cell)
    table = opened.format.field(key)
    if table.is_grid and table.line(row) is None:
        raise Missing(row)
    return _save_one(mount, opened, (row, f"{key}.{cell}"), f"{key}.{row}.{cell}", asked)


def _save_one(mount: Mount, opened: Opened, place: Place, name: str, asked: Field) -> Response:
    value, _raw, error = read_field(asked, name)
    if value not in (None, []) and (why := mount.refuses(opened, place[1])):
        error = _(why)
    if error:
        return fragment("intake/saved.html", "refused", status=422, name=name, message=error)
    draft, seen = opened.open_draft, read_seen(request.form.get(f"_revision.{name}", ""))
    if asked.klass.is_sealed and (value is None or _is_untouched(opened, place, name, value)):
        return _as_it_stands(opened, place, name)
    if seen is None:
        raise Refusal(
            N_("This page is too old to save from. Open it again; your text is kept here."),
            status=428,
        )  # fmt: skip
    try:
        saved = drafting.save_answer(
            current_actor(), opened.dossier, draft, opened.format, key=place[1], row=place[0],
            value=value, revision=seen.within(draft.id),
        )  # fmt: skip
    except Conflict as conflict:
        return _conflict_fragment(opened, place, name, conflict, value)
    except RowGone:
        raise Refusal(ROW_GONE, status=409) from None
    return fragment("intake/saved.html", "saved", name=name,
                    seen=Seen(draft.id, saved.revision), at=locale.show_moment(saved.saved_at),
                    following=following(opened.format, draft, place),
                    **_sealed_mark(opened, place, asked, value, saved.revision))  # fmt: skip


def _is_untouched(opened: Opened, place: Place, name: str, value: Any) -> bool:
    sent = request.form.get(untouched.NAME + name, "")
    return bool(sent) and untouched.is_untouched(
        opened.open_draft, opened.format, place, value, sent
    )


def _sealed_mark(
    opened: Opened, place: Place, asked: Field, value: Any, revision: int
) -> dict[str, Any]:
    if not asked.klass.is_sealed:
        return {}
    return {"sealed_by": initials(current_actor().name),
            "same": untouched.token(opened.open_draft, opened.format, place, revision, value)}  # fmt: skip


def _as_it_stands(opened: Opened, place: Place, name: str) -> Response:
    """The mark of a sealed answer over which nothing was written."""
    draft = opened.open_draft
    stored = drafting.stored_at(draft, place)
    is_there = stored.sealed is not None
    return fragment(
        "intake/saved.html", "saved", name=name, seen=Seen(draft.id, stored.revision),
        at=locale.show_moment(stored.saved_at) if is_there else None,
        following=following(opened.format, draft, place),
        sealed_by=initials(who(current_actor(), stored.saved_by)) if is_there else "",
    )  # fmt: skip


def _conflict_fragment(
    opened: Opened, place: Place, name: str, conflict: Conflict, value: Any
) -> Response:
    theirs = _theirs(opened, place, conflict.theirs, Posted(values={place: value}))
    return fragment("intake/saved.html", "conflict", status=409, name=name, theirs=theirs)


def check(mount: Mount, opened: Opened) -> Response:
    """GET /…/check: everything that was answered, what is missing, and the way on."""
    document, reasons = (
        document_of(opened.format, written(opened.open_draft)),
        queries.reasons(opened),
    )
    wrong = problems(opened.format, document)
    stood = section_states(opened.format, document, wrong)
    asked = still_asked(opened, document, reasons)
    return page(
        "intake/check.html", mount=mount, table_of=table_of, opened=opened, document=document,
        reasons=reasons, asked=asked, chain=chain(mount, opened, document, stood, asked, "check"),
        record_name=record_name(opened, document), place_url=partial(pages.place_url, mount, opened),
        missing=missing(opened.format, document, mount.reserved(opened, document)), problems=wrong,
        sealing=sealing_of_record(opened.dossier, opened.format),
        warnings=warnings(opened.format, document), lists=mount.lists(opened),
        against=mount.against(mount, opened, document), shown=own_view(opened, document, mount.lists(opened)), shown_hash=fingerprint(document), ready=ready(opened),
    )  # fmt: skip


def own_view(opened: Opened, document: dict[str, Any], lists: Lists = NONE) -> Any:
    """The whole record as its own delegation, or the Secretariat, sees it."""
    return project(
        opened.format, document, Viewer("secretariat" if g.actor.is_secretariat else "own"), lists
    )
