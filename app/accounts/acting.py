"""For which organisations may the person who asks act?

People are known here and organisations are not: the feature that keeps organisations says which
they are, for a request and for somebody who is about to sign in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import g


@dataclass(frozen=True, kw_only=True)
class Choice:
    """An organisation one may act for, in the reader's language."""

    organisation_id: str
    name: str
    role_label: str


Chooser = Callable[[str], str | None]
_choosers: list[Chooser] = []


def chooses_organisation(chooser: Chooser) -> Chooser:
    """Register how the organisation is found for which a person acts after signing in."""
    _choosers[:] = [chooser]
    return chooser


def organisation_after_sign_in(person_id: str) -> str | None:
    """The organisation to act for at first; None for somebody who belongs to none any more."""
    return _choosers[0](person_id)


def choices() -> tuple[Choice, ...]:
    """The organisations the person of this request may act for, the present one among them."""
    return g.get("acting_choices", ())
