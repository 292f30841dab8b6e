"""How is Flask-Security bound to the application?

It hashes passwords and signs the tokens of reset links. The pages are
ours (`views.py`): they answer alike for known and unknown people, keep what was typed, and leave the
commit to the one place that commits.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_security import RoleMixin, Security, SQLAlchemyUserDatastore

import config
from app.accounts.models import Person
from app.extensions import db

RESET_WITHIN = timedelta(hours=1)
ARGON2 = {"argon2__type": "ID", "argon2__memory_cost": 64 * 1024, "argon2__time_cost": 3,
          "argon2__parallelism": 1}  # fmt: skip
"""Argon2id with 64 MiB and three passes; OWASP asks for at least 19 MiB and two."""


class NoRole(RoleMixin):
    """Flask-Security asks for a model of roles; Enlace's stand in memberships."""


class People(SQLAlchemyUserDatastore):
    """People as Flask-Security finds them; what it changes is committed with the request."""

    def commit(self) -> None:
        """Nothing: there is one place that commits."""


def prepare(app: Flask, settings: config.Settings) -> None:
    """Bind sign-in to the application."""
    app.config.update(
        SECURITY_PASSWORD_SALT=settings.password_salt,
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106, the name of a method
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_DEPRECATED_PASSWORD_SCHEMES=[],
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=ARGON2,
        SECURITY_RESET_PASSWORD_WITHIN=RESET_WITHIN,
        SECURITY_JOIN_USER_ROLES=False,
        SECURITY_CLI_USERS_NAME=False,
        SECURITY_CLI_ROLES_NAME=False,
        SECURITY_USE_REGISTER_V2=True,
    )
    security = Security(app, People(db, Person, NoRole), register_blueprint=False)
    _leave_identity_to_us(security)


def _leave_identity_to_us(security: Security) -> None:
    """Who asks is found by `organisations.acting` alone: no token in an address or a header lets
    anybody in, and the library puts nothing into the cookie."""
    security.login_manager.session_protection = None
    security.login_manager.request_loader(lambda request: None)
    security.login_manager.user_loader(lambda user_id: None)
