"""In which time zones do the people of the Conference work?"""

from __future__ import annotations

ZONES: tuple[str, ...] = (
    "America/Belize", "America/Bogota", "America/Argentina/Buenos_Aires", "America/Cancun",
    "America/Chicago", "America/Costa_Rica", "America/Denver", "America/Edmonton",
    "America/El_Salvador", "America/Guatemala", "America/Guayaquil", "America/Halifax",
    "America/Hermosillo", "America/Jamaica", "America/Lima", "America/Los_Angeles",
    "America/Managua", "America/Mexico_City", "America/New_York", "America/Panama",
    "America/Phoenix", "America/Regina", "America/Santo_Domingo",
    "America/St_Johns", "America/Tegucigalpa", "America/Tijuana", "America/Toronto",
    "America/Vancouver", "America/Winnipeg", "Europe/Zurich", "Europe/Madrid", "Pacific/Honolulu",
)  # fmt: skip
"""IANA zones of members, observers, and of the places where their missions sit."""
