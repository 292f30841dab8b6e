"""What does the letter say that tells a unit of a communication? That there is one, and where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.outbox.kinds import mail_kind
from app.outbox.recipients import Addressee


@mail_kind("case-delivered")
def delivered(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """Neither the country that sent it nor its kind: the page says that, behind its guard."""
    return {"path": f"/received/cases/{params['addressee']}"}
