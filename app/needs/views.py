"""Which pages do training needs have beside those that every form has?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from app.calls import queries as calls
from app.calls.choices import SHOWN, choices
from app.db.errors import Missing
from app.formats.words import N_
from app.intake.mounting import Mount, Queue, Verbs
from app.intake.opened import Opened
from app.intake.routes import routes
from app.intake.sheets.mounting import SheetMount
from app.intake.sheets.routes import sheet_routes
from app.needs import actions, certification, confirming, exports, filing, listing, queries
from app.needs import mail as mail
from app.needs import queue as queueing
from app.needs.consented import consented
from app.needs.format import NEED
from app.organisations.members import member_countries
from app.policy.engine import might
from app.policy.permissions import Permission
from app.web.asked import said, unknown
from app.web.downloads import download
from app.web.guard import current_actor, guarded, public
from app.web.locale import lang
from app.web.navigation import Entry
from app.web.page import done, finish_reading, page
from app.web.states import state_words
from app.workflow.tables import DOSSIER

blueprint = Blueprint("needs", __name__, url_prefix="/needs")
NAV = Entry("needs.index", N_("Needs"), Permission.NEED_LIST)


def queue_words() -> dict[str, str]:
    """What the list was narrowed to from which the reviewer came."""
    return queueing.of_queue(listing.wanted(request.args))


def queue(opened: Opened) -> Queue:
    """The neighbours in the queue of needs that wait for review; behind the last the first again."""
    asked = listing.wanted(request.args)
    words: dict[str, Any] = queueing.of_queue(asked)
    found = queueing.around(current_actor(), opened.id, asked)

    def url(need_id: str | None) -> str | None:
        return url_for("needs.review", need_id=need_id, **words) if need_id else None

    begins_anew = found.next_id is None and opened.state != "submitted"
    return Queue(
        previous=url(found.previous_id), waiting=min(found.waiting, queueing.MOST_COUNTED),
        next=url(found.first_id if begins_anew else found.next_id),
        are_more=found.waiting > queueing.MOST_COUNTED, is_narrowed=bool(words),
        all_url=url_for("needs.index", state="submitted"),
    )  # fmt: skip


MOUNT = Mount(
    name="needs",
    id_name="need_id",
    load=queries.get,
    load_to_write=queries.get_to_write,
    format=NEED,
    start=Permission.NEED_START,
    list=Permission.NEED_LIST,
    file=Permission.NEED_FILE,
    answer_filing=Permission.NEED_FILING_ANSWER,
    confirm_filing=Permission.NEED_FILING_CONFIRM,
    read=Permission.NEED_READ,
    edit=Permission.NEED_EDIT,
    comment=Permission.NEED_COMMENT,
    history=Permission.NEED_HISTORY,
    withdraw=Permission.NEED_WITHDRAW,
    ready=Permission.NEED_READY,
    discard=Permission.NEED_DISCARD,
    revise=Permission.NEED_REVISE,
    review=Permission.NEED_REVIEW,
    certify=Permission.NEED_CERTIFY,
    verbs=Verbs(
        start=actions.start,
        file=filing.file,
        take_over=filing.take_over,
        refuse_filing=filing.refuse,
        confirm_by_reply=filing.confirm_by_reply,
        send_link=filing.send_link,
        revoke_link=filing.revoke_link,
        accept=actions.accept,
        return_to_delegation=actions.return_to_delegation,
        withdraw=actions.withdraw,
        discard=actions.discard,
        bring_back=actions.bring_back,
        reopen=actions.reopen,
    ),
    noun=N_("Training need"),
    layout="needs/layout.html",
    queue=queue,
    beside_review=lambda opened, version: {"consented": consented(opened, version)},
    queue_words=queue_words,
)
routes(blueprint, MOUNT)
sheet_routes(
    blueprint,
    SheetMount(
        name="needs", id_name="need_id", format_name=NEED.name, start=Permission.NEED_START,
        begin=actions.begin_filled, plural=N_("Training needs"),
    ),
)  # fmt: skip


@blueprint.get("")
@guarded(Permission.NEED_LIST)
def index() -> Response:
    """GET /needs: the list, filtered, ordered and paged."""
    actor, offered = current_actor(), choices(current_actor())
    aside = unknown({**_known(), **({"call": dict(offered)} if len(offered) < SHOWN else {})})
    nothing: dict[str, Any] = dict.fromkeys(set(aside) - {"order"}, "")
    asked = replace(listing.wanted(request.args), **nothing)
    return page(
        "needs/list.html", block="results", asked=asked, listed=listing.list_needs(actor, asked),
        columns=exports.columns(actor, all_columns=asked.all_columns), states=_states(actor),
        themes=exports.themes(), aside=said(aside),
        queue_words=queueing.of_queue(asked) if actor.is_secretariat else {}, calls=offered, countries=_countries(actor), open_calls=_open_calls(actor),
    )  # fmt: skip


def _known() -> dict[str, Collection[str]]:
    """The words that the list understands, under the names by which it is asked."""
    return {"state": DOSSIER.states, "theme": dict(exports.themes()), "order": listing.ORDERS,
            "country": dict(member_countries(lang()))}  # fmt: skip


NEVER_SUBMITTED = ("draft", "discarded")
"""States in which no need exists for the Secretariat."""


def _states(actor: Any) -> list[tuple[str, str]]:
    """The states among which the reader's needs may be."""
    hidden = NEVER_SUBMITTED if actor.is_secretariat else ()
    return [(key, word) for key, word in state_words(DOSSIER).items() if key not in hidden]


