"""Do the columns that calls read of later tables still exist there, of the same kind?"""

from __future__ import annotations

import pytest

from app import tables
from app.calls.later_tables import dossier, format_version
from app.extensions import db
from app.workflow.tables import DOSSIER


@pytest.mark.parametrize("read", [dossier, format_version], ids=lambda table: table.name)
def test_every_column_that_is_read_exists(read) -> None:
    assert tables.MODULES
    kept = db.metadata.tables[read.name]
    for column in read.columns:
        assert isinstance(kept.c[column.name].type, type(column.type)), column.name


def test_a_withdrawn_dossier_is_still_called_so() -> None:
    from app.calls.later_tables import WITHDRAWN

    assert WITHDRAWN in DOSSIER.states
