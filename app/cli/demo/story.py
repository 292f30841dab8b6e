"""What happened in the demonstration before it begins, act by act, in the order of time?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

HERE = Path(__file__).resolve().parent
PANAMA = ZoneInfo("America/Panama")


class BadStory(ValueError):
    """A file of the story says something that cannot be; the message names the file and the act."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """Somebody of the demonstration does one thing at one instant."""

    at: datetime
    by: str
    """Key of the person; empty where Enlace does it by itself."""
    do: str
    of: str
    """The name by which the story speaks of the need, the call, the edition or the summary."""
    given: Mapping[str, Any]
    """Whatever else the act needs, as a person would type it."""
    file: str

    def __str__(self) -> str:
        return f"{self.file}: {self.at:%Y-%m-%d %H:%M} {self.do} {self.of}"


@cache
def acts() -> tuple[Act, ...]:
    """Every act of the story, the earliest first. Raises BadStory."""
    whole = [*_of_the_secretariat(HERE / "story.yaml")]
    for path in sorted((HERE / "needs").glob("*.yaml")):
        whole += _of_countries(path)
    return tuple(sorted(whole, key=lambda act: act.at))


def instant(said: str) -> datetime:
    """The instant that a clock in Panama shows: "2004-05-19 09:00". Raises ValueError."""
    return datetime.strptime(said, "%Y-%m-%d %H:%M").replace(tzinfo=PANAMA)


def _of_the_secretariat(path: Path) -> Iterator[Act]:
    for said in _read(path)["acts"]:
        yield _act(path, said, of=str(said.get("of", "")), always={})


def _of_countries(path: Path) -> Iterator[Act]:
    whole = _read(path)
    for name, need in whole["needs"].items():
        always = {"call": need["call"], "lang": whole["language"]}
        for said in need["acts"]:
            yield _act(path, said, of=name, always=always)


def _act(path: Path, said: Mapping[str, Any], *, of: str, always: Mapping[str, Any]) -> Act:
    given = {key: value for key, value in said.items() if key not in ("at", "by", "do", "of")}
    try:
        return Act(at=instant(said["at"]), by=said.get("by", ""), do=said["do"], of=of,
                   given={**always, **given}, file=path.name)  # fmt: skip
    except (KeyError, TypeError, ValueError) as fault:
        raise BadStory(f"{path.name}: {of}: {fault}") from fault


def _read(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
