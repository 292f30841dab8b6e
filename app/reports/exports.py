"""In which files can a report be taken away?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from app.db.errors import Missing
from app.documents.docx import docx
from app.documents.model import Document
from app.documents.pdf import pdf
from app.documents.xlsx import workbook
from app.extensions import db
from app.reports.document import Lang, document_of
from app.reports.figures import MEMBERS
from app.reports.report import Report

WRITERS: Mapping[str, Callable[[Document], bytes]] = MappingProxyType(
    {"docx": docx, "xlsx": workbook, "pdf": pdf}
)
"""Ending of a file -> what writes a document as such a file."""


def report_file(
    report: Report, ending: str, lang: Lang, *, fingerprint: str = "", demonstration: bool = False
) -> tuple[bytes, str]:
    """The report as a file, and the file's name. Raises Missing for an ending that there is not."""
    if ending not in WRITERS:
        raise Missing(ending)
    # Everything is read: while the file is made, nobody who wants to write has to wait for us.
    db.session.close()
    document = document_of(report, lang, fingerprint=fingerprint, demonstration=demonstration)
    for_whom = "-m" if report.audience == MEMBERS else ""
    return WRITERS[ending](document), f"{report.reference}{for_whom}-{lang}.{ending}"
