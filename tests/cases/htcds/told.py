"""How is a mismatch written so that a list of them can be read and compared line by line?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.cases.htcds import findings
from app.cases.htcds.findings import Finding
from app.cases.htcds.opening import Page, opened

FILES = Path(__file__).with_name("files")
DEFINITIONS = FILES / "field-standards-2.0.ods"
FORM = FILES / "htcds_xlsform.xlsx"
CASES = FILES / "htcds_single_select_v2.0.xlsx"

_NAMES = {message: name for name, message in vars(findings).items() if name.isupper()}


def pages_of(path: Path) -> tuple[Page, ...]:
    with path.open("rb") as file:
        return opened(file, path.name)


def told(found: Iterable[Finding]) -> list[str]:
    """Sheet, rows and column: which mismatch: expected | found. Blanks that matter are drawn."""
    return [_told(each) for each in found]


def _told(found: Finding) -> str:
    place = f"{found.sheet} {found.letters}{found.rows}"
    what = _NAMES.get(found.what, found.what)
    return f"{place}: {what}: {_drawn(found.expected)} | {_drawn(found.found)}".rstrip()


def _drawn(text: str) -> str:
    drawn = text.replace("\n", "⏎").replace("\xa0", "⍽")
    return drawn[:-1] + "·" if drawn.endswith(" ") else drawn


def listed(text: str) -> list[str]:
    """The lines of a list written by hand."""
    return [line.strip() for line in text.strip().splitlines()]
