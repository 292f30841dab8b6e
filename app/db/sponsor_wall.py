"""Which tables exist for a sponsor's connection, whatever the code above it asks?

Read by the SQLite authorizer and by the migration that grants PostgreSQL's `enlace_sponsor`.
"""

from __future__ import annotations

SPONSOR_READS: frozenset[str] = frozenset(
    {"released_summary", "routing", "summary_question", "summary_opening", "audit_head",
     "idempotency_key"}
)  # fmt: skip
"""Tables a sponsor's connection may read. The last two hold no content: a hash, and own keys."""

SPONSOR_WRITES: dict[str | None, frozenset[str]] = {
    "routing": frozenset({"state", "answered_at", "answered_by", "opened_at", "reason"}),
    "summary_question": frozenset(),
    "summary_opening": frozenset(),
    "audit_event": frozenset(),
    "audit_head": frozenset({"seq", "hash", "at"}),
    "outbox_message": frozenset(),
    "idempotency_key": frozenset(),
}
"""Tables a sponsor's connection may insert into, each with the columns it may also update."""

SPONSOR_COLUMNS: frozenset[tuple[str, str]] = frozenset(
    {("organisation", "id"), ("person", "id"), ("audit_event", "seq")}
)
"""Single columns that a foreign key or an index looks up while a sponsor's own row is written."""
