"""Who is expected to pay which line, and who does what, if nobody says otherwise?

The split of the recommendations of May 2004 (recommendation 2), which governs the offers of that year
and is a default elsewhere that the Secretariat edits. It commits nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

SPLIT_2004: Mapping[str, tuple[str, ...]] = MappingProxyType({
    # "financiarán los costos del traslado y alojamiento de los capacitadores, así como los materiales"
    "trainers_travel": ("sponsor",),
    "trainers_lodging": ("sponsor",),
    "materials": ("sponsor",),
    # "el país sede cubrirá, en colaboración con la Secretaría Técnica, los gastos … de la logística"
    "venue_logistics": ("host", "st"),
    # "coadyuvar en la búsqueda de recursos … con la participación de los países beneficiados"
    "participants_travel": ("unfunded", "beneficiary"),
    "participants_lodging": ("unfunded", "beneficiary"),
    "participants_food": ("unfunded", "beneficiary"),
})  # fmt: skip
"""Cost line -> who is expected to cover it; of every other line nobody is yet."""
NOBODY_YET = ("unfunded",)

ROLES_2004: Mapping[str, str] = MappingProxyType(
    {"content": "unhcr", "technical": "iom", "fund_seeker": "iom"}
)
"""Role -> key of the organisation that took it on."""

COMPONENTS_2004: tuple[tuple[str, str, str], ...] = (
    ("Aspectos básicos de tráfico ilícito de migrantes y trata de personas",
     "Basics of smuggling of migrants and trafficking in persons", ""),
    ("Derecho internacional de los refugiados", "International refugee law", "unhcr"),
)  # fmt: skip
"""Title in Spanish, in English, and the key of whoever gives it."""


def apply_default_split(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Each of these lines with who is expected to pay it, as in 2004."""
    return {line: SPLIT_2004.get(line, NOBODY_YET) for line in lines}
