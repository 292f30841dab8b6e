"""In which time zones may a call state its hours, and in which country does each lie?"""

from __future__ import annotations

from collections.abc import Mapping

_OF_COUNTRY: Mapping[str, tuple[str, ...]] = {
    "BZ": ("America/Belize",),
    "CA": (
        "America/Toronto",
        "America/Halifax",
        "America/St_Johns",
        "America/Winnipeg",
        "America/Regina",
        "America/Edmonton",
        "America/Vancouver",
    ),
    "CR": ("America/Costa_Rica",),
    "DO": ("America/Santo_Domingo",),
    "GT": ("America/Guatemala",),
    "HN": ("America/Tegucigalpa",),
    "MX": (
        "America/Mexico_City",
        "America/Cancun",
        "America/Hermosillo",
        "America/Tijuana",
        "America/Ciudad_Juarez",
    ),
    "NI": ("America/Managua",),
    "PA": ("America/Panama",),
    "SV": ("America/El_Salvador",),
    "US": (
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Phoenix",
        "America/Los_Angeles",
        "America/Anchorage",
        "Pacific/Honolulu",
    ),
}

ZONES: Mapping[str, str] = {
    zone: country for country, zones in _OF_COUNTRY.items() for zone in zones
}
"""IANA zone -> ISO 3166-1 alpha-2 of its country, for the zones of the Conference's members."""
