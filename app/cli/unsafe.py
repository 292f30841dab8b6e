"""What does whoever gives a command read when the settings do not let Enlace start?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

import config
from app.cli.speech import tell, wrong


@contextmanager
def said_to_whoever_commands() -> Iterator[None]:
    """Under a command of `flask`, end with what is wrong with the settings instead of a traceback.

    The doctor tells it as its findings. A server gets the UnsafeSettings themselves.
    """
    try:
        yield
    except config.UnsafeSettings as fault:
        if click.get_current_context(silent=True) is None:
            raise
        if "doctor" not in sys.argv[1:]:
            raise SystemExit(f"{fault}") from None
        count = tell(wrong(f"settings: {problem}") for problem in fault.problems)
        raise SystemExit(
            f"{count} of these need attention, before anything else is looked at."
        ) from None
