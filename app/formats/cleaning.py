"""What text may be kept as an answer? NFC, trimmed, and without signs that nobody typed on purpose.

And which words are the same to whoever compares them?
"""

from __future__ import annotations

import re
import unicodedata

_NEWLINES = re.compile("\r\n|\r|\u2028|\u2029")
_INVISIBLE = "\u200b\u2060\ufeff\u00ad"
_UNFIT = re.compile(
    "["
    "\x00-\x09\x0b-\x1f\x7f-\x9f"  # control characters, but not the newline
    "\ud800-\udfff"  # lone surrogates
    "\u202a-\u202e\u2066-\u2069"  # marks that make text read otherwise than it is stored
    "\ufdd0-\ufdef"  # and what Unicode keeps for no character at all
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)


class UnfitText(ValueError):
    """The text holds a sign that cannot be kept."""


def clean(text: str, *, lines: bool = False) -> str:
    """The text normalised (NFC), tabs as spaces, ends trimmed; newlines stay only with `lines`.

    Raises UnfitText for lone surrogates, NUL and other control characters, non-characters and
    marks that reorder text.
    """
    body = _NEWLINES.sub("\n", text).replace("\t", " ")
    if not lines and "\n" in body.strip():
        raise UnfitText
    if _UNFIT.search(body):
        raise UnfitText
    return _trimmed(unicodedata.normalize("NFC", body))


def _trimmed(text: str) -> str:
    """Without white space and invisible signs at the ends, whichever comes outermost."""
    before = None
    while before != text:
        before, text = text, text.strip().strip(_INVISIBLE)
    return text


def plain(said: str) -> str:
    """Words as they are compared: without accents, capitals or excess blanks."""
    apart = unicodedata.normalize("NFKD", said.casefold())
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())
