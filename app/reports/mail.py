"""Which mail does the report send? One that says where to look, and nothing of what stands there."""

from __future__ import annotations

from app.outbox.kinds import mail_with_link

mail_with_link("report-published", "/reports/editions/{edition}")
