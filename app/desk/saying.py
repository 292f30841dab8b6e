"""How are days, deadlines and countries said on a desk?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app import clock
from app.calls import wording
from app.reports.models import Edition
from app.web import locale


def line(*parts: str) -> str:
    """Short facts on one line."""
    return " · ".join(parts)


def day(instant: datetime) -> str:
    """The day of an instant on the reader's own calendar."""
    return locale.show_date(instant.astimezone(locale.zone_info()).date())


def deadline(closes_at: datetime, zone: str) -> str:
    """When a period ends in its stated zone, and how long is left."""
    left = wording.time_left(closes_at, clock.now(), zone)
    return line(locale.show_deadline(closes_at, zone), left)


def organisation(row: Any) -> str:
    """The organisation named in a row, in the reader's language."""
    return row.name_en if locale.lang() == "en" else row.name_es


def edition(found: Edition) -> str:
    """Which edition of its call's report it is."""
    return _("edition %(number)s", number=found.number)


def shortened(text: str, words: int = 20) -> str:
    """The first words of a text."""
    found = text.split()
    return " ".join(found[:words]) + ("…" if len(found) > words else "")
