"""Does everything that is said in Spanish use the network's own words?"""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {
    r"patrocin\w*": "auspiciador",
    r"formaci[oó]n": "capacitación",
    r"cambios pedidos": "cambios solicitados",
    r"mi escritorio": "Mis pendientes",
    r"(?:el|un|este|su|los|sus|estos) recibos?": "acuse de recibo",
    r"historias?": "historial",
    r"reservas? jur[ií]dicas?": "reserva legal",
    r"ofertas?": "ofrecimiento",
    r"(?:necesidades|necesidad) (?:similar|parecida)(?:e?s)?": "necesidades afines",
    r"añad\w+": "agregar",
    r"nominaci[oó]n(?:es)?|nominad[ao]s?|nominar": "postulación",
    r"l[ií]neas? de (?:costo|gasto)s?": "rubro",
    r"plazas?": "cupo",
    r"brechas?": "monto sin financiar",
    r"(?:la|su|nuestra) palabra (?:de su|de un|del|de los) pa[ií]s(?:es)?": "respuesta",
}
"""What is not said -> what is said instead."""


@cache
def spanish() -> dict[str, str]:
    """Where a text stands -> the text."""
    found = gettext.translation("messages", ROOT / "translations", ["es"])
    said = {str(key): text for key, text in vars(found)["_catalog"].items() if key}
    mails = sorted((ROOT / "templates/mail").glob("*.es.txt"))
    said |= {mail.name: mail.read_text() for mail in mails}
    for path in sorted((ROOT / "app").rglob("*.py")):
        for line, text in texts_of(ast.parse(path.read_text())):
            said[f"{path.relative_to(ROOT)}:{line}"] = text
    for path in sorted((ROOT / "app/needs").glob("*.yaml")):
        said |= {
            f"{path.name}: {text}": text for text in labels_of(yaml.safe_load(path.read_text()))
        }
    return said


def texts_of(module: ast.Module) -> Iterator[tuple[int, str]]:
    """The Spanish side of what the code itself says in both languages: Text("…", "…"), say("…", "…")."""
    for node in ast.walk(module):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"Text", "say", "_fixed"}
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield node.lineno, str(node.args[0].value)


def labels_of(form: Any) -> Iterator[str]:
    """All that a form says in Spanish."""
    if isinstance(form, dict):
        if isinstance(form.get("es"), str):
            yield form["es"]
        for each in form.values():
            yield from labels_of(each)
    elif isinstance(form, list):
        for each in form:
            yield from labels_of(each)


@pytest.mark.parametrize("banned", NOT_OURS)
def test_no_other_word_is_used_for_what_has_one(banned: str) -> None:
    texts = spanish()
    assert len(texts) > 3_000
    used = [f"{where}: {text}" for where, text in texts.items()
            if re.search(rf"\b{banned}\b", text, re.IGNORECASE)]  # fmt: skip
    assert not used, f"say “{NOT_OURS[banned]}”:\n" + "\n".join(used)
