"""How does an officer look over what each unit will get, certify and release?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.cases.exchanges import addressing, days, previewing, queries, releasing
from app.cases.exchanges.addressing import Sending
from app.cases.exchanges.opened import OpenedCase
from app.cases.exchanges.releasing import Hindered
from app.cases.exchanges.standing import standing
from app.cases.exchanges.words import why_left_out
from app.formats.completeness import Problem
from app.formats.dates import NotADate, read_date
from app.intake.actions import Incomplete
from app.intake.enclosed import showing
from app.intake.filing.actions import fingerprint
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor
from app.web.page import done, page
from app.web.transaction import start_over
from app.workflow.tables import EXCHANGE


def certification(case: OpenedCase) -> Response:
    """GET, POST /cases/<id>/certification: what each unit gets; certify what is written and release it."""
    EXCHANGE.after(case.exchange.state, "release")
    said = previewing.document(case)
    if case.draft is not None and not _is_read(said):
        return done(url_for("cases.check", case_id=case.id),
                    _("Read the answers as they stand now, and certify from there."), "warn")  # fmt: skip
    if not is_submitted():
        return _page(case, said)
    sendings, mistakes = _sendings(case, said)
    if mistakes:
        return _page(case, said, mistakes)
    try:
        _release(case, sendings, hides="hides" in request.form)
    except Incomplete as incomplete:
        return _again(case, _wrong(case, incomplete))
    except Hindered as hindered:
        return _again(case, {each.field: _(each.message, **each.params) for each in hindered.found})
    except Refusal as refusal:
        return _again(case, {refusal.field or "": refusal.say()})
    return done(
        url_for("cases.show", case_id=case.id),
        _("Released. Each unit gets what it may know, and gives its receipt."),
    )


def _is_read(said: Mapping[str, Any]) -> bool:
    """Whether the answers are those that were on the page from which somebody came to certify."""
    return request.values.get("shown") == fingerprint(said)


def _release(case: OpenedCase, sendings: dict[str, Sending], *, hides: bool) -> None:
    actor = current_actor()
    if case.draft is None:
        releasing.release_again(actor, case, sendings=sendings, hides=hides)
        return
    releasing.certify_and_release(actor, case, lang=locale.lang(), sendings=sendings, hides=hides)


def _wrong(case: OpenedCase, incomplete: Incomplete) -> dict[str, str]:
    """What certification alone could see, since it looks at what is sealed: said without any value."""
    found = {}
    for each in incomplete.found:
        place = f"{each.field_key}.{each.cell}" if each.cell else each.field_key
        words = each.message.say(locale.lang()) if isinstance(each, Problem) else _("still missing")
        found[place] = f"{_label(case, place)}: {words}"
    return found or {"": _("Something is still missing, or does not fit together.")}


def _sendings(
    case: OpenedCase, said: Mapping[str, Any]
) -> tuple[dict[str, Sending], dict[str, str]]:
    """What was decided for each unit, and what is wrong with it."""
    found, mistakes = {}, {}
    may_be_released = previewing.secrets(case)
    for unit_id in said.get("recipient_units") or ():
        name, until = f"until.{unit_id}", None
        try:
            text = request.form.get(name, "").strip()
            until = read_date(text, locale.locale()) if text else None
        except NotADate as fault:
            message, params = fault.why(locale.locale())
            mistakes[name] = _(message, **params)
        released = set(request.form.getlist(f"released.{unit_id}")) & may_be_released
        found[unit_id] = Sending(access_until=until, released=frozenset(released))
    return found, mistakes


def _again(case: OpenedCase, mistakes: Mapping[str, str]) -> Response:
    """The page after a refusal, as everything stood before it."""
    start_over()
    stood = queries.get(current_actor(), case.id)
    return _page(stood, previewing.document(stood), mistakes)


def _page(
    case: OpenedCase, said: dict[str, Any], mistakes: Mapping[str, str] = MappingProxyType({})
) -> Response:
    preview = previewing.preview(case, said)
    return page(
        "cases/release.html", status=422 if mistakes else 200, case=case, preview=preview,
        shown=request.values.get("shown", ""), mistakes=mistakes, errors=list(mistakes.items()), typed=request.form, standing=standing(),
        usual=_usual(case), place_words=lambda place: _label(case, place), why=why_left_out,
        secret_words=_secret_words(case, preview),
    )  # fmt: skip


def _usual(case: OpenedCase) -> date:
    """The last day of access where nobody writes another."""
    return days.today() + addressing.ACCESS_LASTS


def _secret_words(case: OpenedCase, preview: previewing.Preview) -> dict[str, str]:
    """What may be released expressly, and what it is called: secret answers, then secret files."""
    words = {place: _label(case, place) for place in preview.secrets}
    for number, file in enumerate(preview.files, start=1):
        words[file.id] = _("File %(number)s of %(question)s", number=number,
                           question=showing.label_of(case.format, file.key))  # fmt: skip
    return words


def _label(case: OpenedCase, place: str) -> str:
    """What a place is called: its question, or the table and its cell."""
    table, _dot, cell = place.partition(".")
    field, words = case.format.field(table), locale.lang()
    label = field.told_as.say(words)
    return f"{label}: {field.cell(cell).told_as.say(words)}" if cell else label
