"""Which pages file what arrived outside Enlace, and let its country answer for it?"""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.calls import queries as calls
from app.calls.answered import list_answers
from app.calls.fields import DayField, WordsField
from app.calls.models import Call
from app.db.errors import Missing
from app.formats.completeness import missing, problems
from app.formats.projection import Viewer, project
from app.intake import exports
from app.intake.answers import document_of, written
from app.intake.filing import links, queries, words
from app.intake.filing.actions import NOT_YET, Original, fingerprint
from app.intake.filing.uploads import choose_again, uploaded
from app.intake.mounting import Mount
from app.intake.opened import Opened
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted, typed_text
from app.web.guard import current_actor
from app.web.identity import begin_writing
from app.web.input_names import name_inputs
from app.web.page import done, page
from app.web.plain_forms import PlainForm
from app.workflow.machine import NotNow

LINE, TEXT = 200, 4000
name_inputs({
    "office": _l("Office that sent it"), "sender": _l("Who signed it"),
    "number": _l("Its number, if it has one"), "received_on": _l("Received on"),
})  # fmt: skip


class OriginalForm(PlainForm):
    """What arrived, from whom and when, and in which call it is filed."""

    call = WordsField(missing=_l("Choose the call."))
    country = WordsField(missing=_l("Choose the country."))
    channel = WordsField(missing=_l("Choose how it arrived."))
    received_on = DayField(missing=_l("Write the day."))
    office = WordsField(missing=_l("Write the office that sent it."))
    sender = WordsField(missing=_l("Write who signed it, or who called."))
    number = WordsField()
    note = WordsField(lines=True)

    @property
    def too_long(self) -> dict[str, str]:
        """The places where more was typed than is kept."""
        most = {"office": LINE, "sender": LINE, "number": LINE, "note": TEXT}
        return {name: _("This is too long: at most %(most)s characters.", most=limit)
                for name, limit in most.items() if len(self[name].data or "") > limit}  # fmt: skip


def filings(mount: Mount) -> Response:
    """GET /…/filings: what arrived by letter, e-mail or telephone, and how each stands."""
    found = queries.list_filings(current_actor(), request.args.get("after", ""))
    return page("intake/filings.html", mount=mount, listed=found, words=words)


def new_filing(mount: Mount) -> Response:
    """GET, POST /…/filings/new: file an original, and begin the draft for its country."""
    form, errors = OriginalForm(), {}
    offered = calls.open_for(current_actor())
    call = next((each for each in offered if each.id == request.values.get("call")), None)
    call = call or (offered[0] if offered else None)
    if is_submitted():
        errors = {} if form.validate() else form.mistakes
        errors |= form.too_long
        if form.received_on.data and form.received_on.data > locale.today():
            errors.setdefault("received_on", _(NOT_YET))
        if call is None:
            errors.setdefault("call", _("Choose the call."))
        if not errors:
            try:
                return _file(mount, call, form)
            except Refusal as refusal:
                errors = {refusal.field or "": refusal.say()}
    return page(
        "intake/filing_new.html", status=422 if errors else 200, mount=mount,
        errors=choose_again("original", errors),
        typed=request.values, work_form=True, calls=[(c.id, c.title(locale.lang())) for c in offered],
        call=call, countries=_invited(call) if call else [],
        channels=[(key, words.channel(key)) for key in words.CHANNELS],
    )  # fmt: skip


def _file(mount: Mount, call: Call | None, form: OriginalForm) -> Response:
    original = uploaded("original")
    begin_writing()
    made = mount.verbs.file(current_actor(), call, form.country.data, Original(
        channel=form.channel.data, received_on=form.received_on.data, office=form.office.data,
        sender=form.sender.data, number=form.number.data, note=form.note.data,
        file=original,
    ))  # fmt: skip
    first = mount.format.sections[0].key
    return done(mount.list_url("section", **{mount.id_name: made.id, "section": first}),
                _("It was filed, and the focal point is told by mail. Now write the draft."))  # fmt: skip


