"""Which code of the standard is meant by what stands in a cell, and how far does it stray?"""

from __future__ import annotations

from collections.abc import Iterator

from app.cases.htcds.findings import (
    BLANKS,
    LABEL_FOR_CODE,
    OTHER_SPELLING,
    UNKNOWN_CODE,
    At,
    Effect,
    Finding,
    tidy,
)
from app.cases.htcds.standard import Item, bare


def read_code(item: Item, said: str, at: At) -> tuple[str | None, list[Finding]]:
    """The code that is meant, None where there is none such; and what is to be said of it."""
    plain = tidy(said)
    code = plain if plain in item.codes else item.code_of(plain)
    if code is None:
        return None, [at.finding(UNKNOWN_CODE, "", plain, Effect.LEFT_OUT)]
    found = [at.finding(BLANKS, plain, said, Effect.UNDERSTOOD)] if said != plain else []
    return code, [*found, *_strays(item, code, plain, at)]


def _strays(item: Item, code: str, said: str, at: At) -> Iterator[Finding]:
    if said == code:
        return
    label = item.codes[code]
    if bare(said) == bare(code) and " " not in said:
        yield at.finding(OTHER_SPELLING, code, said, Effect.UNDERSTOOD)
    elif bare(said) == bare(label) or item.is_country:
        yield at.finding(LABEL_FOR_CODE, code, said, Effect.UNDERSTOOD)
        if said != label:
            yield at.finding(OTHER_SPELLING, label, said, Effect.UNDERSTOOD)
    else:
        yield at.finding(OTHER_SPELLING, code, said, Effect.UNDERSTOOD)


def read_label(label: str, said: str, at: At) -> Iterator[Finding]:
    """What is to be said of the label that a file gives to a code or a field."""
    if said != tidy(said):
        yield at.finding(BLANKS, tidy(said), said)
    if tidy(said) != label:
        yield at.finding(OTHER_SPELLING, label, tidy(said))
