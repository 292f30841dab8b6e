"""Under which addresses do a feature's records get the engine's pages?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Response

from app.intake import beginning, lifecycle, looking_back, together, views
from app.intake.comments import queries
from app.intake.comments import views as comments
from app.intake.comments.queries import OpenedComment
from app.intake.discarding import views as discarding
from app.intake.filing import asking
from app.intake.filing import views as filing
from app.intake.labels import namer
from app.intake.mounting import Mount
from app.intake.readiness import views as readiness
from app.intake.sealed import views as sealed
from app.policy.actor import Actor
from app.policy.permissions import Permission
from app.web.guard import guarded
from app.web.typed_text import names_answers

View = Callable[..., Response]


def routes(blueprint: Blueprint, mount: Mount) -> None:
    """Mount the engine's pages for one kind of record, each behind the record's own permission."""
    record = f"/<{mount.id_name}>"
    names_answers(f"{mount.name}.section", namer(mount.format))
    for path, methods, permission, view in table(mount):
        load = (
            mount.load_to_write if permission in (mount.edit, mount.confirm_filing) else mount.load
        )
        answer = guarded(permission, load=load, delays_writing=view in EXAMINING)(
            _with(mount, view)
        )
        blueprint.add_url_rule(record + path, view.__name__, answer, methods=methods)
    for path, methods, permission, view in of_all(mount):
        answer = guarded(permission, delays_writing=view in EXAMINING)(_alone(mount, view))
        blueprint.add_url_rule(path, view.__name__, answer, methods=methods)
    for path, methods, view in OF_COMMENTS:
        answer = guarded(mount.comment, load=_loads_comment(mount))(_with(mount, view))
        blueprint.add_url_rule(
            f"/comments/<comment_id>{path}", view.__name__, answer, methods=methods
        )
    if mount.open_sealed is not None:
        answer = guarded(mount.open_sealed, load=mount.load, delays_writing=True,
                         is_repeatable=True)(_with(mount, sealed.openings))  # fmt: skip
        # As deep as the page of a section, so that what is drawn there saves to the same addresses.
        blueprint.add_url_rule(record + "/sections/openings", "openings", answer, methods=["POST"])
        names_answers(f"{mount.name}.openings", namer(mount.format))
    for path, method, view, options in while_writing():
        answer = guarded(mount.edit, load=mount.load_to_write, **options)(_with(mount, view))
        blueprint.add_url_rule(record + path, view.__name__, answer, methods=[method])


def _with(mount: Mount, view: View) -> View:
    @wraps(view)
    def answer(record: Any, **parts: Any) -> Response:
        return view(mount, record, **parts)

    return answer


def _alone(mount: Mount, view: View) -> View:
    @wraps(view)
    def answer(**parts: Any) -> Response:
        return view(mount, **parts)

    return answer


def _loads_comment(mount: Mount) -> Callable[[Actor, str], OpenedComment]:
    def load(actor: Actor, comment_id: str) -> OpenedComment:
        return queries.get(actor, comment_id, mount.load)

    return load


def table(mount: Mount) -> tuple[tuple[str, list[str], Permission, View], ...]:
    """Every page of the engine: address below the record, methods, permission, view."""
    get, post, put, both = ["GET"], ["POST"], ["PUT"], ["GET", "POST"]
    return (
        ("", get, mount.read, lifecycle.show),
        ("/sections/<section>", both, mount.edit, views.section),
        ("/answers/<key>", put, mount.edit, views.save_answer),
        ("/answers/<key>/<row>/<cell>", put, mount.edit, views.save_cell),
        ("/check", get, mount.edit, views.check),
        ("/document.pdf", get, mount.read, lifecycle.document_pdf),
        ("/versions/<int:number>", get, mount.read, lifecycle.version),
        ("/versions/<int:number>/receipt", get, mount.read, lifecycle.receipt),
        ("/versions/<int:number>/receipt.pdf", get, mount.read, lifecycle.receipt_pdf),
        ("/withdrawal", both, mount.withdraw, lifecycle.withdrawal),
        ("/readiness", post, mount.ready, readiness.readiness),
        ("/discarding", both, mount.discard, discarding.discarding),
        ("/bringing-back", post, mount.discard, discarding.bringing_back),
        ("/revision", post, mount.revise, lifecycle.revision),
        ("/review", both, mount.review, lifecycle.review),
        ("/comments", both, mount.comment, comments.comments),
        ("/filing", get, mount.read, filing.filing),
        ("/filing/taking-over", post, mount.answer_filing, filing.taking_over),
        ("/filing/refusal", both, mount.answer_filing, filing.refusal),
        ("/filing/reply", both, mount.confirm_filing, filing.signed_reply),
        ("/filing/link", post, mount.confirm_filing, asking.link),
        ("/filing/link/revocation", post, mount.confirm_filing, asking.link_revocation),
        ("/history", get, mount.history, looking_back.history),
        ("/restoration", post, mount.edit, looking_back.restoration),
        ("/comparison", get, mount.read, looking_back.comparison),
    )


def of_all(mount: Mount) -> tuple[tuple[str, list[str], Permission, View], ...]:
    """The pages about no one record: address, methods, permission, view."""
    return (
        ("/beginning", ["GET", "POST"], mount.start, beginning.beginning),
        ("/filings", ["GET"], mount.list, filing.filings),
        ("/filings/new", ["GET", "POST"], mount.file, filing.new_filing),
    )


EXAMINING: tuple[View, ...] = (filing.new_filing, filing.signed_reply)
"""Views that examine a file before they begin to write: nobody else waits for that."""
OF_COMMENTS: tuple[tuple[str, list[str], View], ...] = (
    ("", ["GET", "POST"], comments.comment),
    ("/withdrawal", ["POST"], comments.withdraw_comment),
    ("/resolution", ["POST"], comments.resolve_comment),
)
"""What can be done with one comment: address below it, methods, view."""


def while_writing() -> tuple[tuple[str, str, View, dict[str, bool]], ...]:
    """What an open section asks by itself: address below the record, method, view, kind of guard."""
    asked = {"is_unattended": True}
    beat = {**asked, "is_repeatable": True, "delays_writing": True}
    return (
        ("/presence", "PUT", together.be_there, beat),
        ("/live", "GET", together.live, asked),
        ("/changes", "GET", together.changes, asked),
        ("/answers/<key>", "GET", together.answer, asked),
        ("/answers/<key>/<row>/<cell>", "GET", together.cell, asked),
    )
