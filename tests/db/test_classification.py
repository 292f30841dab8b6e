"""Does every column have a class, and no class a column that is gone?"""

from __future__ import annotations

from collections import Counter

import pytest

from app.db.classification import CLASSES, DataClass, class_of
from app.extensions import db


def test_every_column_has_exactly_one_class() -> None:
    columns = {
        f"{table.name}.{column.name}"
        for table in db.metadata.tables.values()
        for column in table.columns
    }
    named = Counter(
        f"{table}.{column}"
        for table, classes in CLASSES.items()
        for columns in classes.values()
        for column in columns.split()
    )
    assert set(named) == columns
    assert [name for name, count in named.items() if count > 1] == []


def test_what_opens_a_door_is_secret() -> None:
    for table in db.metadata.tables.values():
        for column in table.columns:
            if column.name in ("password", "token_hash", "fs_uniquifier", "sealed", "salt"):
                assert class_of(table.name, column.name) is DataClass.SECRET


def test_what_somebody_typed_is_never_internal() -> None:
    typed = {"note", "reason", "value", "document", "content", "preview", "before", "after", "why",
             "question", "answer", "title", "late_reason", "withdrawal_reason", "email"}  # fmt: skip
    for table in db.metadata.tables.values():
        for column in typed & {column.name for column in table.columns}:
            assert class_of(table.name, column) is not DataClass.INTERNAL, f"{table.name}.{column}"


def test_a_column_without_a_class_is_an_error() -> None:
    with pytest.raises(KeyError):
        class_of("person", "shoe_size")
