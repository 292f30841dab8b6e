"""How are the jobs bound to the application?"""

from __future__ import annotations

from flask import Flask

import config


def prepare(app: Flask, settings: config.Settings) -> None:
    """Tell the queue of jobs where it is kept and for which application it works."""
