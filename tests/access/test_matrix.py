"""Does Enlace let in whom it should, at every address, and nobody else?"""

from __future__ import annotations

import random
from collections import Counter

from tests.access.expected import ENDPOINTS
from tests.access.matrix import PASSED, Matrix, decision
from tests.access.world import matrix as matrix

SEED, SAMPLE = 20040524, 600


def test_every_endpoint_has_its_line_and_every_line_its_endpoint(matrix: Matrix) -> None:
    assert set(ENDPOINTS) == {rule.endpoint for rule in matrix.app.url_map.iter_rules()}


def test_a_sample_of_all_questions_gets_the_right_answers(matrix: Matrix) -> None:
    chance, chosen = random.Random(SEED), []
    by_endpoint: dict[str, list] = {}
    for question in matrix.questions():
        by_endpoint.setdefault(question.endpoint, []).append(question)
    for asked in by_endpoint.values():  # each endpoint alike, however many questions it has
        chosen += chance.sample(asked, min(len(asked), SAMPLE // len(by_endpoint)))
    found = [wrong for question in chosen if (wrong := matrix.wrong(question))]
    assert not found, "\n".join(found[:20])
    decided = Counter(map(decision, chosen))
    assert all(decided[kind] for kind in ("sign-in", "forbidden", "missing", "passed")), decided


def test_pages_show_the_marks_to_those_they_are_for(matrix: Matrix) -> None:
    # A mark that nobody ever sees would make its absence worth nothing.
    seen: set[str] = set()
    people = [
        one
        for one in matrix.everybody
        if one.key
        in ("hn.focal", "mx.focal", "st.coordinator", "ca.pledger", "ppt.reader", "mx.pledger")
    ]
    for question in matrix.questions(people, ways=(False,)):
        if (
            question.method == "GET"
            and decision(question) == "passed"
            and "pdf" not in question.path
        ):
            answer = matrix.asker.ask(question.who, "GET", question.path)
            assert answer.status in PASSED, f"{question}: {answer.status}"
            words = matrix.canaries.words
            seen |= {
                f"{words[w].table}.{words[w].column}"
                for w in _words(answer.all_shown)
                if w in words
            }
    for field in SHOWN_SOMEWHERE:
        assert field in seen, field


SHOWN_SOMEWHERE = (
    "version.title", "version.document", "answer.value", "review_section.reason", "call.title_es",
    "call_contact.note", "released_summary.content", "routing.why", "summary_question.question",
    "person.name", "person.email", "invitation.email", "edition_document.content",
    "dossier.withdrawal_reason", "attachment.name", "delivered_mail.subject", "sign_in.browser",
)  # fmt: skip


def _words(body: bytes) -> set[str]:
    from tests.access.canaries import WORD, readable

    return set(WORD.findall(readable(body)))
