"""What do the workbook and Enlace say where an answer changed in both?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.formats.sheet_columns import rows_in_sheet
from app.formats.spec import Field, Text
from app.intake.sheets.problems import Clash
from app.policy.actor import locale_of

MOST_SHOWN = 400
"""Characters shown of either side."""
_BEFORE = 60
"""Of those, characters before the first that differs."""


def clash(
    record: str, asked: Field, mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> Clash:  # fmt: skip
    """Both answers to a field, each in both languages."""
    spanish, english = ([_said(asked, answers.get(asked.key), lang) for answers in (mine, theirs)]
                        for lang in ("es", "en"))  # fmt: skip
    sides = zip(_parts(*spanish), _parts(*english), strict=True)
    return Clash(record, asked.key, *(Text(es, en) for es, en in sides))


def _said(asked: Field, value: Any, lang: str) -> str:
    shown = rows_in_sheet(asked, value or ()) if asked.is_rows else value
    return asked.kind.show(shown, asked, lang, locale_of(lang, None))


def _parts(mine: str, theirs: str) -> tuple[str, str]:
    """Both as they are; of long ones the part in which they begin to differ."""
    if max(len(mine), len(theirs)) <= MOST_SHOWN:
        return mine, theirs
    pairs = enumerate(zip(mine, theirs, strict=False))
    differs = next((at for at, (a, b) in pairs if a != b), min(len(mine), len(theirs)))
    start = max(differs - _BEFORE, 0)
    return _part(mine, start), _part(theirs, start)


def _part(text: str, start: int) -> str:
    part = text[start : start + MOST_SHOWN]
    return f"{'…' if start else ''}{part}{'…' if start + MOST_SHOWN < len(text) else ''}"
