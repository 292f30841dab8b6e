"""With which browser is somebody signed in, in words they know it by?

Only these words are kept; what browsers say about themselves would tell people apart.
"""

from __future__ import annotations

_PROGRAMS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def name_of(user_agent: str) -> str:
    """Such as "Firefox, Windows"; empty where neither is known."""
    found = (
        next((words for mark, words in table if mark in user_agent), "")
        for table in (_PROGRAMS, _SYSTEMS)
    )
    return ", ".join(filter(None, found))
