"""How is a report written down so that it never changes, and read again?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from app.formats.canonical import canonical_json
from app.reports.figures import Audience
from app.reports.report import Report


class ContentChanged(RuntimeError):
    """A published edition no longer is what its hash says; it is not shown."""


def written(report: Report) -> tuple[str, str]:
    """The report as canonical JSON, and the sha256 of those bytes in hexadecimal."""
    body = canonical_json({"shape": _shape(report), "report": plain(report)})
    return body.decode(), hashlib.sha256(body).hexdigest()


def _shape(report: Report) -> int:
    """That of the latest thing which stands in it.

    What came with a later shape is marked with it (`since`) and None in what was written before, where
    it is left out: an edition of any shape is read, and written again as the same bytes.
    """
    came = (
        each.metadata.get("since", 1)
        for whole in (report, report.compilation, report.funding)
        if whole is not None
        for each in fields(whole)
        if getattr(whole, each.name) is not None
    )
    return max(came)


def read(content: str, hash: str) -> Report:
    """The report that was written down. Raises ContentChanged if the hash is another one."""
    if hashlib.sha256(content.encode()).hexdigest() != hash:
        raise ContentChanged
    return _made(Report, json.loads(content)["report"])


def hash_of_edition(hashes: Mapping[Audience, str]) -> str:
    """One hash over those of all its audiences."""
    return hashlib.sha256(canonical_json(dict(hashes))).hexdigest()


def plain(value: Any) -> Any:
    """The value as canonical JSON can hold it: decimals, instants and days as strings."""
    if is_dataclass(value):
        held = ((each, getattr(value, each.name)) for each in fields(value))
        return {each.name: plain(what) for each, what in held if not _came_later(each, what)}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def _came_later(field: Field[Any], value: Any) -> bool:
    return value is None and "since" in field.metadata


def _made(kind: Any, value: Any) -> Any:
    """The value as one of our types, by the hints of its fields."""
    if get_origin(kind) is UnionType:
        (kind,) = (each for each in get_args(kind) if each is not NoneType)
        return None if value is None else _made(kind, value)
    if get_origin(kind) is tuple:
        return tuple(_made(get_args(kind)[0], each) for each in value)
    if get_origin(kind) is Literal:
        return value
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _made(hints[name], each) for name, each in value.items()})
    if kind in (datetime, date):
        return kind.fromisoformat(value)
    return kind(value)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
