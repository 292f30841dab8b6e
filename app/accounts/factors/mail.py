"""What do messages about second factors say?"""

from __future__ import annotations

from app.outbox.kinds import mail_with_link

mail_with_link("factor-added", "/me/second-factor")
mail_with_link("factor-removed", "/me/second-factor")
mail_with_link("factor-reset", "/me/second-factor")
