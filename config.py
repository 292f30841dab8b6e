"""Which settings does this installation run with, and are they safe?

Every setting comes from the environment and has a default that is safe in production *and* may be
read by anybody: what must be secret has no default there, and `Settings.problems()` names each
value with which Enlace refuses to start.
"""

from __future__ import annotations

import base64
import contextlib
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ENVIRONMENTS = ("production", "demonstration", "test")
UNNAMED = (
    "ENLACE_ENV is not set, so this counts as production;"
    " what `make run` serves is ENLACE_ENV=demonstration"
)
MINIMUM_SECRET = 32
"""Characters below which a secret key is refused in production."""


class UnsafeSettings(RuntimeError):
    """Raised at start; `problems` has a sentence for each value that is missing or unsafe."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("Enlace does not start:\n- " + "\n- ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an installation is configured with. `docs/reference/settings.md` explains each one."""

    environment: str = "production"
    instance: Path = field(default_factory=lambda: Path("instance").resolve())
    database_url: str = ""
    owner_url: str = ""
    secret_key: str = ""
    password_salt: str = ""
    master_keys: str = field(default="", repr=False)
    master_keys_file: Path | None = None
    base_url: str = ""
    trusted_proxies: int = 0
    mail_server: str = ""
    mail_port: int = 587
    mail_user: str = ""
    mail_password: str = ""
    mail_from: str = ""
    queue_url: str = ""
    second_factor: str = "on"
    session_idle_minutes: int = 30
    session_hours: int = 10
    upload_megabytes: int = 10
    free_space_megabytes: int = 200
    live_streams: int = 40

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def is_demonstration(self) -> bool:
        return self.environment == "demonstration"

    @property
    def asks_second_factor(self) -> bool:
        return self.second_factor != "off"

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def secure_cookies(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def hosts(self) -> tuple[str, ...]:
        """Host names under which requests are answered; empty means any (never in production)."""
        host = urlsplit(self.base_url).hostname
        return (host,) if host and self.is_production else ()

    def problems(self) -> list[str]:
        """Why this configuration may not start; empty when it may."""
        found = []
        if self.environment not in ENVIRONMENTS:
            found.append(f"ENLACE_ENV must be one of {', '.join(ENVIRONMENTS)}")
        if self.second_factor not in ("on", "off"):
            found.append("ENLACE_SECOND_FACTOR must be on or off")
        if not self.database_url:
            found.append("ENLACE_DATABASE_URL is missing")
        if self.is_production:
            found += self._production_problems()
        return found

    def _production_problems(self) -> list[str]:
        checks = {
            f"ENLACE_SECRET_KEY must have at least {MINIMUM_SECRET} characters of chance": (
                len(self.secret_key) >= MINIMUM_SECRET and len(set(self.secret_key)) > 8
            ),
            "ENLACE_PASSWORD_SALT must have at least 16 characters": len(self.password_salt) >= 16,
            "ENLACE_SECRET_KEY and ENLACE_PASSWORD_SALT must differ": (
                self.secret_key != self.password_salt
            ),
            "ENLACE_BASE_URL must begin with https://": self.base_url.startswith("https://"),
            "ENLACE_MAIL_SERVER and ENLACE_MAIL_FROM are needed to invite people": bool(
                self.mail_server and "@" in self.mail_from
            ),
            "ENLACE_SECOND_FACTOR cannot be off in production": self.asks_second_factor,
            "FLASK_DEBUG must be off": os.environ.get("FLASK_DEBUG", "0") in ("", "0"),
        }
        return [problem for problem, is_fine in checks.items() if not is_fine]


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings named by ENLACE_* variables. Raises UnsafeSettings naming every problem."""
    instance = Path(environ.get("ENLACE_INSTANCE", "instance")).resolve()
    environment = environ.get("ENLACE_ENV", "production")
    port = environ.get("PORT", "8000")
    local = environment != "production"
    found: list[str] = []

    def text(name: str, default: str = "") -> str:
        return environ.get(f"ENLACE_{name}", default).strip()

    def number(name: str, default: int) -> int:
        raw = text(name)
        if raw and not raw.isdecimal():
            found.append(f"ENLACE_{name} must be a whole number")
        return int(raw) if raw.isdecimal() else default

    settings = Settings(
        environment=environment,
        instance=instance,
        database_url=database_url(text("DATABASE_URL"), instance),
        owner_url=database_url(text("OWNER_URL"), instance) if text("OWNER_URL") else "",
        secret_key=text("SECRET_KEY") or (local_secret(instance, "secret-key") if local else ""),
        password_salt=text("PASSWORD_SALT")
        or (local_secret(instance, "password-salt") if local else ""),
        master_keys=text("MASTER_KEYS"),
        master_keys_file=_master_keys_file(text, instance if local else None),
        base_url=text("BASE_URL") or (f"http://127.0.0.1:{port}" if local else ""),
        trusted_proxies=number("TRUSTED_PROXIES", 0),
        mail_server=text("MAIL_SERVER"),
        mail_port=number("MAIL_PORT", 587),
        mail_user=text("MAIL_USER"),
        mail_password=text("MAIL_PASSWORD"),
        mail_from=text("MAIL_FROM"),
        queue_url=text("QUEUE_URL"),
        second_factor=text("SECOND_FACTOR") or ("off" if environment == "demonstration" else "on"),
        session_idle_minutes=number("SESSION_IDLE_MINUTES", 30),
        session_hours=number("SESSION_HOURS", 10),
        upload_megabytes=number("UPLOAD_MEGABYTES", 10),
        free_space_megabytes=number("FREE_SPACE_MEGABYTES", 200),
        live_streams=number("LIVE_STREAMS", 40),
    )
    found += settings.problems()
    if found and "ENLACE_ENV" not in environ:
        found.insert(0, UNNAMED)
    if found:
        raise UnsafeSettings(found)
    return settings


def _master_keys_file(text: Callable[[str], str], local_instance: Path | None) -> Path | None:
    """Where master keys stand: as named, or one made once for a local installation."""
    if named := text("MASTER_KEYS_FILE"):
        return Path(named).resolve()
    if local_instance is None or text("MASTER_KEYS"):
        return None
    secret = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")
    local_secret(local_instance, "master-keys", f"local:{secret}\n")
    return local_instance / "master-keys"


def database_url(raw: str, instance: Path) -> str:
    """The URL in SQLAlchemy's words: psycopg 3 for PostgreSQL, a file of ours when nothing is named."""
    if not raw:
        return f"sqlite:///{instance / 'enlace.db'}"
    for prefix in ("postgres://", "postgresql://"):
        if raw.startswith(prefix):
            return "postgresql+psycopg://" + raw.removeprefix(prefix)
    return raw


def local_secret(instance: Path, name: str, text: str = "") -> str:
    """A secret made once and kept beside a local installation's data; never used in production."""
    path = instance / name
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        _write_once(path, text or secrets.token_urlsafe(48))
    return path.read_text()


def _write_once(path: Path, text: str) -> None:
    """Write it whole, unless another process did so first: several workers may start at once."""
    made = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(made, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    with contextlib.suppress(FileExistsError):
        os.link(made, path)
    made.unlink()
