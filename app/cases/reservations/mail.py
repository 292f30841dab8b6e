"""What do messages about reservations say? That something changed, and where it is read."""

from __future__ import annotations

from app.outbox.kinds import mail_with_link

mail_with_link("reservation-changed", "/reservations/rules/{rule}")
