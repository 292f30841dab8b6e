"""Which commands does `flask` have for whoever runs the server?"""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Add the commands of `app.cli`."""
