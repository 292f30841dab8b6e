"""How do migrations reach the database? As its owner, outside every wall."""

from __future__ import annotations

from alembic import context
from flask import current_app

from app.db.scoping import BARE, scoped
from app.extensions import db


def run() -> None:
    """Run the migrations in one transaction on the application's own engine."""
    engine = current_app.extensions["migrate"].db.engine
    with scoped(BARE, writing=True), engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # A batch copies a table; its references must not be checked in between.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.rollback()
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            connection.rollback()


run()
