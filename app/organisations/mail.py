"""What do messages about organisations and roles say?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import force_locale

from app import clock
from app.accounts import tokens
from app.accounts.models import Invitation
from app.extensions import db
from app.organisations import words
from app.organisations.models import Membership, Organisation
from app.outbox.kinds import mail_kind
from app.outbox.recipients import Addressee


@mail_kind("invitation")
def invitation(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """The link, and until when it holds."""
    invited = db.session.get_one(Invitation, recipient.id)
    # Links go by the world's time, letters by the product's: in the demonstration it is 2004.
    ends_at = invited.expires_at + (clock.now() - clock.real_now())
    return {
        **_role(invited.organisation_id, invited.role, recipient.lang),
        "path": f"/invitations/{tokens.of_invitation(invited.id)}",
        "ends_at": ends_at,
    }


@mail_kind("invitation-accepted")
def invitation_accepted(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """Where somebody now works with whoever invited them."""
    invited = db.session.get_one(Invitation, params["invitation"])
    return _role(invited.organisation_id, invited.role, recipient.lang)


@mail_kind("role-given")
@mail_kind("role-ended")
def role(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """Which role, and of which organisation."""
    held = db.session.get_one(Membership, params["membership"])
    return _role(held.organisation_id, held.role, recipient.lang)


def _role(organisation_id: str, role: str, lang: str) -> dict[str, Any]:
    organisation = db.session.get_one(Organisation, organisation_id)
    with force_locale(lang):
        return {"organisation": organisation.name(lang), "role": words.say_role(role), "path": "/"}
