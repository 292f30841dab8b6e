"""How does an officer look over what each unit will get, certify and release?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.cases.exchanges import addressing, against, days, previewing, queries, releasing
from app.cases.exchanges.addressing import Sending
from app.cases.exchanges.opened import OpenedCase
from app.cases.exchanges.releasing import Hindered
from app.cases.exchanges.standing import standing
from app.cases.exchanges.words import why_left_out
from app.formats.dates import NotADate, read_date
from app.intake.actions import Incomplete
from app.intake.enclosed import showing
from app.intake.filing.actions import fingerprint
from app.intake.mounting import Mount
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor
from app.web.page import done, page
from app.web.transaction import start_over
from app.workflow.tables import EXCHANGE


def certification(mount: Mount, case: OpenedCase) -> Response:
    """GET, POST /cases/<id>/certification: what each unit gets; certify what is written and release it."""
    EXCHANGE.after(case.exchange.state, "release")
    said = previewing.document(case)
    if case.draft is not None and not _is_read(said):
        return done(url_for("cases.check", case_id=case.id),
                    _("Read the answers as they stand now, and certify from there."), "warn")  # fmt: skip
    if not is_submitted():
        return _page(case, said)
    sendings, mistakes = _sendings(case, said)
    if not mistakes:
        try:
            _release(case, sendings, hides="hides" in request.form)
        except (Incomplete, Hindered):
            pass  # what stands against it is told below, all at once
        except Refusal as refusal:
            mistakes = {refusal.field or "": refusal.say()}
        else:
            return done(
                url_for("cases.show", case_id=case.id),
                _("Released. Each unit gets what it may know, and gives its receipt."),
            )
    return _again(mount, case, mistakes)


def _is_read(said: Mapping[str, Any]) -> bool:
    """Whether the answers are those that were on the page from which somebody came to certify."""
    return request.values.get("shown") == fingerprint(said)


def _release(case: OpenedCase, sendings: dict[str, Sending], *, hides: bool) -> None:
    actor = current_actor()
    if case.draft is None:
        releasing.release_again(actor, case, sendings=sendings, hides=hides)
        return
    releasing.certify_and_release(actor, case, lang=locale.lang(), sendings=sendings, hides=hides)


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


def _again(mount: Mount, case: OpenedCase, mistakes: Mapping[str, str]) -> Response:
    """The page after a refusal, as everything stood before it, with all that stands against a release."""
    start_over()
    stood = queries.get(current_actor(), case.id)
    said = previewing.document(stood)
    wrong, found = releasing.stands_against(current_actor(), stood, locale.lang())
    told = [*against.faults(mount, stood, wrong, said), *against.obstacles(mount, stood, found)]
    return _page(stood, said, mistakes, told)


def _page(
    case: OpenedCase, said: dict[str, Any], mistakes: Mapping[str, str] | None = None,
    told: Sequence[against.Told] = (),
) -> Response:  # fmt: skip
    preview, mistakes = previewing.preview(case, said), mistakes or {}
    return page(
        "cases/release.html", status=422 if mistakes or told else 200, case=case, preview=preview, against=told,
        shown=request.values.get("shown", ""), mistakes=mistakes, errors=list(mistakes.items()), typed=request.form, format_standing=standing(),
        usual=_usual(case), place_words=lambda place: _label(case, place), why=why_left_out,
        secret_words=_secret_words(case, preview), those=lambda words, keys: {
            key: words[key] for key in words if key in keys
        },
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
