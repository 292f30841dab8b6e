"""How are deadlines and hours written so that any calendar reads them (RFC 5545)?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

LONGEST = 75
"""Bytes of a line; RFC 5545, 3.1."""
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, kw_only=True)
class Event:
    """One instant, or the hours up to another. It keeps its id; `revision` and `changed_at` grow with
    each change, so that calendars take the newer one."""

    id: str
    at: datetime
    summary: str
    revision: int
    changed_at: datetime
    until: datetime | None = None
    is_cancelled: bool = False


def write(name: str, host: str, events: Iterable[Event], now: datetime) -> bytes:
    """The calendar, in UTF-8, its lines folded and ended as the standard asks."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Enlace//Deadlines//ES", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]  # fmt: skip
    for each in events:
        lines += [
            "BEGIN:VEVENT", f"UID:{each.id}@{host}", f"DTSTAMP:{_instant(now)}",
            f"DTSTART:{_instant(each.at)}",
            *([f"DTEND:{_instant(each.until)}"] if each.until else []), f"SUMMARY:{_text(each.summary)}",
            f"SEQUENCE:{each.revision}", f"LAST-MODIFIED:{_instant(each.changed_at)}",
            f"STATUS:{'CANCELLED' if each.is_cancelled else 'CONFIRMED'}", "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]  # fmt: skip
    lines.append("END:VCALENDAR")
    return b"".join(folded + b"\r\n" for line in lines for folded in _folded(line))


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    return words.replace("\r", "").translate(ESCAPED)


def _folded(line: str) -> Iterator[bytes]:
    """The line in pieces of at most LONGEST bytes, no letter torn; each but the first begins with a
    blank."""
    piece = b""
    for letter in line:
        byte = letter.encode()
        if len(piece) + len(byte) > LONGEST:
            yield piece
            piece = b" "
        piece += byte
    yield piece
