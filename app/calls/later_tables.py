"""What does a call read of the tables that stand on floors above it?

Named here and nowhere else: the versions it may ask countries to answer under, and how many needs
were submitted in answer. A test holds these columns against the tables' own models.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Integer, String, column, table

format_version = table("format_version", column("name", String), column("version", Integer))
dossier = table(
    "dossier",
    column("id", String),
    column("organisation_id", String),
    column("call_id", String),
    column("reference", String),
    column("state", String),
    column("is_submitted", Boolean),
    column("on_behalf", Boolean),
)
WITHDRAWN = "withdrawn"
"""The state of a dossier that no longer answers the call."""
