"""Does everything that is said in Spanish use the network's own words?"""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {
    r"patrocin\w*": "auspiciador",
    r"formaci[oó]n": "capacitación",
    r"cambios pedidos": "cambios solicitados",
    r"mi escritorio": "Mis pendientes",
    r"(?:el|un|este|su|los|sus|estos) recibos?": "acuse de recibo",
    r"historias?": "historial",
    r"reservas? jur[ií]dicas?": "reserva legal",
}
"""What is not said -> what is said instead."""


def spanish() -> dict[str, str]:
    """Where a text stands -> the text."""
    found = gettext.translation("messages", ROOT / "translations", ["es"])
    said = {str(key): text for key, text in vars(found)["_catalog"].items() if key}
    mails = sorted((ROOT / "templates/mail").glob("*.es.txt"))
    return said | {mail.name: mail.read_text() for mail in mails}


@pytest.mark.parametrize("banned", NOT_OURS)
def test_no_other_word_is_used_for_what_has_one(banned: str) -> None:
    texts = spanish()
    assert len(texts) > 1_000
    used = [f"{where}: {text}" for where, text in texts.items()
            if re.search(rf"\b{banned}\b", text, re.IGNORECASE)]  # fmt: skip
    assert not used, f"say “{NOT_OURS[banned]}”:\n" + "\n".join(used)
