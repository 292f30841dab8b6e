"""Where does somebody read of what they were told, and choose which mail they get?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import gettext as _

from app.formats.words import N_
from app.notices import actions, queries
from app.notices import mail as mail
from app.notices.kinds import KINDS, path_of
from app.notices.models import Notice
from app.outbox.families import ALL, CASES, COMMENTS, READY, REMINDERS, STEPS
from app.policy.permissions import Permission
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page

blueprint = Blueprint("notices", __name__)
FAMILIES = {
    COMMENTS: (
        N_("Comments"),
        N_("A colleague addresses you, or somebody answers in a conversation of yours."),
    ),
    READY: (
        N_("Drafts ready to certify"),
        N_("A colleague says that a draft is ready for the focal point."),
    ),
    STEPS: (
        N_("What becomes of needs in which I took part"),
        N_("Certified, returned, accepted, counted in a report, read by a sponsor."),
    ),
    CASES: (
        N_("Communications on cases"),
        N_(
            "A receipt, a recall, an access or a case that ends soon. That one arrived always comes."
        ),
    ),
    REMINDERS: (
        N_("Reminders before a call closes"),
        N_("Only while your delegation has submitted nothing."),
    ),
}


@blueprint.get("/notices")
@guarded(Permission.OWN_NOTICES)
def index() -> Response:
    """GET /notices: of what one was told, newest first."""
    actor, only_unread = current_actor(), request.args.get("state") == "unread"
    found = queries.list_notices(actor, request.args.get("after", ""), only_unread=only_unread)
    return page(
        "notices/list.html", found=found, only_unread=only_unread,
        words={name: _(kind.words) for name, kind in KINDS.items()},
    )  # fmt: skip


@blueprint.post("/notices/<notice_id>")
@guarded(Permission.OWN_NOTICES, load=queries.get)
def follow(notice: Notice) -> Any:
    """POST /notices/<id>: mark it as read and go where it leads, or stay with `stay`."""
    actions.read(current_actor(), notice)
    if request.form.get("stay"):
        return done(url_for("notices.index"))
    return redirect(path_of(notice.kind, notice.subject_id, notice.dossier_id), 303)


@blueprint.post("/notices")
@guarded(Permission.OWN_NOTICES)
def read_all() -> Response:
    """POST /notices: mark all as read."""
    actions.read_all(current_actor())
    return done(url_for("notices.index"), _("All notices are marked as read."))


@blueprint.route("/me/mail", methods=["GET", "POST"])
@guarded(Permission.OWN_NOTICES)
def choose_mail() -> Response:
    """GET, POST /me/mail: which mail one gets, kind by kind."""
    actor = current_actor()
    if is_submitted():
        actions.choose_mail(actor, request.form.getlist("wanted"))
        return done(url_for("accounts.me"), _("Saved."))
    without = queries.families_done_without(actor)
    wanted = [family for family in ALL if family not in without]
    if request.method == "POST":  # only the language changes
        wanted = request.form.getlist("wanted")
    families = [(key, _(label), _(hint)) for key, (label, hint) in FAMILIES.items()]
    return page("notices/mail.html", families=families, wanted=wanted, work_form=True)
