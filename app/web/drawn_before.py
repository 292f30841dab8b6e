"""How is a question drawn that was drawn like this before?

Most questions of a page are empty, or hold a code: their markup is the same for everybody and is kept
here. What differs, the draft, the revision and the time of the last save, is put in afterwards. Words that a
person wrote are never kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from markupsafe import Markup, escape

MOST = 4096
"""Drawings that are kept at the most; the one unused for longest goes first."""
SEEN, SAVED_AT = "\ue000", "\ue001"
"""Letters that no text may hold, standing where draft and revision, and the time go."""


class DrawnBefore:
    """Drawings by all that decides how they look."""

    def __init__(self, draw: Callable[[Any, str, str | None], Markup]) -> None:
        self._draw = draw
        self._kept: OrderedDict[tuple[Any, ...], str] = OrderedDict()
        self._lock = Lock()

    def question(self, drawn: Any, lang: str, hint: str | None = None) -> Markup:
        """The question's markup, drawn now or before."""
        if not _looks_alike_for_all(drawn):
            return self._draw(drawn, lang, hint)
        save = drawn.save
        key = (drawn.field, drawn.name, tuple(drawn.raw), save.url, bool(save.saved_at_text), lang,
               hint)  # fmt: skip
        html = self._kept.get(key)
        if html is None:
            html = self._draw_once(key, drawn, lang, hint)
        html = html.replace(SEEN, save.seen)
        return Markup(html.replace(SAVED_AT, str(escape(save.saved_at_text or ""))))  # noqa: S704

    def _draw_once(self, key: tuple[Any, ...], drawn: Any, lang: str, hint: str | None) -> str:
        mark = SAVED_AT if drawn.save.saved_at_text else None
        blank = drawn.save._replace(seen=SEEN, saved_at_text=mark)
        html = str(self._draw(drawn._replace(save=blank), lang, hint))
        with self._lock:
            self._kept[key] = html
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return html


def _looks_alike_for_all(drawn: Any) -> bool:
    if drawn.error or drawn.conflict or drawn.closed or drawn.save.unsaved:
        return False
    if drawn.field.klass.is_sealed and (any(drawn.raw) or drawn.save.sealed_by):
        return False  # what was opened is kept nowhere
    is_written = drawn.field.kind.is_free_text and any(drawn.raw)
    return not is_written and not drawn.is_in_own_row