def _invited(call: Call) -> list[tuple[str, str]]:
    named = [(each.organisation.id, each.organisation.name(locale.lang()))
             for each in list_answers(current_actor(), call)]  # fmt: skip
    return sorted(named, key=lambda each: each[1].casefold())


def filing(mount: Mount, opened: Opened) -> Response:
    """GET /…/<id>/filing: how it came in, its original, and what the country says of it."""
    found = queries.filing_of(opened)
    if found is None:
        raise Missing("filing")
    return page("intake/filing.html", mount=mount, opened=opened, filing=found, words=words,
                asked=_asked(opened))  # fmt: skip


def _asked(opened: Opened) -> dict[str, Any]:
    """For the Secretariat, while the country has not answered: whether and how it can be asked."""
    if not (current_actor().is_secretariat and opened.on_behalf):
        return {}
    document = document_of(opened.format, written(opened.open_draft))
    is_complete = not missing(opened.format, document) and not problems(opened.format, document)
    return {"is_complete": is_complete, "link": links.open_link(opened.dossier)}


def taking_over(mount: Mount, opened: Opened) -> Response:
    """POST /…/<id>/filing/taking-over: the country writes on by itself."""
    mount.verbs.take_over(current_actor(), opened)
    return done(mount.url(opened, "show"),
                _("The draft is now your delegation's alone."))  # fmt: skip


def refusal(mount: Mount, opened: Opened) -> Response:
    """GET, POST /…/<id>/filing/refusal: the country says that it is not its own."""
    _refuse_unless_waiting(opened)
    error = None
    if is_submitted():
        reason, error = given_reason()
        if error is None:
            mount.verbs.refuse_filing(current_actor(), opened, reason=reason)
            return done(mount.list_url("index"),
                        _("It was refused. It counts nowhere, and the Secretariat is told."))  # fmt: skip
    return page("intake/filing_refusal.html", mount=mount, opened=opened, error=error,
                work_form=True, reason=request.form.get("reason", ""),
                status=422 if error else 200)  # fmt: skip


def given_reason() -> tuple[str, str | None]:
    """Why it is not the country's own, as typed, and what is wrong with it."""
    reason = typed_text("reason")
    if not reason:
        return reason, _("Say why in a sentence.")
    if len(reason) > TEXT:
        return reason, _("This is too long: at most %(most)s characters.", most=TEXT)
    return reason, None


def signed_reply(mount: Mount, opened: Opened) -> Response:
    """GET, POST /…/<id>/filing/reply: the Secretariat files the reply that the country signed."""
    _refuse_unless_waiting(opened)
    errors: dict[str, str] = {}
    if is_submitted():
        try:
            reply = uploaded("reply")
            begin_writing()
            opened = mount.load_to_write(current_actor(), opened.id)
            version = mount.verbs.confirm_by_reply(
                current_actor(), opened, name=typed_text("sender", lines=False),
                reply=reply, lang=request.form.get("lang", ""), shown_hash=request.form.get("shown", ""),
            )  # fmt: skip
            return done(mount.url(opened, "receipt", number=version.number),
                        _("Submitted on the signed reply. This is the receipt."))  # fmt: skip
        except Refusal as refused:
            errors = {refused.field or "": refused.say()}
    document = document_of(opened.format, written(opened.open_draft))
    return page(
        "intake/filing_reply.html", mount=mount, opened=opened,
        errors=choose_again("reply", errors), typed=request.form,
        work_form=True, status=422 if errors else 200, table_of=exports.table_of,
        shown_hash=fingerprint(document), missing=missing(opened.format, document),
        shown=project(opened.format, document, Viewer("secretariat")),
    )  # fmt: skip


def _refuse_unless_waiting(opened: Opened) -> None:
    if not opened.dossier.on_behalf:
        raise NotNow("filing", opened.state, "answer")
