"""Which format does a training need follow?"""

from __future__ import annotations

from pathlib import Path

from app.intake import published

NEED = published.register(Path(__file__).with_name("format.yaml"))
