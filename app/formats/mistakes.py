"""What is wrong in a document, in which file and line and at which field?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as kept
from typing import Any


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake. `message_id` is to be translated and filled with `params`."""

    file: str
    line: int
    field: str
    message_id: str
    params: Mapping[str, Any] = kept(default_factory=dict, hash=False)

    @property
    def message(self) -> str:
        """The message in English."""
        return self.say(str)

    def say(self, translate: Callable[[str], str]) -> str:
        """The message through a translator of message ids."""
        return translate(self.message_id) % self.params

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        return (
            f"{place}: {self.field}: {self.message}" if self.field else f"{place}: {self.message}"
        )


class FormatMistakes(ValueError):
    """A document cannot be used; `mistakes` has every reason, in the order of the lines."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes, key=lambda each: (each.file, each.line)))
        super().__init__("\n".join(map(str, self.mistakes)))
