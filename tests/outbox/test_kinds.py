"""Has every kind of mail that is promised somewhere its words in both languages?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from app import create_app
from app.outbox import kinds
from app.outbox.letters import FOLDER, LANGUAGES
from tests.support.world import settings

APP = Path(__file__).resolve().parents[2] / "app"
POSITION = {"to_person": 1, "to_invited": 1, "to_roles": 2, "to_kind": 2}


def promised() -> Iterator[tuple[str, str]]:
    """(kind, file) for each promise whose kind is written out."""
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            place = POSITION.get(node.func.attr)
            if place is None or len(node.args) <= place:
                continue
            kind = node.args[place]
            if isinstance(kind, ast.Constant) and isinstance(kind.value, str):
                yield kind.value, path.name


def test_there_are_promises() -> None:
    assert len(set(promised())) > 5


def test_every_promised_kind_is_registered(tmp_path: Path) -> None:
    create_app(settings(f"sqlite:///{tmp_path / 'x.db'}", tmp_path))
    assert {kind for kind, _ in promised()} <= set(kinds.names())


def test_every_registered_kind_has_a_template_in_each_language(tmp_path: Path) -> None:
    create_app(settings(f"sqlite:///{tmp_path / 'x.db'}", tmp_path))
    for kind in (*kinds.names(), "layout"):
        for lang in LANGUAGES:
            path = FOLDER / f"{kind}.{lang}.txt"
            assert path.exists(), path.name


def test_every_template_belongs_to_a_kind_and_to_both_languages(tmp_path: Path) -> None:
    create_app(settings(f"sqlite:///{tmp_path / 'x.db'}", tmp_path))
    for path in FOLDER.glob("*.txt"):
        kind, lang, _ = path.name.split(".")
        assert lang in LANGUAGES
        assert kind == "layout" or kind in kinds.names(), path.name
        subject, _, body = path.read_text().strip().partition("\n")
        assert subject.strip(), path.name
        assert body.strip(), path.name
