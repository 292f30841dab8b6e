"""What is the application made of? Lists only; whatever decides something lives elsewhere."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from app import jobs_setup
from app import tables as tables
from app.accounts import limit_storage
from app.accounts import setup as accounts_setup
from app.cli import commands
from app.db import engine, installation
from app.extensions import babel, compress, csrf, db, htmx, limiter, mail, migrate
from app.features import FEATURES
from app.sealing import keys as sealing
from app.web import (
    bystanders,
    live,
    locale,
    logs,
    navigation,
    pipeline,
    static_files,
    template_globals,
)
from app.web.guard import refuse_unguarded

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: config.Settings | None = None) -> Flask:
    """The application for these settings, or for those of the environment.

    Raises UnsafeSettings, FormatMistakes or Unguarded rather than starting wrongly.
    """
    settings = settings or config.from_environment()
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder="static")
    app.config.update(flask_settings(settings))
    extend(app, settings)
    logs.prepare(app)
    installation.prepare(app)
    pipeline.prepare(app)
    template_globals.prepare(app)
    live.prepare(app, settings.live_streams)
    for feature in FEATURES:
        app.register_blueprint(feature.blueprint)
        navigation.register(getattr(feature, "NAV", None))
    commands.register(app)
    refuse_unguarded(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    static_files.prepare(app)
    return app


def extend(app: Flask, settings: config.Settings) -> None:
    """Bind the libraries to the application."""
    db.init_app(app)
    with app.app_context():
        engine.prepare(db.engine)
        engine.watch(db.session)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    babel.init_app(app, locale_selector=locale.locale, timezone_selector=locale.zone)
    htmx.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)
    mail.init_app(app)
    compress.init_app(app)
    sealing.prepare(app, settings)
    accounts_setup.prepare(app, settings)
    jobs_setup.prepare(app, settings)
    bystanders.excuse(app)


def flask_settings(settings: config.Settings) -> dict[str, object]:
    """What Flask and its extensions are told."""
    secure = settings.secure_cookies
    return {
        "ENLACE": settings,
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine.options(settings.database_url),
        "SESSION_COOKIE_NAME": "__Host-enlace" if secure else "enlace",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings.session_hours),
        "MAX_CONTENT_LENGTH": settings.upload_megabytes * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 3000,
        "TRUSTED_HOSTS": list(settings.hosts) or None,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 7,
        "COMPRESS_MIN_SIZE": 1000,
        "COMPRESS_MIMETYPES": ["text/html", "text/csv", "application/pdf"],
        "COMPRESS_STREAMS": False,
        "WTF_CSRF_CHECK_DEFAULT": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "BABEL_DEFAULT_LOCALE": "es",
        "BABEL_DEFAULT_TIMEZONE": "America/Panama",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
        "RATELIMIT_STORAGE_URI": limit_storage.URI,
        "MAIL_SERVER": settings.mail_server or "127.0.0.1",
        "MAIL_PORT": settings.mail_port,
        "MAIL_USERNAME": settings.mail_user or None,
        "MAIL_PASSWORD": settings.mail_password or None,
        "MAIL_USE_TLS": settings.is_production,
        "MAIL_DEFAULT_SENDER": settings.mail_from or "enlace@demonstration.invalid",
        "MAIL_BACKEND": "smtp" if settings.mail_server else "dummy",
    }
