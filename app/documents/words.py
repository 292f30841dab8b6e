"""What does a document say by itself, beside what it was given?

A document is written in its own language, which need not be its reader's: a Spanish edition is
made by someone reading Enlace in English. So these few words stand here in both, side by side.
"""

from __future__ import annotations

from typing import Literal

_WORDS: dict[str, dict[str, str]] = {
    "es": {
        "page": "Página",
        "of": "de",
        "contents": "Contenido",
        "proposal": "Propuesta de la Secretaría Técnica",
        "total": "Total",
        "reference": "Referencia",
        "date": "Fecha",
        "about": "Portada",
        "logo": "Dos anillos enlazados, la marca de Enlace",
        "chart": "Gráfico",
    },
    "en": {
        "page": "Page",
        "of": "of",
        "contents": "Contents",
        "proposal": "Proposal of the Technical Secretariat",
        "total": "Total",
        "reference": "Reference",
        "date": "Date",
        "about": "Cover",
        "logo": "Two linked rings, the mark of Enlace",
        "chart": "Chart",
    },
}


def words(lang: Literal["es", "en"]) -> dict[str, str]:
    """The words of one language by their key; raises KeyError for a language without them."""
    return dict(_WORDS[lang])
