"""Has each state one name for each audience, said in one place and nowhere else?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.workflow import tables
from app.workflow.machine import Machine
from app.workflow.names import NAMES, UNPREPARED

HOUSE = Path(__file__).resolve().parents[2]
HERE = "app/workflow/names.py"
MACHINES = [each for each in vars(tables).values() if isinstance(each, Machine)]
BEFORE_THE_RECORD = {tables.SUMMARY.name: {UNPREPARED}}
SAID = re.compile(r"""\b_\(\s*["']([^"']+)["']\s*\)|\bN_\(\s*["']([^"']+)["']\s*\)""")
TAG = re.compile(r"""(?:\.tag\(|\btag\s*=\s*|\btag:\s*)\(?\s*_\(\s*["']([^"']+)["']""")
OF_OTHER_THINGS = {("app/desk/sponsor.py", "closed")}
"""Where a word stands for something that has no states: a question that gets no answer any more."""
NO_STATES = {
    "Group", "Proposal", "accepted there, not yet begun", "becomes whole", "Technical Secretariat", "demonstration", "not to sponsors", "addressed to you", "changes requested",
    "changes were requested", "date to be communicated", "designated", "drafted by the ST, not confirmed", "ended",
    "late permission", "answered", "on its way, or not taken", "new", "new version", "no consent yet", "note still missing", "note to be accepted",
    "ready to certify", "remark", "requested and changed", "requested, nothing changed", "settled",
    "few answers", "missing", "overdue", "sealed words", "still missing", "suspended", "there", "the period has ended", "this browser", "to answer", "to certify",
    "to be verified by the country", "unread", "verified by the country", "you act for it now", "adopted",
    "proposed figure", "for one country alone", "replaced by another of the same day", "exchanges meanwhile", "does not exchange meanwhile", "said nothing yet",
    "24 hours", "destroyed", "in part", "nobody can exchange it", "practice", "print a new sheet soon", "required and reserved", "text for your country alone", "to correct",
}  # fmt: skip
"""What else a tag may say: of a section, a conversation, a person, a mark beside a state."""


def words() -> set[str]:
    return {each for names in NAMES.values() for name in names.values()
            for each in (name.word, name.own) if each}  # fmt: skip


def sources() -> Iterator[tuple[str, str]]:
    """Path and text of everything that speaks to readers."""
    for folder, ending in (("app", "py"), ("templates", "html")):
        for path in sorted((HOUSE / folder).rglob(f"*.{ending}")):
            yield path.relative_to(HOUSE).as_posix(), path.read_text()


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_every_state_has_a_name_and_no_two_have_the_same(machine: Machine) -> None:
    names = NAMES[machine.name]
    assert set(names) - BEFORE_THE_RECORD.get(machine.name, set()) == set(machine.states)
    for own in (False, True):
        said = [name.said_to(own=own) for name in names.values()]
        assert len(set(said)) == len(said)


def test_no_other_place_names_a_state() -> None:
    assert len(MACHINES) == len(NAMES)
    elsewhere = {
        (path, word)
        for path, text in sources() if path != HERE
        for found in SAID.finditer(text)
        for word in (found[1] or found[2],)
        if word in words()
    }  # fmt: skip
    assert elsewhere == OF_OTHER_THINGS


def test_a_tag_says_the_name_of_a_state_or_something_that_is_none() -> None:
    found = {(path, word) for path, text in sources() for word in TAG.findall(text)}
    other = {each for each in found if each not in OF_OTHER_THINGS}
    assert {word for _, word in other} - NO_STATES == set(), other
    assert len(other) > 10
