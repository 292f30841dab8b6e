"""Which state follows from which verb?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class NotNow(Exception):
    """The record's state does not allow the verb; somebody else may have been faster."""

    def __init__(self, machine: str, state: str, verb: str) -> None:
        super().__init__(f"{machine}: {verb} from {state}")
        self.machine, self.state, self.verb = machine, state, verb

    def say(self) -> str:
        """What became of the record, in words for the reader; empty where no more is known."""
        return ""


@dataclass(frozen=True)
class Machine:
    """The life of one kind of record: states, and the verb that leads from one to another."""

    name: str
    initial: str
    states: tuple[str, ...]
    moves: Mapping[tuple[str, str], str]

    def may(self, state: str, verb: str) -> bool:
        return (state, verb) in self.moves

    def after(self, state: str, verb: str) -> str:
        """The state that the verb leads to. Raises NotNow for a pair that is not in the table."""
        try:
            return self.moves[state, verb]
        except KeyError:
            raise NotNow(self.name, state, verb) from None

    @property
    def verbs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(verb for _, verb in self.moves))
