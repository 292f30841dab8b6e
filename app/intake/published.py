"""Which version of a format does a draft follow?

The repository holds the newest document of each format; every published version is also a row of the
database, and a published one never changes. Labels and help may be reworded: the hash leaves them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from app import clock
from app.db.errors import Missing
from app.extensions import db
from app.formats.load import load_format
from app.formats.spec import Format
from app.intake.models import FormatVersion


class FormatChanged(RuntimeError):
    """A document says another thing under a version that was already published."""


@dataclass(frozen=True)
class Source:
    """A format of the repository: its document and the code lists beside it."""

    path: Path
    format: Format

    def text(self) -> str:
        """The document with its code lists inside, so that it can be read without its neighbours."""
        whole = yaml.safe_load(self.path.read_text(encoding="utf-8"))
        lists = whole.get("code_lists")
        if isinstance(lists, dict) and set(lists) == {"file"}:
            beside = self.path.with_name(lists["file"]).read_text(encoding="utf-8")
            whole["code_lists"] = yaml.safe_load(beside)
        return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=100)


_sources: dict[str, Source] = {}
_older: dict[tuple[str, int], Format] = {}


def register(path: Path) -> Format:
    """Read a format of the repository, once, at start. Raises FormatMistakes."""
    format = load_format(path)
    _sources[format.name] = Source(path, format)
    return format


def get(name: str, version: int) -> Format:
    """The format of a version. Raises Missing for one that was never published."""
    source = _sources.get(name)
    if source and source.format.version == version:
        return source.format
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
    for source in _sources.values():
        format = source.format
        row = db.session.get(FormatVersion, (format.name, format.version))
        if row is None:
            db.session.add(
                FormatVersion(name=format.name, version=format.version, hash=format.hash,
                              source=source.text(), codes="", published_at=clock.now())
            )  # fmt: skip
            new.append(f"{format.name} {format.version}")
        elif row.hash != format.hash:
            raise FormatChanged(
                f"version {format.version} of {format.name} was published with another content: "
                "raise its version instead"
            )
    return new
