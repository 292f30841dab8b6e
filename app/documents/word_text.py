"""How does a text stand in Word's XML? In runs, with its line ends, tabs and language."""

from __future__ import annotations

import re
from html import escape

from app.figures.xml import legal

# Word has no name for the Spanish of all Latin America that every version knows.
_SPANISH_OF_THE_REGION = "es-MX"
_PARTS = re.compile("([\n\t])")
_BREAKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def run(text: str, *, properties: str = "") -> str:
    """A run of text; `properties` is the XML inside its w:rPr."""
    shape = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{shape}{content(text)}</w:r>"


def content(text: str) -> str:
    """The inside of a run: text, line ends and tabs."""
    if text.isprintable():
        return f'<w:t xml:space="preserve">{escape(text, quote=False)}</w:t>'
    lines = legal(text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(
        _BREAKS.get(part) or f'<w:t xml:space="preserve">{escape(part, quote=False)}</w:t>'
        for part in _PARTS.split(lines)
        if part
    )


def attribute(text: str) -> str:
    """A text as the value of an attribute, on one line."""
    return escape(" ".join(legal(text).split()), quote=True)


def tagged(language: str, *, namespaces: str = "") -> str:
    """The element that says in which language a run is."""
    return f'<w:lang{namespaces} w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'


def language_tag(lang: str, locale: str) -> str:
    """Word's name for a language as a region writes it: es-HN, en-CA."""
    region = locale.partition("_")[2]
    if locale.startswith(lang) and len(region) == 2:
        return f"{lang}-{region}"
    return _SPANISH_OF_THE_REGION if lang == "es" else "en-US"
