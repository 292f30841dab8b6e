"""Which commands does `flask` have for whoever runs the server?"""

from __future__ import annotations

from flask import Flask

from app.cli.audit import audit
from app.cli.backup import backup
from app.cli.doctor import doctor
from app.cli.factors import factors
from app.cli.founding import found
from app.cli.keys import keys
from app.cli.outbox import outbox
from app.cli.policy import policy
from app.cli.prepare import demo_reset, prepare
from app.cli.records import facts, formats, retention

COMMANDS = (
    prepare,
    demo_reset,
    found,
    factors,
    doctor,
    audit,
    outbox,
    policy,
    formats,
    facts,
    retention,
    backup,
    keys,
)


def register(app: Flask) -> None:
    """Add the commands of `app.cli`."""
    for command in COMMANDS:
        app.cli.add_command(command)
