"""Why was a file not let in?"""

from __future__ import annotations

from typing import Any


class Unwelcome(Exception):
    """The file is not stored. `message` is a msgid that says why and what to do; `params` fill it.

    `will_pass` is true where the same file may be accepted later.
    """

    def __init__(self, message: str, *, will_pass: bool = False, **params: Any) -> None:
        super().__init__(message)
        self.message, self.will_pass, self.params = message, will_pass, params
