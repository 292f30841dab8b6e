"""Do the reference pages say what the program does?"""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import config
from app.cli.policy import reference

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
NAMES = {"environment": "ENV"}


def test_every_setting_is_explained_and_nothing_else() -> None:
    explained = set(re.findall(r"`ENLACE_([A-Z_]+)`", (REFERENCE / "settings.md").read_text()))
    known = {NAMES.get(field.name, field.name.upper()) for field in fields(config.Settings)}
    assert explained == known


def test_the_defaults_are_those_of_the_program() -> None:
    page = (REFERENCE / "settings.md").read_text()
    for field in fields(config.Settings):
        if isinstance(field.default, int) and field.default:
            row = f"| `ENLACE_{field.name.upper()}` | {field.default} |"
            assert row in page, row


def test_the_page_of_permissions_is_the_table() -> None:
    """When it fails: .venv/bin/flask --app wsgi policy reference > docs/reference/permissions.md"""
    assert (REFERENCE / "permissions.md").read_text() == reference()
