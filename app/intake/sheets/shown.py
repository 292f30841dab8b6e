"""What does somebody read about a workbook that was sent in?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.formats.sheet_columns import record_columns, row_columns, tables
from app.formats.spec import Format
from app.intake.sheets.layout import NUMBER, REFERENCE
from app.intake.sheets.models import SheetUpload
from app.intake.sheets.problems import of_kept
from app.intake.sheets.queries import DISCARDABLE

PAGE = 100


@dataclass(frozen=True)
class ClashShown:
    """An answer that changed on both sides: what either says, and where it is answered in Enlace."""

    mine: str
    theirs: str
    record: str
    section: str
    field: str


@dataclass(frozen=True)
class ProblemShown:
    """A problem in words: the sheet, the cell as B7, the column's heading, what stood there, why."""

    sheet: str
    cell: str
    row: int
    column: str
    found: str
    reason: str
    is_remark: bool
    clash: ClashShown | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a workbook stands, and one page of what was found in it."""

    upload: SheetUpload
    findings: Mapping[str, Any]
    refusal: str
    problems: Sequence[ProblemShown]
    first: int
    previous: int | None
    following: int | None

    @property
    def is_under_way(self) -> bool:
        return self.upload.state in ("waiting", "importing")

    @property
    def may_discard(self) -> bool:
        return self.upload.state in DISCARDABLE

    @property
    def may_bring_in(self) -> bool:
        makes = self.findings.get("new", 0) + self.findings.get("changed", 0)
        return self.upload.state == "checked" and bool(makes)


def standing(upload: SheetUpload, form: Format | None, page: str, lang: str) -> Standing:
    """The standing of an upload for a page ("all": every problem that was kept)."""
    findings = upload.findings or {}
    kept = findings.get("problems", [])
    number = int(page) if page.isdecimal() and len(page) < 5 else 1
    first = min(max(number - 1, 0) * PAGE, max(len(kept) - 1, 0) // PAGE * PAGE)
    chosen = kept if page == "all" else kept[first : first + PAGE]
    show = _shower(form, lang) if form else None
    return Standing(
        upload=upload, findings=findings, problems=[show(each) for each in chosen] if show else [],
        refusal=_said(findings),
        first=first, previous=first // PAGE if first else None,
        following=first // PAGE + 2 if first + PAGE < len(kept) else None,
    )  # fmt: skip


def _said(findings: Mapping[str, Any]) -> str:
    message, params = findings.get("refusal"), findings.get("params", {})
    return _(message, **params) if message else ""


def _shower(form: Format, lang: str) -> Callable[[Mapping[str, Any]], ProblemShown]:
    """Says a problem that was written down in a reader's words."""
    headings = _headings(form, lang)

    def show(kept: Mapping[str, Any]) -> ProblemShown:
        problem, clash = of_kept(kept), None
        place, column = problem.place, headings.get(problem.place.key, "")
        if problem.clash is not None:
            section = form.section_of(problem.clash.field).key
            column = form.field(problem.clash.field).label.say(lang)
            clash = ClashShown(problem.clash.mine.say(lang), problem.clash.theirs.say(lang),
                               problem.clash.record, section, problem.clash.field)  # fmt: skip
        return ProblemShown(place.sheet, place.reference, place.row, column, problem.found,
                            problem.say(lang), problem.is_remark, clash)  # fmt: skip

    return show


def _headings(form: Format, lang: str) -> dict[str, str]:
    columns = [*record_columns(form)]
    for table in tables(form):
        columns += row_columns(table)
    return {NUMBER: _("No."), REFERENCE: _("Reference"),
            **{column.key: column.heading(lang) for column in columns}}  # fmt: skip
