"""How is signing in set up?"""

from __future__ import annotations

from flask import Flask

import config


def prepare(app: Flask, settings: config.Settings) -> None:
    """Bind sign-in to the application."""
