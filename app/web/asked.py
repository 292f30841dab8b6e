"""Which words of an address does a list not know? They are left aside, and the page says so."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask import request
from flask_babel import gettext as _

from app.formats.words import N_

LABELS = {
    "state": N_("State"),
    "call": N_("Call"),
    "country": N_("Country"),
    "theme": N_("Thematic content"),
    "order": N_("Order"),
    "kind": N_("Kind"),
}
"""What a list may be asked for, as its page calls it."""


def unknown(known: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Which of these the address asks for with a word that is none of the known ones."""
    return tuple(
        name
        for name, words in known.items()
        if (word := request.args.get(name)) and word not in words
    )


def said(names: Collection[str]) -> str:
    """The sentence about what was left aside; empty where nothing was."""
    if not names:
        return ""
    labels = ", ".join(_(LABELS[name]) for name in names)
    return _("The address asks for something that is not known here. It was left aside: %(labels)s.",
             labels=labels)  # fmt: skip
