"""Under which name is a file kept and given back, whatever name it came with?"""

from __future__ import annotations

import unicodedata

LONGEST = 120
UNWANTED = frozenset('/\\:*?"<>|%')


def clean(name: str) -> str:
    """The name without path, control characters, marks that turn its direction, or excess length.

    The ending is kept. A name of which nothing is left becomes "archivo".
    """
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(letter for letter in plain if _may_stay(letter))
    plain = " ".join(plain.split()).rstrip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        stem, ending = plain, ""
    ending = ending[:10]
    stem = stem.strip(". ")[: LONGEST - len(ending) - 1] or "archivo"
    return f"{stem}.{ending}" if ending else stem


def _may_stay(letter: str) -> bool:
    # Cc, Cf: control and direction marks; Cs: half a surrogate pair; Co, Cn: nobody's letters.
    return letter == " " or (letter not in UNWANTED and unicodedata.category(letter)[0] not in "CZ")


def ending_of(name: str) -> str:
    """The ending in small letters, empty where there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""
