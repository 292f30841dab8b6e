"""Why can a value not be sealed or opened? No refusal says which value, or how near somebody came."""

from __future__ import annotations


class SealingUnavailable(Exception):
    """There is no master key, or not the one with which keys were wrapped. Everything else goes on."""

    def __init__(self) -> None:
        super().__init__("sealed values are closed: the master key is not there")


class Unopenable(Exception):
    """These bytes were not sealed for this place: moved, cut, changed, replayed, or never sealed."""

    def __init__(self) -> None:
        super().__init__("a sealed value cannot be opened")


class Erased(Unopenable):
    """The record's key was destroyed. Nothing of it can be opened again, and nothing sealed."""
