"""What is the draft page of the bench given, in the form in which app/intake/drawing.py gives it?"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from flask import Flask, g, request, url_for

from app.formats.spec import Field, Format, Section
from app.intake.drawing import Drawn, Save


def draw(app: Flask, section: Section) -> dict[str, Any]:
    """What the draft page is given: questions drawn from what the bench keeps."""
    document: Format = app.document  # type: ignore[attr-defined]
    states = ("complete", "returned", "started", "empty")
    sections = [
        SimpleNamespace(label=each.title.say(g.lang), url=url_for("draft", section=each.key),
                        state=states[place % 4], current=each is section, note=None)
        for place, each in enumerate(document.sections)
    ]  # fmt: skip
    return {"sections": sections, "section": section,
            "questions": [_question(app, asked) for asked in section.fields]}  # fmt: skip


def _question(app: Flask, asked: Field) -> SimpleNamespace | Drawn:
    if asked.is_rows:
        rows = [line.key for line in asked.lines] or ["r1", "r2"]
        drawn = [
            SimpleNamespace(id=row, line=asked.line(row).label if asked.lines else None,  # type: ignore[union-attr]
                            cells=[_answer(app, cell, f"{asked.key}.{row}.{cell.key}") for cell in asked.cells])
            for row in rows
        ]  # fmt: skip
        return SimpleNamespace(field=asked, rows=drawn, error=None)
    if not asked.is_asked:
        return SimpleNamespace(field=asked, text="37")
    return _answer(app, asked, asked.key)


def _answer(app: Flask, asked: Field, name: str) -> Drawn:
    kept = app.bench.answers[name]  # type: ignore[attr-defined]
    typed = request.args.getlist(f"typed.{name}")
    save = Save(unsaved=bool(typed), url=f"/answers/{name}", seen=str(kept.revision),
                mark_id=f"saved-{name}", saved_at_text="14:32" if kept.revision else None)  # fmt: skip
    return Drawn(
        field=asked, name=name, raw=typed or kept.raw, error=app.bench.doubts.get(name), save=save
    )  # type: ignore[attr-defined]
