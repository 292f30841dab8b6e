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
from app.intake.enclosed import places as enclosed
from app.intake.enclosed import views as files
from app.intake.filing import asking
from app.intake.filing import views as filing
from app.intake.labels import namer
from app.intake.mounting import Mount, Part, granted
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
    if of_items(mount):
        names_answers(f"{mount.name}.item", namer(mount.format))
    for part, path, methods, wanted, view in (*table(mount), *of_items(mount), *of_files(mount)):
        if part not in mount.parts:
            continue
        permission = granted(wanted)
        load = (
            mount.load_to_write if permission in (mount.edit, mount.confirm_filing) else mount.load
        )
        answer = guarded(permission, load=load, delays_writing=view in EXAMINING)(
            _with(mount, view)
        )
        blueprint.add_url_rule(record + path, view.__name__, answer, methods=methods)
    for part, path, methods, wanted, view in of_all(mount):
        if part in mount.parts:
            answer = guarded(granted(wanted), delays_writing=view in EXAMINING)(_alone(mount, view))
            blueprint.add_url_rule(path, view.__name__, answer, methods=methods)
    if Part.COMMENTS in mount.parts:
        _of_comments(blueprint, mount)
    if Part.WRITING in mount.parts:
        _of_writing(blueprint, mount)


def _of_comments(blueprint: Blueprint, mount: Mount) -> None:
    for path, methods, view in OF_COMMENTS:
        answer = guarded(granted(mount.comment), load=_loads_comment(mount))(_with(mount, view))
        blueprint.add_url_rule(
            f"/comments/<comment_id>{path}", view.__name__, answer, methods=methods
        )


def _of_writing(blueprint: Blueprint, mount: Mount) -> None:
    record = f"/<{mount.id_name}>"
    if mount.open_sealed is not None:
        answer = guarded(mount.open_sealed, load=mount.load, delays_writing=True,
                         is_repeatable=True)(_with(mount, sealed.openings))  # fmt: skip
        # As deep as the page of a section, so that what is drawn there saves to the same addresses.
        blueprint.add_url_rule(record + "/sections/openings", "openings", answer, methods=["POST"])
        names_answers(f"{mount.name}.openings", namer(mount.format))
        if enclosed.has_any(mount.format):
            let_take = guarded(mount.open_sealed, load=mount.load, delays_writing=True,
                               is_repeatable=True)(_with(mount, files.file_openings))  # fmt: skip
            blueprint.add_url_rule(record + "/files/openings", "file_openings", let_take,
                                   methods=["POST"])  # fmt: skip
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


Row = tuple[Part, str, list[str], Permission | None, View]


def table(mount: Mount) -> tuple[Row, ...]:
    """Every page of the engine: its part, address below the record, methods, permission, view."""
    get, post, put, both = ["GET"], ["POST"], ["PUT"], ["GET", "POST"]
    return (
        (Part.OVERVIEW, "", get, mount.read, lifecycle.show),
        (Part.WRITING, "/sections/<section>", both, mount.edit, views.section),
        (Part.WRITING, "/answers/<key>", put, mount.edit, views.save_answer),
        (Part.WRITING, "/answers/<key>/<row>/<cell>", put, mount.edit, views.save_cell),
        (Part.WRITING, "/check", get, mount.edit, views.check),
        (Part.PAPERS, "/document.pdf", get, mount.read, lifecycle.document_pdf),
        (Part.PAPERS, "/versions/<int:number>", get, mount.read, lifecycle.version),
        (Part.PAPERS, "/versions/<int:number>/receipt", get, mount.read, lifecycle.receipt),
        (Part.PAPERS, "/versions/<int:number>/receipt.pdf", get, mount.read, lifecycle.receipt_pdf),
        (Part.WITHDRAWAL, "/withdrawal", both, mount.withdraw, lifecycle.withdrawal),
        (Part.READINESS, "/readiness", post, mount.ready, readiness.readiness),
        (Part.DISCARDING, "/discarding", both, mount.discard, discarding.discarding),
        (Part.DISCARDING, "/bringing-back", post, mount.discard, discarding.bringing_back),
        (Part.REVISION, "/revision", post, mount.revise, lifecycle.revision),
        (Part.REVIEW, "/review", both, mount.review, lifecycle.review),
        (Part.COMMENTS, "/comments", both, mount.comment, comments.comments),
        (Part.FILING, "/filing", get, mount.read, filing.filing),
        (Part.FILING, "/filing/taking-over", post, mount.answer_filing, filing.taking_over),
        (Part.FILING, "/filing/refusal", both, mount.answer_filing, filing.refusal),
        (Part.FILING, "/filing/reply", both, mount.confirm_filing, filing.signed_reply),
        (Part.FILING, "/filing/link", post, mount.confirm_filing, asking.link),
        (
            Part.FILING,
            "/filing/link/revocation",
            post,
            mount.confirm_filing,
            asking.link_revocation,
        ),
        (Part.HISTORY, "/history", get, mount.history, looking_back.history),
        (Part.HISTORY, "/restoration", post, mount.edit, looking_back.restoration),
        (Part.HISTORY, "/comparison", get, mount.read, looking_back.comparison),
    )


def of_items(mount: Mount) -> tuple[Row, ...]:
    """The page of a row, where a form has tables whose rows have pages. As deep as that of a section, so that
    what a page asks by itself stands at the same place seen from both."""
    if not any(field.has_pages for field in mount.format.fields):
        return ()
    both = ["GET", "POST"]
    return ((Part.WRITING, "/sections/<table>.<row>", both, mount.edit, views.item),)


def of_files(mount: Mount) -> tuple[Row, ...]:
    """The pages of files, where a form asks for any."""
    if not enclosed.has_any(mount.format):
        return ()
    get, both, at = ["GET"], ["GET", "POST"], "/files/<place>"
    return (
        (Part.WRITING, "/files", get, mount.read, files.files),
        (Part.WRITING, at, both, mount.edit, files.files_at),
        (Part.WRITING, at + "/<file_id>/removal", both, mount.edit, files.file_removal),
    )


def of_all(mount: Mount) -> tuple[Row, ...]:
    """The pages about no one record: part, address, methods, permission, view."""
    return (
        (Part.BEGINNING, "/beginning", ["GET", "POST"], mount.start, beginning.beginning),
        (Part.FILING, "/filings", ["GET"], mount.list, filing.filings),
        (Part.FILING, "/filings/new", ["GET", "POST"], mount.file, filing.new_filing),
    )


EXAMINING: tuple[View, ...] = (filing.new_filing, filing.signed_reply, files.files_at)
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
