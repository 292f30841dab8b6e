"""Which characters can the shipped fonts print, and what stands for the others?"""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Noto Sans"
# Where the family has no sign of its own, as for ≥ and ✓, that of its sisters stands in.
FAMILIES = (FAMILY, "Noto Sans Math", "Noto Sans Symbols2")
# Stands for a character the fonts lack, so that a reader sees that something was there.
MISSING = "\N{REPLACEMENT CHARACTER}"
_LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
_LONG_WORD = re.compile(r"[^ \n]{25,}")
_STEP = 8
_CUT = "\0"


def printable(text: str) -> str:
    """The text with line ends as newlines, without invisible controls, unknown signs replaced.

    Marks that turn the direction of reading go too: in a document that is certified they could
    make one thing read as another.
    """
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return composed.translate(_signs())


def breakable(text: str) -> str | list[str]:
    """The printable text, or its pieces if a word is so long that a line must end inside it.

    A line end is preceded by a blank: without it the words on both sides are read out as one.
    """
    shown = printable(text).replace("\n", " \n")
    if not _LONG_WORD.search(shown):
        return shown
    return _LONG_WORD.sub(_cut, shown).split(_CUT)


def _cut(found: re.Match[str]) -> str:
    word = found.group()
    return _CUT.join(word[at : at + _STEP] for at in range(0, len(word), _STEP))


class _Signs(dict[int, str]):
    """For each code point what is printed; worked out once, when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = sign = _sign(chr(code), code)
        return sign


@cache
def _signs() -> _Signs:
    return _Signs()


def _sign(char: str, code: int) -> str:
    if char in _LINE_ENDS:
        return "\n"
    if char == "\t":
        return "    "
    if unicodedata.category(char) in ("Cc", "Cf") or 0xFE00 <= code <= 0xFE0F:
        return ""
    if code in covered():
        return char
    plainer = unicodedata.normalize("NFKC", char)
    return plainer if all(ord(part) in covered() for part in plainer) else MISSING


@cache
def covered() -> frozenset[int]:
    """The code points the shipped fonts can print in every weight, read from the fonts."""
    main = [_code_points(font.read_bytes()) for font in FONTS.glob("NotoSans-*.ttf")]
    sisters = [
        _code_points(font.read_bytes())
        for font in FONTS.glob("*.ttf")
        if not font.name.startswith("NotoSans-")
    ]
    return frozenset.intersection(*main).union(*sisters)


def _code_points(font: bytes) -> frozenset[int]:
    """The code points of a font's Unicode character map (format 4, which all ours carry)."""
    table = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", table, 2)
    for record in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", table, 4 + record * 8)
        (layout,) = struct.unpack_from(">H", table, offset)
        if (platform, encoding, layout) == (3, 1, 4):
            return _segments(table[offset:])
    raise ValueError("a shipped font has no Unicode character map of format 4")


def _table(font: bytes, name: bytes) -> bytes:
    (count,) = struct.unpack_from(">H", font, 4)
    for record in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", font, 12 + record * 16)
        if tag == name:
            return font[offset : offset + length]
    raise ValueError(f"a shipped font has no table {name!r}")


def _segments(table: bytes) -> frozenset[int]:
    count = struct.unpack_from(">H", table, 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + count * 2)
    deltas = struct.unpack_from(f">{count}H", table, 16 + count * 4)
    at = 16 + count * 6
    offsets = struct.unpack_from(f">{count}H", table, at)
    found = set()
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for code in range(start, end + 1):
            glyph = code
            if offsets[index]:
                place = at + index * 2 + offsets[index] + (code - start) * 2
                (glyph,) = struct.unpack_from(">H", table, place)
                if not glyph:
                    continue
            if (glyph + deltas[index]) & 0xFFFF:
                found.add(code)
    return frozenset(found - {0xFFFF})
