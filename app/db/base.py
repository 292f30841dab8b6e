"""What do all tables have in common?"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, MetaData, String, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, mapped_column, registry

from app.db.types import Instant

Id = str
ID_LENGTH = 20
_ALPHABET = b"abcdefghijkmnpqrstuvwxyz23456789"
_LETTERS = _ALPHABET * (256 // len(_ALPHABET))
"""A letter for each byte: the 32 letters divide 256, so each is as likely as any other."""

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> Id:
    """A random key of about 100 bits: nothing can be guessed or counted from it."""
    return secrets.token_bytes(ID_LENGTH).translate(_LETTERS).decode()


class Base(DeclarativeBase):
    """All tables, with constraints named so that migrations can drop them again."""

    # The map stands on the registry: Flask-SQLAlchemy derives from this class once more, and
    # SQLAlchemy 2.1 refuses a map of the class's own there.
    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            datetime: Instant,
            dict[str, Any]: JSON,
            list[str]: JSON,
            str: String,
        },
    )


class Owned:
    """Mixed into tables whose rows belong to one organisation; its wall is kept by `scoping`."""

    organisation_id: Mapped[str] = mapped_column(String, index=False)
    secretariat_may_write = False
    """Whether the Secretariat may write rows of this table for another organisation."""


@event.listens_for(Mapper, "mapper_configured")
def _remember_owner(mapper: Mapper[Any], model: type) -> None:
    # Whose row it was is loaded before it is overwritten, even where nobody had looked yet: without
    # that the wall would not notice a foreign row that is made one's own.
    if issubclass(model, Owned):
        attribute = mapper.attrs["organisation_id"].class_attribute
        event.listen(attribute, "set", lambda *_: None, active_history=True)


def primary_id() -> Mapped[str]:
    return mapped_column(String, primary_key=True, default=new_id)
