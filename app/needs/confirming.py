"""How does a focal point confirm, by the link of a message, what the Secretariat drafted?

Whoever holds the link acts as the person it was sent to, for that one record, whoever is signed in in
the same browser. A link that never was, was used, revoked or has expired gives one and the same page.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import Response, current_app, g, request, session, url_for
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict

from app.accounts import throttle
from app.db.errors import Missing
from app.formats.projection import Viewer, project
from app.intake import exports
from app.intake.actions import Incomplete
from app.intake.filing import links, words
from app.intake.filing.actions import fingerprint
from app.intake.filing.links import Holder
from app.intake.filing.views import given_reason
from app.needs import actions, choosing, filing, queries
from app.needs.opened import OpenedNeed
from app.needs.preview import Choices
from app.web import identity, transaction
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.page import done, page

ATTEMPT = "confirmation"
SAID_FOR = 3600
"""Seconds for which the page after the answer can be opened again; the receipt itself is in Enlace."""
Held = tuple[Holder, OpenedNeed]


def confirmation(token: str) -> Response:
    """GET, POST /needs/confirmations/<secret>: what would be certified, who may see what; certify."""
    try:
        holder, need = _held(token, writing=is_submitted())
        if is_submitted():
            return _certify(token, holder, need)
    except Missing:
        return _ended(token)
    typed = request.form if request.method == "POST" else request.args
    if "preview_hash" in typed:
        return _preview_page(token, need, choosing.chosen_in(typed), typed)
    return _choices_page(token, need, typed)


def confirmation_preview(token: str) -> Response:
    """GET /needs/confirmations/<secret>/preview: exactly what a sponsor would read."""
    try:
        _holder, need = _held(token, writing=False)
    except Missing:
        return _ended(token)
    choices = choosing.chosen_in(request.args)
    errors: dict[str, Any] = choosing.undecided(choices)
    answers = choosing.answers_of(need)
    if errors or not choosing.is_ready(need, answers):
        return _choices_page(token, need, request.args, errors=errors, status=422)
    try:
        actions.refuse_unseen(fingerprint(answers), request.args.get("shown", ""))
    except Refusal as refusal:
        return _refused(token, need, request.args, refusal)
    return _preview_page(token, need, choices, MultiDict({"shown": request.args["shown"]}))


def confirmation_refusal(token: str) -> Response:
    """GET, POST /needs/confirmations/<secret>/refusal: the country says that it is not its own."""
    error = None
    try:
        holder, need = _held(token, writing=is_submitted())
        if is_submitted():
            reason, error = given_reason()
            if error is None:
                filing.refuse_by_link(holder, need, reason=reason)
                return _answered(holder, {"refused": need.dossier.reference})
    except Missing:
        return _ended(token)
    return page(
        "intake/filing_refusal.html", status=422 if error else 200, opened=need, error=error,
        work_form=True, reason=request.form.get("reason", ""), is_by_link=True,
        action_url=url_for("needs.confirmation_refusal", token=token),
        back_to=url_for("needs.confirmation", token=token),
    )  # fmt: skip


def confirmed(token: str) -> Response:
    """GET /needs/confirmations/answers/<signed>: that the answer was taken, and its receipt's number."""
    g.actor = None
    try:
        answer = _signer().loads(token, max_age=SAID_FOR)
    except BadData:
        return _ended()
    _read_as(answer["lang"], answer["zone"])
    return page("needs/confirmed.html", answer=answer, role_words=exports.role_words)


def _held(token: str, *, writing: bool) -> Held:
    """Whose link it is and the record, behind that person's wall. Raises Missing."""
    g.actor = None
    throttle.count_attempt(ATTEMPT)
    holder = links.holder(token)
    identity.act_as(holder.actor, writing=writing)
    need = queries.get(holder.actor, holder.dossier_id)
    if writing:  # as it stands now that nobody else can answer
        holder = links.holder(token)
    if not need.on_behalf:
        raise Missing(need.id)
    _read_as(holder.actor.lang, holder.zone)  # of a link that holds: the others all look alike
    return holder, need


def _read_as(lang: str, zone: str) -> None:
    """Go on in the language of the letter, unless another was chosen in this browser, and on the clocks
    of whoever got it."""
    g.lang, g.zone = session.get("lang") or lang, zone


def _ended(token: str = "") -> Response:
    """The page of every link that does not hold.

    A form that was sent twice gets the first answer again: it carries its key, and the link had its use.
    """
    holder = None
    if token and is_submitted():
        with suppress(Missing):
            holder = links.holder(token, was_used=True)
    response = page("needs/confirmation_ended.html", status=404)
    if holder is not None:
        identity.act_as(holder.actor, writing=False)
        with suppress(transaction.KeyMissing):
            _keep_key(holder)
    return response


def _answered(holder: Holder, answer: dict[str, str]) -> Response:
    _keep_key(holder)
    as_read = {"lang": holder.actor.lang, "zone": holder.zone}
    return done(url_for("needs.confirmed", token=_signer().dumps({**answer, **as_read})))


def _keep_key(holder: Holder) -> None:
    """Let the answer be kept under the key of its form, as for somebody signed in."""
    g.actor = holder.actor
    transaction.require_key()


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="needs.confirmed")


def _choices_page(
    token: str, need: OpenedNeed, typed: Any, *, errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    answers = choosing.answers_of(need)
    return page(
        "needs/confirmation.html", status=status, opened=need, errors=errors or {}, typed=typed,
        words=words, table_of=exports.table_of, shown_hash=fingerprint(answers),
        shown=project(need.format, answers, Viewer("own")),
        preview_url=url_for("needs.confirmation_preview", token=token),
        refusal_url=url_for("needs.confirmation_refusal", token=token),
        **choosing.questions(need, answers),
    )  # fmt: skip


def _preview_page(
    token: str, need: OpenedNeed, choices: Choices, typed: Any, *,
    errors: dict[str, str] | None = None, status: int = 200,
) -> Response:  # fmt: skip
    return page(
        "needs/preview.html", status=status, opened=need, typed=typed, errors=errors or {},
        work_form=True, certify_url=url_for("needs.confirmation", token=token),
        shown_hash=typed.get("shown", ""),
        back_url=url_for("needs.confirmation", token=token, lang=choosing.language(need),
                         **choosing.carried(choices)),
        **choosing.shown(need, choices),
    )  # fmt: skip


def _refused(token: str, need: OpenedNeed, typed: Any, refusal: Refusal) -> Response:
    return _choices_page(token, need, typed, errors={"": refusal.say()}, status=refusal.status)


def _certify(token: str, holder: Holder, need: OpenedNeed) -> Response:
    choices, typed = choosing.chosen_in(request.form), request.form
    clearance, errors = choosing.clearance(holder.actor, need)
    if errors:
        return _preview_page(token, need, choices, typed, errors=errors, status=422)
    try:
        version = filing.confirm_by_link(
            holder, need, choices=choices, clearance=clearance, lang=choosing.language(need),
            preview_hash=typed.get("preview_hash", ""), shown_hash=typed.get("shown", ""),
        )  # fmt: skip
    except Incomplete:
        return _choices_page(token, need, typed, status=422)
    except Refusal as refusal:
        return _refused(token, need, typed, refusal)
    return _answered(holder, {"receipt": version.receipt, "hash": version.hash,
                              "role": version.certified_role})  # fmt: skip
