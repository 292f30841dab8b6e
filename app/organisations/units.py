"""Which kinds of units protect people, and so learn and say of them what others do not?"""

from __future__ import annotations

PROTECTING = ("child_protection", "consular", "women", "health", "education", "victims", "ombuds")
"""Kinds of units that assist or protect. To those that guard borders, investigate or judge, the follow-up of
a child does not exist; and that somebody shows no sign of needing asylum is established by these alone."""
