"""How is a state named to this reader: its word in the reader's language, and the look of its tag?"""

from __future__ import annotations

from flask_babel import gettext as _

from app.workflow.machine import Machine
from app.workflow.names import NAMES, name_of


def state_tag(machine: Machine, state: str, *, own: bool = False) -> tuple[str, str]:
    """The word and the look of a state; `own` for the delegation whose record it is."""
    name = name_of(machine.name, state)
    return _(name.said_to(own=own)), name.look


def state_words(machine: Machine) -> dict[str, str]:
    """State -> its word, in the order of a record's life."""
    return {state: _(name.word) for state, name in NAMES[machine.name].items()}
