"""How does what was understood of a file wait until somebody says that a draft shall begin with it?

Nothing is stored meanwhile: the page itself carries it, signed for whoever sent the file. It holds no personal and no
secret answer, since none is read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from app.cases.common_format.format import CASE
from app.cases.exchanges.actions import Beginning, start
from app.cases.exchanges.models import Exchange
from app.cases.htcds.importing import Examined
from app.formats.conditions import applies
from app.formats.words import N_
from app.policy.actor import Actor
from app.web.errors import Refusal

KIND = "report_kind"
LASTS = 4 * 60 * 60
"""Seconds."""
TOO_OLD = N_("What was read of the file is not at hand any more. Send the file again.")


@dataclass(frozen=True)
class Waiting:
    """What a draft may begin with."""

    document: dict[str, Any]

    @classmethod
    def of(cls, examined: Examined) -> Waiting | None:
        """What an examined file holds; None where it holds nothing."""
        taken = examined.taken
        return cls(taken.document) if taken is not None and taken.document else None

    def count(self, table: str) -> int:
        """How many rows a table would get."""
        return len(self.document.get(table, ()))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of communication whose form asks for all of it."""
        return tuple(code.key for code in CASE.code_lists[KIND].codes if self._fits(code.key))

    def _fits(self, kind: str) -> bool:
        said = {**self.document, KIND: kind}
        return all(applies(CASE, CASE.field(key), said) for key in self.document)

    def carried(self, actor: Actor) -> str:
        """How the page carries it."""
        return str(_signer().dumps([actor.person_id, actor.organisation_id, self.document]))


def carried_back(actor: Actor, carried: str) -> Waiting:
    """What a page carried. Raises Refusal for what is old, or was made for somebody else."""
    try:
        person, organisation, document = _signer().loads(carried, max_age=LASTS)
    except (BadData, ValueError, TypeError):
        raise Refusal(TOO_OLD, field="file") from None
    if (person, organisation) != (actor.person_id, actor.organisation_id):
        raise Refusal(TOO_OLD, field="file")
    return Waiting(document)


def begin(actor: Actor, waiting: Waiting, begins: Beginning) -> Exchange:
    """A new draft that holds what was read of the file. Raises NotBegun."""
    fits = begins.kind in waiting.kinds
    return start(actor, begins if fits else replace(begins, kind=""), given=waiting.document)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="cases.htcds")
