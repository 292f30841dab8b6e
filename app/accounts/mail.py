"""What do messages about accounts say?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.accounts import tokens
from app.accounts.models import Person
from app.extensions import db
from app.outbox.kinds import mail_kind, mail_with_link
from app.outbox.recipients import Addressee

mail_with_link("password-changed", "/password/forgotten")


@mail_kind("password-reset")
def password_reset(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """The link is made now, so that its hour begins now and no queue ever holds it."""
    person = db.session.get_one(Person, recipient.id)
    return {"path": f"/password/{tokens.for_reset(person)}"}
