"""How does the bench answer when a field saves itself: as the product does?"""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

from flask import Flask, Request, render_template, request
from markupsafe import Markup

from app.formats.kinds import BadAnswer
from app.intake.joining import joined
from tests.assets.bench_state import Bench

LOCALE = "es_HN"


def asked_with(asked: Request) -> str:
    """The token by which a save says which session its page was drawn in."""
    return asked.headers.get("X-CSRFToken", "")


def add_saving(app: Flask) -> None:
    bench: Bench = app.bench  # type: ignore[attr-defined]

    @app.put("/answers/<name>")
    def save(name: str) -> Any:
        time.sleep(bench.slow)
        key = request.headers.get("Idempotency-Key", "")
        bench.asked.append(SimpleNamespace(
            name=name, key=key, form=dict(request.form.lists()), acting=request.headers.get("X-Acting"),
            token=request.headers.get("X-CSRFToken"), size=request.content_length))  # fmt: skip
        if bench.refuse_next:
            status = bench.refuse_next.pop(0)
            return render_template(f"errors/{status}.html"), status
        if not bench.signed_in:
            return "", 401
        if bench.token != asked_with(request):
            return "", 400, {"Enlace-Form": "stale"}
        if key in bench.done:
            return bench.done[key]
        answer = _save(app, name)
        if answer[1] == 200:
            bench.done[key] = answer
        if bench.lose_next:
            bench.lose_next -= 1
            return "", 503
        return answer


def _save(app: Flask, name: str) -> tuple[str, int]:
    ui = app.jinja_env.globals["ui"]
    parts = name.split(".")
    asked = app.document.field(parts[0])  # type: ignore[attr-defined]
    asked = asked.cell(parts[2]) if len(parts) == 3 else asked
    names = [f"{name}.{part}" for part in asked.kind.parts] or [name]
    raw = [value for each in names for value in request.form.getlist(each)]
    kept = app.bench.answers[name]  # type: ignore[attr-defined]
    if int(request.form[f"_revision.{name}"]) != kept.revision:
        theirs = SimpleNamespace(who="C. Mejía", at="14:31", raw=kept.raw, text=" ".join(kept.raw),
                                 mine=" ".join(raw), seen=kept.revision,
                                 joined=joined(kept.raw[0], raw[0]))  # fmt: skip
        return ui.conflict(name, theirs), 409
    try:
        asked.kind.load(raw, asked, LOCALE)
    except BadAnswer as mistake:
        return ui.refused(name, str(mistake)), 422
    kept.raw, kept.revision = raw, kept.revision + 1
    return ui.saved(name, kept.revision, "14:32") + _following(app, parts[0]), 200


def _following(app: Flask, key: str) -> Markup:
    """What else the page shows anew: the doubts that stand now, and the people of the table."""
    ui, bench = app.jinja_env.globals["ui"], app.bench  # type: ignore[attr-defined]
    told = [ui.doubt(name, message) for name, message in bench.doubts.items()]
    if key == "audience":
        numbers = (
            "".join(kept.raw)
            for name, kept in bench.answers.items()
            if name.endswith((".women", ".men"))
        )
        told.append(ui.worked_out("participants", str(sum(int(n or 0) for n in numbers)), True))
    return Markup().join(told)
