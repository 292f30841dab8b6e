"""Which text can XML carry? All but the few characters XML 1.0 forbids, even escaped."""

from __future__ import annotations

import re
from html import escape

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text without control characters and lone surrogates, which no XML file can hold."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


def plain(text: str) -> str:
    """The text as it stands between tags or in quotes: legal and escaped."""
    return escape(legal(text), quote=True)
