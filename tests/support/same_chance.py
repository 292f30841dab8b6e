"""How do two runs of the product draw the same ids, keys and codes, though one of them stores more than the other?

What is drawn depends on the step of the test, on the function of the product that asks, and on how often it
asked within the step: a thing that is drawn in one run alone moves nothing that others draw.
"""

from __future__ import annotations

import base64
import os
import random
import secrets
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from itsdangerous import TimestampSigner

from app import clock

_PRODUCT = str(Path(__file__).resolve().parents[2] / "app")


class SameChance:
    """Chance and the world's time, as they were in the other run."""

    def __init__(self) -> None:
        self._step = ""
        self._drawn: Counter[str] = Counter()

    def step(self, name: str) -> None:
        """What is drawn from now on is drawn within this step."""
        self._step = name
        self._drawn.clear()

    def rule(self, patch: pytest.MonkeyPatch, now: datetime) -> None:
        """From now on until the patch ends nothing else is drawn, and it is always `now` in the world."""
        patch.setattr(os, "urandom", self._bytes)
        patch.setattr(secrets, "token_bytes", lambda size=32: self._bytes(size))
        patch.setattr(secrets, "token_hex", lambda size=32: self._bytes(size).hex())
        patch.setattr(secrets, "token_urlsafe", self._urlsafe)
        patch.setattr(secrets, "choice", self._choice)
        patch.setattr(clock, "real_now", lambda: now)
        patch.setattr(TimestampSigner, "get_timestamp", lambda _self: int(now.timestamp()))

    def _bytes(self, size: int) -> bytes:
        place = _asker()
        self._drawn[place] += 1
        return random.Random(f"{self._step}|{place}|{self._drawn[place]}").randbytes(size)

    def _urlsafe(self, size: int = 32) -> str:
        return base64.urlsafe_b64encode(self._bytes(size)).decode().rstrip("=")

    def _choice(self, among: Sequence[Any]) -> Any:
        return among[int.from_bytes(self._bytes(8)) % len(among)]


def _asker() -> str:
    """The nearest function of the product."""
    frame = sys._getframe(2)
    while frame is not None:
        code = frame.f_code
        if code.co_filename.startswith(_PRODUCT) and code.co_name != "new_id":
            return f"{code.co_filename}:{code.co_name}"
        frame = frame.f_back
    return "outside"
