"""Which format does a communication about a case follow?"""

from __future__ import annotations

from pathlib import Path

from app.intake import published

CASE = published.register(Path(__file__).with_name("format.yaml"))
