"""Which page comes first, and what waits there for this person?"""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from app.calls import wording
from app.desk import cases, delegation, legal, reader, secretariat, sponsor
from app.desk.became import followed
from app.desk.items import Desk, desk
from app.formats.words import N_
from app.policy.actor import Actor
from app.policy.engine import might
from app.policy.permissions import Permission
from app.web.guard import current_actor, guarded
from app.web.navigation import Entry, Under
from app.web.page import page

blueprint = Blueprint("desk", __name__)
NAV = (Entry("desk.show", N_("What waits for me"), Permission.DESK_READ, is_first=True),
       Under("/mine", ("desk.show",)))  # fmt: skip


@blueprint.get("/")
@guarded(Permission.DESK_READ)
def show() -> Response:
    """GET /: what waits for this person in the organisation acted for."""
    found, band = desk_of(current_actor())
    return page("desk/show.html", desk=found, band=band)


@blueprint.get("/mine")
@guarded(Permission.NEED_FOLLOW)
def became() -> Response:
    """GET /mine: what became of the needs in which one took part."""
    found, listed = followed(current_actor(), request.args.get("after", ""))
    return page("desk/became.html", followed=found, page_before=listed.before,
                page_behind=listed.behind)  # fmt: skip


def desk_of(actor: Actor) -> tuple[Desk, Markup | None]:
    """The desk that fits the actor's roles, and the deadline above it where a call is open."""
    if might(actor, Permission.SUMMARY_READ):
        return _of_sponsor(actor), None
    if might(actor, Permission.NEED_REVIEW):
        return _of_secretariat(actor), None
    if might(actor, Permission.NEED_LIST):
        writes = might(actor, Permission.NEED_START)
        return _of_delegation(actor) if writes else (_of_adviser(actor), None)
    if might(actor, Permission.CASE_LIST):
        return _of_case_officer(actor), None
    return _of_reader(actor), None


def _of_case_officer(actor: Actor) -> Desk:
    nothing = (
        _("Nothing waits for you."),
        _("What another country's unit addresses to yours stands here, and you get a message."),
    )
    return desk(*cases.blocks(actor), nothing=nothing)


def _of_sponsor(actor: Actor) -> Desk:
    nothing = (
        _("Nothing waits for you."),
        _("When the Technical Secretariat sends you a summary of a need, it stands here and you get "
          "a message."),
    )  # fmt: skip
    return desk(*sponsor.blocks(actor), nothing=nothing)


def _of_secretariat(actor: Actor) -> Desk:
    nothing = (
        _("Nothing waits for the Secretariat."),
        _("Write a call and announce it: what countries submit will stand here."),
    )
    return desk(*secretariat.blocks(actor), nothing=nothing)


def _of_adviser(actor: Actor) -> Desk:
    """Of somebody who reads the delegation's needs and writes none: of these nothing is theirs to end."""
    waiting = [each for each in (cases.erasures(actor), *legal.blocks(actor)) if each.items]
    calm = "" if waiting else _(
        "Nothing is asked of you here now. You can read what your delegation asks for."
    )  # fmt: skip
    return desk(
        *waiting,
        delegation.in_review(actor),
        reader.published(actor),
        calm=calm,
        ways=((url_for("needs.index"), _("The needs of your delegation")),),
        coming=reader.what_comes(actor),
    )


def _of_delegation(actor: Actor) -> tuple[Desk, Markup | None]:
    calls, invited = delegation.open_calls(actor)
    nothing = (
        _("Nothing waits for you."),
        _("No call is open for your delegation now. When one is announced, it stands here and you "
          "get a message."),
    )  # fmt: skip
    decides = might(actor, Permission.CASE_ERASURE_DECIDE)
    found = desk(
        *([cases.erasures(actor)] if decides else []),
        *legal.blocks(actor),
        *delegation.blocks(actor, calls, invited),
        reader.published(actor),
        nothing=nothing,
        start=calls[0].id if calls else "",
        coming=reader.what_comes(actor),
    )
    return found, wording.band(calls[0], invited.get(calls[0].id)) if calls else None


def _of_reader(actor: Actor) -> Desk:
    coming = reader.what_comes(actor)
    if not reader.reads_editions(actor):
        return desk(calm=_("Nothing waits for you here now."), coming=coming)
    nothing = (
        _("No edition of the needs report has been published yet."),
        _("When the Technical Secretariat publishes one, it stands here."),
    )
    return desk(reader.published(actor), nothing=nothing, coming=coming)