def _countries(actor: Any) -> list[tuple[str, str]]:
    return member_countries(lang()) if actor.is_secretariat else []


def _open_calls(actor: Any) -> list[Any]:
    may_start = not actor.is_secretariat and might(actor, Permission.NEED_START)
    return calls.open_for(actor) if may_start else []


@blueprint.get("/list.<ending>")
@guarded(Permission.NEED_EXPORT)
def export(ending: str) -> Response:
    """GET /needs/list.csv, /needs/list.xlsx: exactly what the list shows, as a file."""
    if unknown(_known()):
        raise Missing("filter")  # a file cannot say that something was left aside
    actor, asked = current_actor(), listing.wanted(request.args)
    columns = exports.columns(actor, all_columns=asked.all_columns)
    rows = listing.all_rows(actor, asked, exports.sources(columns), exports.LIMIT)
    finish_reading()
    name = _("training-needs")
    if ending == "xlsx":
        return download(exports.workbook(columns, rows), f"{name}.xlsx")
    if ending == "csv":
        return download("".join(exports.text_file(columns, rows)).encode(), f"{name}.csv")
    raise Missing(ending)


@blueprint.post("")
@guarded(Permission.NEED_START)
def start() -> Response:
    """POST /needs: begin a need in an open call."""
    actor = current_actor()
    call = calls.get_open(actor, request.form.get("call", ""))
    need = actions.start(actor, call)
    return done(url_for("needs.section", need_id=need.id, section="essentials"))


blueprint.add_url_rule(
    "/<need_id>/certification", "certification",
    guarded(Permission.NEED_CERTIFY, load=queries.get)(certification.certification),
    methods=["GET", "POST"],
)  # fmt: skip
blueprint.add_url_rule(
    "/<need_id>/certification/preview",
    "preview",
    guarded(Permission.NEED_CERTIFY, load=queries.get)(certification.preview),
)
blueprint.add_url_rule(
    "/confirmations/<token>", "confirmation", public(confirming.confirmation, delays_writing=True),
    methods=["GET", "POST"],
)  # fmt: skip
blueprint.add_url_rule(
    "/confirmations/<token>/preview", "confirmation_preview",
    public(confirming.confirmation_preview),
)  # fmt: skip
blueprint.add_url_rule(
    "/confirmations/<token>/refusal", "confirmation_refusal",
    public(confirming.confirmation_refusal, delays_writing=True), methods=["GET", "POST"],
)  # fmt: skip
blueprint.add_url_rule("/confirmations/answers/<token>", "confirmed", public(confirming.confirmed))
