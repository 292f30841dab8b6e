"""Which pages lead a form out as a spreadsheet and the filled one back in?"""

from __future__ import annotations

from flask import Response, request
from flask_babel import gettext as _

from app.calls import queries as calls
from app.calls.models import Call
from app.documents.bulk import sheet as plain_sheet
from app.documents.model import Column
from app.formats.spec import Format
from app.formats.words import N_
from app.intake import published
from app.intake.answers import document_of, written_of_many
from app.intake.sheets import actions, jobs, layout, queries
from app.intake.sheets.layout import Mark
from app.intake.sheets.models import SheetUpload
from app.intake.sheets.mounting import SheetMount
from app.intake.sheets.shown import Standing, standing
from app.intake.sheets.writing import Entry, workbook
from app.jobs.binding import jobs_of_app
from app.jobs.wake import ask_soon
from app.web import locale
from app.web.downloads import download
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor
from app.web.identity import begin_writing
from app.web.page import done, finish_reading, page

WORK = "work-on-sheet"
ANOTHER_KIND = N_("This record follows another form.")


def sheets(mount: SheetMount) -> Response:
    """GET, POST /…/from-spreadsheet: the three steps; a filled workbook is taken in."""
    if not is_submitted():
        return _steps_page(mount)
    file = request.files.get("file")
    try:
        stored = actions.keep(file)
    except Refusal as refusal:
        response = _steps_page(mount, {"file": refusal.say()}, refusal.status)
    else:
        begin_writing()
        upload = actions.receive(current_actor(), mount, stored)
        response = done(mount.url("sheet", upload_id=upload.id))
        _ask_for_work(response, upload.id)
    if file is not None:
        response.call_on_close(file.close)  # the request's key is still made of its content
    return response


def _steps_page(
    mount: SheetMount, errors: dict[str, str] | None = None, status: int = 200
) -> Response:
    actor = current_actor()
    return page(
        "intake/sheets.html", status=status, mount=mount, errors=errors or {},
        calls=calls.open_for(actor), latest=queries.latest(actor, mount.format_name),
        kept_days=jobs.KEPT.days, most=layout.MOST_RECORDS, words_of=words_of,
    )  # fmt: skip


def words_of(state: str) -> str:
    """The state of an upload in words."""
    return {
        "waiting": _("being checked"), "checked": _("checked, waits for you"),
        "refused": _("not accepted"), "importing": _("drafts are being made"),
        "imported": _("brought in"), "failed": _("could not be read"),
    }.get(state, state)  # fmt: skip


def _ask_for_work(response: Response, upload_id: str) -> None:
    """Tell the queue once the answer is out, and so what it speaks of is committed."""
    jobs = jobs_of_app()
    response.call_on_close(lambda: ask_soon(jobs, WORK, upload_id=upload_id))


def form_file(mount: SheetMount, call: Call) -> Response:
    """GET /…/from-spreadsheet/<call>/form.xlsx: the form to fill in."""
    return _workbook(mount, call, [], _("form"))


def drafts_file(mount: SheetMount, call: Call) -> Response:
    """GET /…/from-spreadsheet/<call>/drafts.xlsx: one's own drafts in the same shape."""
    actor = current_actor()
    form = published.get(call.format_name, call.format_version)
    drafts = queries.open_drafts(actor, call.id, form.name, form.version)
    found = written_of_many([draft.id for _dossier, draft in drafts])
    entries = [Entry(dossier.reference, document_of(form, found[draft.id]))
               for dossier, draft in drafts]  # fmt: skip
    return _workbook(mount, call, entries, _("drafts"))


def _workbook(mount: SheetMount, call: Call, entries: list[Entry], name: str) -> Response:
    actor = current_actor()
    calls.refuse_unless_open(actor, call)
    if call.format_name != mount.format_name:
        raise Refusal(ANOTHER_KIND, status=404)
    form: Format = published.get(call.format_name, call.format_version)
    title, code = call.title(locale.lang()), call.code
    mark = Mark(form.name, form.version, call.id)
    finish_reading()
    body = workbook(form, mark, locale.lang(), title=form.title.say(locale.lang()), call=title,
                    plural=_(mount.plural), entries=entries)  # fmt: skip
    return download(body, f"{_(mount.plural)} {code} {name}.xlsx")


def upload_page(mount: SheetMount, upload: SheetUpload) -> Response:
    """GET, POST /…/from-spreadsheet/<upload>: how it stands; drafts are made, or it is discarded, when somebody says so."""
    error = ""
    if is_submitted():
        if request.form.get("discard") == "yes":
            actions.discard(current_actor(), mount, upload)
            return done(mount.url("sheets"), _("The workbook was discarded."))
        try:
            return _bring_in(mount, upload)
        except Refusal as refusal:
            error = refusal.say()
    return _upload_page(mount, upload, error)


def progress(mount: SheetMount, upload: SheetUpload) -> Response:
    """GET /…/from-spreadsheet/<upload>/progress: the same, asked by an open page by itself."""
    return _upload_page(mount, upload)


def _upload_page(mount: SheetMount, upload: SheetUpload, error: str = "") -> Response:
    shown = _standing(upload)
    return page(
        "intake/sheet.html", block="standing", status=422 if error else 200, mount=mount,
        shown=shown, error=error, words_of=words_of,
    )  # fmt: skip


def _bring_in(mount: SheetMount, upload: SheetUpload) -> Response:
    leaves_out = request.form.get("leave_out") == "yes"
    is_first = actions.bring_in(current_actor(), mount, upload, leaves_out=leaves_out)
    here = mount.url("sheet", upload_id=upload.id)
    response = done(
        here, None if is_first else _("This was decided already; nothing is made twice.")
    )
    if is_first:
        _ask_for_work(response, upload.id)
    return response


def _standing(upload: SheetUpload) -> Standing:
    version = (upload.findings or {}).get("version")
    form = published.get(upload.format_name, version) if version else None
    return standing(upload, form, request.args.get("page", ""), locale.lang())


def problems_file(mount: SheetMount, upload: SheetUpload) -> Response:
    """GET /…/from-spreadsheet/<upload>/problems.xlsx: every problem with its place, to work through."""
    if not (upload.findings or {}).get("problems"):
        raise queries.Missing(upload.id)
    version = (upload.findings or {})["version"]
    form = published.get(upload.format_name, version)
    shown = standing(upload, form, "all", locale.lang())
    finish_reading()
    columns = tuple(
        Column(key=key, header=header, kind="text", width=width)
        for key, header, width in (
            ("sheet", _("Sheet"), 24), ("cell", _("Cell"), 8), ("column", _("Column"), 32),
            ("found", _("What stands there"), 32), ("theirs", _("In Enlace"), 32),
            ("reason", _("Reason"), 60),
        )
    )  # fmt: skip
    rows = [
        (each.sheet, each.cell, each.column, each.clash.mine if each.clash else each.found,
         each.clash.theirs if each.clash else "", each.reason)
        for each in shown.problems
    ]  # fmt: skip
    title = _("Problems")
    return download(plain_sheet(columns, rows, title=title), f"{title}.xlsx")
