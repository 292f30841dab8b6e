"""In which time zones do the people of the Conference work, and in which country does each lie?"""

from __future__ import annotations

from collections.abc import Mapping

_OF_MEMBERS: Mapping[str, tuple[str, ...]] = {
    "BZ": ("America/Belize",),
    "CA": (
        "America/Toronto", "America/Halifax", "America/St_Johns", "America/Winnipeg",
        "America/Regina", "America/Edmonton", "America/Vancouver",
    ),
    "CR": ("America/Costa_Rica",),
    "DO": ("America/Santo_Domingo",),
    "GT": ("America/Guatemala",),
    "HN": ("America/Tegucigalpa",),
    "MX": (
        "America/Mexico_City", "America/Cancun", "America/Hermosillo", "America/Tijuana",
        "America/Ciudad_Juarez",
    ),
    "NI": ("America/Managua",),
    "PA": ("America/Panama",),
    "SV": ("America/El_Salvador",),
    "US": (
        "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix",
        "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu",
    ),
}  # fmt: skip
_ELSEWHERE = (
    "America/Argentina/Buenos_Aires", "America/Bogota", "America/Guayaquil", "America/Jamaica",
    "America/Lima", "Europe/Madrid", "Europe/Zurich",
)  # fmt: skip
"""Zones of observers, and of the places where missions sit."""

COUNTRY_OF: Mapping[str, str] = {
    zone: country for country, zones in _OF_MEMBERS.items() for zone in zones
}
"""IANA zone -> ISO 3166-1 alpha-2 of its country, for the members' zones: a call states its hours in
one of these."""
ZONES: tuple[str, ...] = tuple(sorted((*COUNTRY_OF, *_ELSEWHERE)))
"""IANA zones of everybody: a person and an organisation have one of these."""
