"""How does a job travel through the queue? As JSON: what is read from a queue must never run."""

from __future__ import annotations

import json
from typing import Any

from huey.registry import Message
from huey.serializer import Serializer


class JsonSerializer(Serializer):
    """Writes huey's messages as JSON. A job takes ids and plain numbers only."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data._asdict() if isinstance(data, Message) else data).encode()

    def _deserialize(self, data: bytes) -> Any:
        read = json.loads(data)
        return Message(**read) if isinstance(read, dict) else read
