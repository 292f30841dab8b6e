"""Which bytes stand for a value? One canonical JSON, so that equal answers have equal hashes."""

from __future__ import annotations

import json
from typing import Any


def _refuse_floats(value: Any) -> None:
    """Floats have no one spelling; amounts are strings, so a float is a programming mistake."""
    if isinstance(value, float):
        raise TypeError("canonical JSON holds no floats: write decimals as strings")
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError("canonical JSON has string keys only")
            _refuse_floats(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_floats(inner)


def canonical_json(value: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces. Raises TypeError for what has no one spelling."""
    _refuse_floats(value)
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")
