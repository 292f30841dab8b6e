"""How does a command tell whoever runs the server what it found?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import click


@dataclass(frozen=True)
class Finding:
    """One sentence about the installation, and whether it is as it should be."""

    is_right: bool
    sentence: str

    def __str__(self) -> str:
        return f"{'✓' if self.is_right else '✗'} {self.sentence}"


def right(sentence: str) -> Finding:
    return Finding(True, sentence)


def wrong(sentence: str) -> Finding:
    return Finding(False, sentence)


def either(is_right: bool, if_right: str, if_wrong: str) -> Finding:
    """The first sentence if it is so, the second if not."""
    return Finding(is_right, if_right if is_right else if_wrong)


def tell(findings: Iterable[Finding]) -> int:
    """Print each as soon as it is found; the number of those that are wrong."""
    count = 0
    for finding in findings:
        click.echo(str(finding))
        count += not finding.is_right
    return count
