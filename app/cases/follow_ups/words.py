"""What is said on the pages of a follow-up about its codes?"""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import gettext as _

from app.cases.common_format.format import CASE
from app.cases.follow_ups.kinds import CHILD, OUTCOMES_OF_COMPANION
from app.web import locale


def options(codes: str, *, but: Collection[str] = ()) -> list[tuple[str, str]]:
    """The codes of a list with what they are called."""
    return [(code.key, code.label.say(locale.lang())) for code in CASE.code_lists[codes].codes
            if code.key not in but]  # fmt: skip


def label(codes: str, code: str) -> str:
    """What a code is called."""
    return CASE.code_lists[codes].label(code, locale.lang())


def outcomes(kind: str) -> dict[str, str]:
    """How a follow-up of this kind may end: code -> what it is called."""
    if kind == CHILD:
        return dict(options("fu_outcome"))
    return {code: _(name) for code, name in OUTCOMES_OF_COMPANION.items()}
