"""Does each page say to which of the reader's main pages it belongs?"""

from __future__ import annotations

import re

import pytest

from tests.access.expected import ENDPOINTS
from tests.access.matrix import Matrix, decision
from tests.access.world import matrix as matrix

PEOPLE = ("st.coordinator", "hn.focal", "hn.legal", "sv.focal", "ca.pledger", "ppt.reader")
OF_ONESELF = {
    "accounts.forgotten", "accounts.me", "accounts.new_password", "accounts.sign_in",
    "calendar.mine", "demonstration.letter", "demonstration.mail", "factors.give",
    "factors.key", "factors.mine", "factors.passkey", "factors.program", "factors.remove",
    "factors.sheet", "joining.accept",
    "joining.demo_sign_in", "needs.confirmation", "needs.confirmation_preview",
    "needs.confirmation_refusal", "needs.confirmed", "notices.choose_mail", "notices.index",
}  # fmt: skip
"""Pages about the reader, or before one: they belong to none of the main pages."""
MAIN_PAGES = re.compile(rb'<nav class="wide ways".*?</nav>', re.DOTALL)
MARK = re.compile(rb'aria-current="(?:page|true)"')


@pytest.mark.parametrize("key", PEOPLE)
def test_each_page_marks_the_one_main_page_to_which_it_belongs(matrix: Matrix, key: str) -> None:
    people = [one for one in matrix.everybody if one.key == key]
    assert people
    seen, unmarked = set(), []
    for question in matrix.questions(people, ENDPOINTS, ways=(False,)):
        if question.method != "GET" or decision(question) != "passed":
            continue
        answer = matrix.asker.ask(question.who, "GET", question.path)
        if answer.status != 200 or not answer.body.lstrip().startswith(b"<!doctype html>"):
            continue
        marks = MARK.findall(b"".join(MAIN_PAGES.findall(answer.body)))
        seen.add(question.endpoint)
        if len(marks) != (question.endpoint not in OF_ONESELF):
            unmarked.append(f"{question}: {marks}")
    assert not unmarked, "\n".join(unmarked)
    assert len(seen) > 5
