"""What stands on the page of one's own communication: its next step, its units, its matter, what was released?"""

from __future__ import annotations

from typing import Any

from app.cases.exchanges import naming, queries, unreleased
from app.cases.exchanges.erasing import queries as erasures
from app.cases.exchanges.opened import OpenedCase
from app.formats.completeness import section_states
from app.formats.projection import Viewer, project
from app.formats.shown import ShownSection
from app.intake.actions import document_in
from app.intake.answers import document_of, written
from app.intake.discarding.views import discarded
from app.intake.lifecycle import next_section
from app.intake.models import Version
from app.intake.mounting import Mount
from app.intake.queries import latest_version
from app.intake.views import chain
from app.policy.actor import Actor


def of_case(actor: Actor, mount: Mount, case: OpenedCase) -> dict[str, Any]:
    """All of it, for the page to draw."""
    found = queries.addressees_of([case.id])[case.id]
    version = None if case.draft else latest_version(case)
    document = document_of(case.format, written(case.draft)) if case.draft else {}
    stood = section_states(case.format, document) if case.draft else {}
    return {
        "case": case, "exchange": case.exchange, "form": case.format, "addressees": found,
        "receipts": queries.receipts_of([row.Addressee.id for row in found]),
        "thread": queries.thread(actor, case.exchange.thread_id),
        "tasks": chain(mount, case, document, stood, {}, "")[:-1] if stood else [],
        "next_section": next_section(case, document, stood, {}) if stood else "",
        "shown": _certified(version, case), "kept_until": unreleased.last_day(case),
        "kept_days": unreleased.KEPT.days,
        "erasure_waits": erasures.is_waiting(case.id),
        "discarded": None if case.exchange.erased_at else discarded(case),
    }  # fmt: skip


def _certified(version: Version | None, case: OpenedCase) -> tuple[ShownSection, ...]:
    """What was released last, as its own unit reads it without opening anything."""
    if version is None or case.exchange.erased_at is not None:
        return ()
    document = document_in(version)
    return naming.named(project(case.format, document, Viewer("own")), case.format, document)
