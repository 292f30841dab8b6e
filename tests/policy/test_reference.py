"""Does docs/reference/permissions.md say what the table says?"""

from __future__ import annotations

from pathlib import Path

from app.cli.policy import reference

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "permissions.md"


def test_the_page_is_the_generated_one() -> None:
    assert PAGE.read_text() == reference(), "flask policy reference > docs/reference/permissions.md"
