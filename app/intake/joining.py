"""How are two people's texts of one answer joined, so that what stands in both stands there once?

Sentence by sentence: where the texts differ, theirs comes first and mine after it. Texts without a
sentence in common stand one below the other.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_BETWEEN = re.compile(r"(?<=[.!?…])(?=\s)|(?<=\S)(?=[ \t]*\n)")
"""Before the space that follows a sentence or a line, so that each keeps the space before it."""


def joined(theirs: str, mine: str) -> str:
    """Everything that either text says; a sentence that is in both, once."""
    left, right = _BETWEEN.split(theirs), _BETWEEN.split(mine)
    words = [each.strip() for each in left], [each.strip() for each in right]
    alike = SequenceMatcher(None, *words, autojunk=False)
    if not any(left[block.a].strip() for block in alike.get_matching_blocks()[:-1]):
        return f"{theirs}\n\n{mine}".strip()
    text = ""
    for is_what, begin, end, mine_begins, mine_ends in alike.get_opcodes():
        more = [] if is_what == "equal" else right[mine_begins:mine_ends]
        for sentence in [*left[begin:end], *more]:
            is_apart = not text or text[-1].isspace() or sentence[:1].isspace()
            text += sentence if is_apart else f" {sentence}"
    return text.strip()
