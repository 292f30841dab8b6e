"""Under which addresses do a feature's records go out as a spreadsheet and come back in?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Response

from app.calls import queries as calls
from app.db.errors import Missing
from app.intake.sheets import queries, views
from app.intake.sheets.models import SheetUpload
from app.intake.sheets.mounting import SheetMount, register
from app.policy.actor import Actor
from app.web.guard import guarded

View = Callable[..., Response]
BASE = "/from-spreadsheet"


def sheet_routes(blueprint: Blueprint, mount: SheetMount) -> None:
    """Mount the pages of the round trip for one kind of record."""
    register(mount)

    def get(actor: Actor, upload_id: str) -> SheetUpload:
        upload = queries.get(actor, upload_id)
        if upload.format_name != mount.format_name:
            raise Missing(upload_id)
        return upload

    def add(
        path: str, name: str, view: View, methods: list[str], load: Any = None, **kind: bool
    ) -> None:
        # Storing a file is slow: its view begins to write when that is done.
        guard = guarded(mount.start, load=load, delays_writing=load is None, **kind)
        blueprint.add_url_rule(BASE + path, name, guard(_with(mount, view)), methods=methods)

    read, both = ["GET"], ["GET", "POST"]
    add("", "sheets", views.sheets, both)
    add("/<call_id>/form.xlsx", "sheet_form", views.form_file, read, calls.get)
    add("/<call_id>/drafts.xlsx", "sheet_drafts", views.drafts_file, read, calls.get)
    add("/<upload_id>", "sheet", views.upload_page, both, get)
    add("/<upload_id>/progress", "sheet_progress", views.progress, read, get, is_unattended=True)
    add("/<upload_id>/problems.xlsx", "sheet_problems", views.problems_file, read, get)


def _with(mount: SheetMount, view: View) -> View:
    @wraps(view)
    def answer(*record: Any) -> Response:
        return view(mount, *record)

    return answer
