"""What does somebody read about a workbook that was sent in?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.formats.sheet_columns import record_columns, row_columns, tables
from app.formats.spec import Format
from app.intake.sheets.layout import NUMBER, REFERENCE
from app.intake.sheets.models import SheetUpload
from app.intake.sheets.problems import of_kept

PAGE = 100


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
    headings = _headings(form, lang) if form else {}
    return Standing(
        upload=upload, findings=findings, problems=[_shown(each, headings, lang) for each in chosen],
        refusal=_said(findings),
        first=first, previous=first // PAGE if first else None,
        following=first // PAGE + 2 if first + PAGE < len(kept) else None,
    )  # fmt: skip


def _said(findings: Mapping[str, Any]) -> str:
    message, params = findings.get("refusal"), findings.get("params", {})
    return _(message, **params) if message else ""


def _shown(kept: Mapping[str, Any], headings: Mapping[str, str], lang: str) -> ProblemShown:
    problem = of_kept(kept)
    place = problem.place
    return ProblemShown(place.sheet, place.reference, place.row, headings.get(place.key, ""),
                        problem.found, problem.say(lang), problem.is_remark)  # fmt: skip


def _headings(form: Format, lang: str) -> dict[str, str]:
    columns = [*record_columns(form)]
    for table in tables(form):
        columns += row_columns(table)
    return {NUMBER: _("No."), REFERENCE: _("Reference"),
            **{column.key: column.heading(lang) for column in columns}}  # fmt: skip
