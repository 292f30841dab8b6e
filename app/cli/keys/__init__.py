"""How does whoever runs the server look after the keys that open what cases say of persons?"""

from __future__ import annotations

from flask.cli import AppGroup

from app.cli.keys.erasures import destroy_record, ledger, restore
from app.cli.keys.masters import new, rotate, status

keys = AppGroup("keys", help="Look after the keys of sealed values.")
for command in (status, new, rotate, destroy_record, ledger, restore):
    keys.add_command(command)
