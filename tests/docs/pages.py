"""What do the README and the pages of `docs/` name: links, files, targets, commands, settings?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))

LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
QUOTED = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
TARGET = re.compile(r"(?:^|[`\s(])make ([a-z][a-z-]*)")
SETTING = re.compile(r"\bENLACE_[A-Z][A-Z_]*[A-Z]\b")
COMMAND = re.compile(r"flask --app wsgi ([a-z-]+)((?: [a-z-]+)?)")
PLACE = re.compile(r"(?:\.?[\w-]+/)*\.?[\w.-]+")
WRITTEN_BY_A_RUN = ("instance", "bench/latest.json")
"""Files that pages may name although a fresh clone does not hold them."""


def name(page: Path) -> str:
    """The page's path, as in the repository."""
    return page.relative_to(ROOT).as_posix()


def links(page: Path) -> Iterator[str]:
    """Where the page's links lead, code left out."""
    yield from LINK.findall(FENCE.sub("", page.read_text()))


def anchors(page: Path) -> set[str]:
    """The anchors of the page's headings, as GitHub makes them."""
    headings = HEADING.findall(FENCE.sub("", page.read_text()))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken(page: Path, link: str) -> bool:
    """Whether a link within the repository leads nowhere."""
    if link.startswith(("http://", "https://", "mailto:")):
        return False
    path, _, anchor = link.partition("#")
    there = (page.parent / path).resolve() if path else page
    if not there.exists() or not there.is_relative_to(ROOT):
        return True
    return bool(anchor) and anchor not in anchors(there)


def files(text: str, roots: set[str]) -> Iterator[str]:
    """Paths that stand in quotes and begin with a folder of the repository, or end like its files."""
    for quoted in QUOTED.findall(FENCE.sub("", text)):
        place = quoted.rstrip("/")
        first, has_folder, _ = place.partition("/")
        if has_folder and first in roots and PLACE.fullmatch(place):
            yield place


def targets(text: str) -> set[str]:
    """Targets that are named as `make …`."""
    return set(TARGET.findall(text))


def settings(text: str) -> set[str]:
    """Settings that are named."""
    return set(SETTING.findall(text))


def commands(text: str) -> set[tuple[str, str]]:
    """Commands that are named as `flask --app wsgi …`: the first word and, if any, the second."""
    return {(first, second.strip()) for first, second in COMMAND.findall(text)}
