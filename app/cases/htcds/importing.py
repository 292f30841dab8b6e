"""What is in a file of HTCDS: which of its kinds, what does not agree with the standard, which answers?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from app.cases.htcds import field_standards, lookups, xlsform
from app.cases.htcds.findings import Finding
from app.cases.htcds.headings import headings_of
from app.cases.htcds.opening import Page, opened
from app.cases.htcds.places import CRIME, MARK, STRICTEST, TRAFFICKING, VICTIMS
from app.cases.htcds.taking import Taken, Taker
from app.formats.spec import Format
from app.formats.words import N_
from app.storage.refusals import Unwelcome

NOT_HTCDS = N_(
    "Nothing in this file is of HTCDS: no field definitions, no survey form, no sheet with the names or labels of its"
    " fields above the cases."
)


class FileKind(StrEnum):
    """What a file is."""

    DEFINITIONS = "definitions"
    FORM = "form"
    CASES = "cases"


@dataclass(frozen=True)
class Examined:
    """A file that was read. `taken` is what a communication may begin with; only cases have it."""

    kind: FileKind
    findings: tuple[Finding, ...]
    taken: Taken | None = None


def examine(file: BinaryIO, name: str, form: Format, new_id: Callable[[], str]) -> Examined:
    """Read a file. Nothing of it is kept. Raises Unwelcome."""
    return examined(opened(file, name), form, new_id)


def examined(pages: Sequence[Page], form: Format, new_id: Callable[[], str]) -> Examined:
    """What stands in these sheets. Raises Unwelcome where it is nothing of HTCDS."""
    if xlsform.is_form(pages):
        return Examined(FileKind.FORM, tuple(xlsform.judge(pages)))
    for page in pages:
        if field_standards.is_definitions(page):
            return Examined(FileKind.DEFINITIONS, tuple(field_standards.judge(page)))
    return _cases(pages, Taker(form, new_id))


def _cases(pages: Sequence[Page], taker: Taker) -> Examined:
    taken, is_cases = taker.taken, False
    for page in pages:
        if lookups.is_lookup(page):
            taken.findings += lookups.judge(page)
        elif headings := headings_of(page):
            is_cases = True
            taker.read(page, headings)
    if not is_cases:
        raise Unwelcome(NOT_HTCDS)
    if taken.document:
        taken.document[MARK] = STRICTEST
    if taken.count(VICTIMS):
        taken.document[CRIME] = list(TRAFFICKING)
    return Examined(FileKind.CASES, tuple(taken.findings), taken)
