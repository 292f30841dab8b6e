"""Which tables exist for a sponsor's connection, whatever the code above it asks?

Read by the SQLite authorizer. The migration that grants PostgreSQL's `enlace_sponsor` says the same for
itself, since a migration stays as it was; a test holds the grants against this.
"""

from __future__ import annotations

SPONSOR_READS: frozenset[str] = frozenset(
    {"released_summary", "routing", "summary_question", "summary_opening", "routing_answer",
     "country_request", "country_reveal", "audit_head",
     "idempotency_key", "offer", "offer_line", "offer_move", "exchange_rate", "course_sheet",
     "course_invitation", "course_country_told", "course_part", "course_standing", "pledge", "pledge_line", "pledge_move", "follow_up"}
)  # fmt: skip
"""Tables a sponsor's connection may read; audit_head and idempotency_key hold no content."""

SPONSOR_INSERTS: frozenset[str | None] = frozenset(
    {"summary_question", "summary_opening", "routing_answer",
     "country_request", "audit_event", "outbox_message", "idempotency_key",
     "offer", "offer_line", "offer_move", "pledge", "pledge_line", "pledge_move",
     "course_standing_change"}
)  # fmt: skip
"""Tables a sponsor's connection may add rows to."""

SPONSOR_UPDATES: dict[str | None, frozenset[str]] = {
    "routing": frozenset({"state", "answered_at", "answered_by", "opened_at", "reason"}),
    "audit_head": frozenset({"seq", "hash", "at"}),
    "offer": frozenset(
        [
            "kind",
            "roles",
            "provider_type",
            "state",
            "title",
            "text",
            "lang",
            "themes",
            "profiles",
            "level",
            "seats_min",
            "seats_max",
            "countries",
            "modalities",
            "languages",
            "days",
            "hours_per_day",
            "window_from",
            "window_to",
            "valid_until",
            "amount",
            "currency",
            "last_spending_on",
            "nomination",
            "vetting",
            "ratio",
            "rank",
            "clearance",
            "host_needed",
            "materials",
            "licence",
            "certificate",
            "prior_editions",
            "contact",
            "date_known",
            "remind_on",
            "named_to_sponsors",
            "edition",
            "revision",
            "changed_at",
            "opened_at",
            "ended_at",
            "reason",
        ]
    ),
    "course_invitation": frozenset({"opened_at", "countries_asked_at"}),
    "course_part": frozenset({"state", "reason", "said_by", "said_at"}),
    "follow_up": frozenset({"answer", "text", "lang", "answered_by", "answered_at"}),
    "pledge": frozenset({"state", "round", "expires_on", "conditions", "reason", "revision"}),
}
"""Tables in which a sponsor's connection may change a row, each with the columns it may change."""

SPONSOR_COLUMNS: frozenset[tuple[str, str]] = frozenset(
    {("organisation", "id"), ("person", "id"), ("audit_event", "seq"), ("course", "id")}
)
"""Single columns that a foreign key or an index looks up while a sponsor's own row is written."""

SPONSOR_TRIGGERS: frozenset[str | None] = frozenset({"pledge_stands"})
"""What the database itself does while a sponsor's own row is written, and may reach beyond it for."""
