"""How are our typst templates run? With our fonts alone, no package, no file outside this folder."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any

import typst

from app.documents.glyphs import FONTS

_FOLDER = Path(__file__).parent

# Typst keeps what it worked out for its last ten documents. Ten reports would hold some 700 MB,
# so after a large document it is made to forget, by ten empty ones.
_LARGE = 50_000
_REMEMBERED = 10


def typeset(template: str, inputs: dict[str, str], *, made: datetime) -> bytes:
    """A template of this folder as PDF/UA-1, its inputs being strings it reads as data."""
    printed = _compiled(template, inputs, format="pdf", pdf_standards=["ua-1"], timestamp=made)
    if sum(map(len, inputs.values())) > _LARGE:
        Thread(target=_forget, name="typst-forgets").start()
    return printed


def pictures(template: str, inputs: dict[str, str], *, pixels_per_inch: float) -> list[bytes]:
    """The pages of a template of this folder as PNG pictures, one for each page."""
    drawn = _compiled(template, inputs, format="png", ppi=pixels_per_inch)
    return [drawn] if isinstance(drawn, bytes) else list(drawn)


def _compiled(template: str, inputs: dict[str, str], **how: Any) -> Any:
    """A template of this folder as it is wanted, set in our own fonts alone."""
    return typst.compile(
        _FOLDER / template, root=_FOLDER, font_paths=_fonts(), ignore_system_fonts=True,
        sys_inputs=inputs, **how,
    )  # fmt: skip


def _forget() -> None:
    for _ in range(_REMEMBERED):
        typst.compile(b"", font_paths=_fonts(), ignore_system_fonts=True, format="svg")


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
