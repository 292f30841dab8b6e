"""How are the built styles and scripts served: compressed before, kept for ever by browsers?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

from app.web.security_headers import HEADERS

STATIC = Path(__file__).resolve().parent.parent / "static"


def prepare(app: Flask) -> None:
    """Serve `app/static/dist` beside the application, under the same headers as every answer."""
    served = WhiteNoise(
        app.wsgi_app,
        root=None,
        max_age=60,
        immutable_file_test=lambda path, url: "/dist/" in url and url.count(".") > 1,
        add_headers_function=_add_headers,
        autorefresh=app.debug,
    )
    if (STATIC / "dist").exists():
        served.add_files(str(STATIC / "dist"), prefix="static/dist/")
    app.wsgi_app = served  # type: ignore[method-assign]


def _add_headers(headers: Any, path: str, url: str) -> None:
    for name, value in HEADERS.items():
        headers[name] = value
