"""Which pages show and take comments? Mounted with the engine's other pages.

Each is a whole page; for htmx it is only the block that stands beside a draft.
"""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from app.db.errors import Missing
from app.formats.spec import Field, Section, UnknownSection
from app.intake.comments import actions, circles, drawing
from app.intake.comments.actions import Said
from app.intake.comments.addressing import Offered, offered
from app.intake.comments.models import Comment
from app.intake.comments.queries import STATES, Asked, OpenedComment
from app.intake.mounting import Mount, granted
from app.intake.opened import Opened
from app.policy.actor import Actor
from app.web import locale
from app.web.forms import is_submitted, typed_text
from app.web.guard import current_actor
from app.web.htmx import wants_fragment
from app.web.page import done, page
from app.web.refusal import Refusal

RESOLVE, AGAIN = "resolve", "again"


def comments(mount: Mount, opened: Opened) -> Response:
    """GET, POST /…/comments: what is said about the record, or about one place of it."""
    asked = asked_of(opened)
    if opened.is_discarded and not is_submitted():
        return done(mount.url(opened, "show"))
    mistake: Refusal | None = None
    if is_submitted():
        try:
            said = _said(asked.section, asked.field)
            written = actions.write(current_actor(), opened, said, granted(mount.comment))
            return done(_back(mount, opened, written), _("Your comment was sent."))
        except Refusal as refusal:
            mistake = refusal
    actor = current_actor()
    return _page(
        mount, opened, mistake, asked=asked, listed=drawing.threads(actor, opened, asked),
        place=_place(opened, asked), circles=_circles(opened),
    )  # fmt: skip


def asked_of(opened: Opened) -> Asked:
    """What the address asks for. Raises Missing for a place that the format has not."""
    section, field = request.args.get("section", ""), request.args.get("field", "")
    if section:
        chosen = _section(opened, section)
        if field and not any(field == each.key for each in commentable(chosen)):
            raise Missing(field)
    elif field:
        raise Missing("section")
    elif request.method == "POST":
        raise BadRequest  # a comment is on a section at least
    state = request.args.get("state", "")
    return Asked(section, field, state if state in STATES else "", request.args.get("after", ""))


def commentable(section: Section) -> list[Field]:
    """The fields of a section that can be spoken of: all that a person sees on its page."""
    return [each for each in section.fields if each.kind.name != "automatic"]


def comment(mount: Mount, found: OpenedComment) -> Response:
    """GET, POST /…/comments/<id>: one conversation, and room for a reply."""
    actor, opened, first = current_actor(), found.opened, found.comment
    if opened.is_discarded and not is_submitted():
        return done(mount.url(opened, "show"))
    if first.parent_id is not None:
        if is_submitted():
            raise BadRequest  # a reply is to the conversation
        return done(mount.comment_url("comment", first.parent_id))
    mistake: Refusal | None = None
    if is_submitted():
        try:
            said = _said(first.section, first.field)
            actions.reply(actor, opened, first, said, granted(mount.comment))
            return done(mount.comment_url("comment", first.id), _("Your reply was sent."))
        except Refusal as refusal:
            mistake = refusal
    listed = drawing.one_thread(actor, opened, first, request.args.get("after", ""))
    return _page(mount, opened, mistake, listed=listed, first=first, asked=Asked(),
                 place=drawing.place_of(opened.format, first.section, first.field),
                 circles=[(first.circle, _(circles.WORDS[first.circle]),
                           _(circles.read_by(actor, first.circle)))])  # fmt: skip


def withdraw_comment(mount: Mount, found: OpenedComment) -> Response:
    """POST /…/comments/<id>/withdrawal: take back one's own words."""
    actions.withdraw(current_actor(), found.opened, found.comment, granted(mount.comment))
    return done(_back(mount, found.opened, found.comment), _("Your comment was withdrawn."))


def resolve_comment(mount: Mount, found: OpenedComment) -> Response:
    """POST /…/comments/<id>/resolution: settled, or open again."""
    act, said = actions.resolve, _("The conversation is settled.")
    if request.form.get("act") == AGAIN:
        act, said = actions.take_up_again, _("The conversation is open again.")
    act(current_actor(), found.opened, found.comment, granted(mount.comment))
    return done(_back(mount, found.opened, found.comment), said)


def _page(mount: Mount, opened: Opened, mistake: Refusal | None, **given: Any) -> Response:
    actor = current_actor()
    return page(
        "intake/comments.html", block="talk", status=mistake.status if mistake else 200,
        mount=mount, opened=opened, is_beside=wants_fragment(), work_form=bool(given["place"]),
        mistakes={mistake.field or "text": mistake.say()} if mistake else {},
        typed={"text": request.form.get("text", ""), "circle": request.form.get("circle"),
               "mentioned": request.form.getlist("mentioned"),
               "others": request.form.get("others", "")},
        colleagues=_colleagues(actor) if given["place"] else None,
        longest=actions.LONGEST, sections_of=_sections_of, **{"first": None, **given},
    )  # fmt: skip


def _colleagues(actor: Actor) -> Offered:
    """Who can be addressed, with whoever could be meant by what was sent before."""
    return offered(
        actor, request.form.getlist("mentioned"), _others(request.form.get("others", ""))
    )


def _others(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _sections_of(opened: Opened) -> list[tuple[str, str]]:
    return [(each.key, each.title.say(locale.lang())) for each in opened.format.sections]


def _said(section: str, field: str) -> Said:
    return Said(section=section, field=field, circle=request.form.get("circle", ""),
                text=typed_text("text"), mentioned=request.form.getlist("mentioned"),
                others=_others(typed_text("others")))  # fmt: skip


def _place(opened: Opened, asked: Asked) -> drawing.Place | None:
    if not asked.section:
        return None
    return drawing.place_of(opened.format, asked.section, asked.field)


def _circles(opened: Opened) -> list[tuple[str, str, str]]:
    """(circle, its name, who will read it) of each circle open to the reader."""
    actor = current_actor()
    return [
        (each, _(circles.WORDS[each]), _(circles.read_by(actor, each)))
        for each in circles.open_to(actor, opened.dossier)
    ]


def _back(mount: Mount, opened: Opened, comment: Comment) -> str:
    """The comments on the place that this one is about."""
    parts = {"section": comment.section, **({"field": comment.field} if comment.field else {})}
    return mount.url(opened, "comments", **parts)


def _section(opened: Opened, key: str) -> Section:
    try:
        return opened.format.section(key)
    except UnknownSection:
        raise Missing(key) from None
