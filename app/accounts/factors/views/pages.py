"""Under which addresses do the pages of second factors stand, and what do their forms ask?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import gettext as _

from app.accounts.factors import freshness
from app.accounts.factors.freshness import FactorNeeded
from app.accounts.factors.models import Factor, Kind
from app.web.errors import error_page
from app.web.htmx import wants_fragment
from app.web.identity import SAFE

blueprint = Blueprint("factors", __name__)


@dataclass(frozen=True)
class Asked:
    """What `ui.factor()` shows."""

    is_wanted: bool
    kinds: tuple[str, ...]

    @property
    def has_passkey(self) -> bool:
        return Kind.PASSKEY in self.kinds

    @property
    def has_codes(self) -> bool:
        return Kind.TOTP in self.kinds or Kind.SHEET in self.kinds

    @property
    def is_figures(self) -> bool:
        return Kind.SHEET not in self.kinds

    @property
    def label(self) -> str:
        """What the box is called; of a passkey alone there is none."""
        return _("Code of your second factor") if self.has_codes else _("Second factor")

    @property
    def hint(self) -> str:
        """Where the code is found."""
        if Kind.TOTP in self.kinds and Kind.SHEET in self.kinds:
            return _("The six figures that your program shows now, or a code of your sheet that you have"
                     " not used.")  # fmt: skip
        if Kind.TOTP in self.kinds:
            return _("The six figures that your program shows now.")
        if Kind.SHEET in self.kinds:
            return _("A code of your sheet that you have not used.")
        return _("Asked for again after ten minutes.")


@blueprint.app_template_global()
def second_factor() -> Asked:
    """What a form asks for before it does what needs a second factor."""
    return Asked(not freshness.is_fresh(), freshness.kinds())


@blueprint.app_errorhandler(FactorNeeded)
def needed(error: FactorNeeded) -> Response:
    """A page leads to the place where a factor is given and comes back; a form keeps its text."""
    if request.method in SAFE and not wants_fragment():
        here = request.full_path.rstrip("?")
        return redirect(url_for("factors.give", next=here), 303)  # type: ignore[return-value]
    return error_page(403, error.say())


def name_of(factor: Factor) -> str:
    """What a factor is called: as its person does, else what it is."""
    return factor.name or kind_of(factor.kind)


def kind_of(kind: str) -> str:
    """What a kind of factor is called."""
    names: dict[str, Any] = {
        Kind.TOTP: _("Program that shows codes"),
        Kind.PASSKEY: _("Passkey"),
        Kind.SHEET: _("Sheet of codes"),
    }
    return str(names[kind])
