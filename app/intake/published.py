"""Which version of a format does a draft follow?

The repository holds the newest document of each format; every published version is also a row of the
database, and a published one never changes. Labels and help may be reworded: the hash leaves them out.
"""

from __future__ import annotations

from pathlib import Path

from app import clock
from app.db.errors import Missing
from app.extensions import db
from app.formats.load import load_format
from app.formats.spec import Format
from app.formats.written import to_text
from app.intake.models import FormatVersion


class FormatChanged(RuntimeError):
    """A document says another thing under a version that was already published."""


_sources: dict[str, Format] = {}
_older: dict[tuple[str, int], Format] = {}


def register(path: Path) -> Format:
    """Read a format of the repository, once, at start. Raises FormatMistakes."""
    format = load_format(path)
    _sources[format.name] = format
    return format


def repository() -> tuple[Format, ...]:
    """The newest document of each format, as the repository holds it."""
    return tuple(_sources.values())


def get(name: str, version: int) -> Format:
    """The format of a version. Raises Missing for one that was never published."""
    newest = _sources.get(name)
    if newest and newest.version == version:
        return newest
    if (name, version) not in _older:
        row = db.session.get(FormatVersion, (name, version))
        if row is None:
            raise Missing(f"{name} {version}")
        _older[name, version] = load_format(row.source, name=f"{name} {version}")
    return _older[name, version]


def publish_all() -> list[str]:
    """Write every format of the repository that is not yet a row; the names of the new ones.

    Raises FormatChanged if a published version has come to mean something else.
    """
    new = []
    for format in _sources.values():
        row = db.session.get(FormatVersion, (format.name, format.version))
        if row is None:
            db.session.add(
                FormatVersion(name=format.name, version=format.version, hash=format.hash,
                              source=to_text(format), published_at=clock.now())
            )  # fmt: skip
            new.append(f"{format.name} {format.version}")
        elif row.hash != format.hash:
            raise FormatChanged(
                f"version {format.version} of {format.name} was published with another content: "
                "raise its version instead"
            )
    return new
