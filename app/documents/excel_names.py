"""What may a sheet and its columns be called, so that Excel opens the file and loses nothing?"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from app.documents.cells import held_text
from app.documents.model import Column

_LONGEST = 31
_NOT_ALLOWED = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
# Excel keeps this one for itself.
_RESERVED = "history"


def sheet_name(title: str, *, taken: Collection[str]) -> str:
    """A name for a sheet, made from its title and unlike those taken, capitals aside."""
    name = " ".join(_NOT_ALLOWED.sub(" ", held_text(title)).split()).strip("'")
    name = _cut(name, _LONGEST).strip(" '") or "-"
    if name.lower() == _RESERVED:
        name = f"{name} -"
    return _unlike(name, {other.lower() for other in taken}, longest=_LONGEST)


def unique_headers(columns: Sequence[Column]) -> list[str]:
    """The columns' headers, a repeated one numbered: no two columns fall into one."""
    headers: list[str] = []
    for column in columns:
        taken = {header.lower() for header in headers}
        headers.append(_unlike(held_text(column.header) or column.key, taken, longest=250))
    return headers


def _unlike(name: str, taken: Collection[str], *, longest: int) -> str:
    number, free = 1, _cut(name, longest)
    while free.lower() in taken:
        number += 1
        ending = f" ({number})"
        free = _cut(name, longest - len(ending)) + ending
    return free


def _cut(text: str, longest: int) -> str:
    """The beginning of a text, as long as Excel counts: a picture sign counts as two."""
    while len(text.encode("utf-16-le")) > 2 * longest:
        text = text[:-1]
    return text
