"""Is a body that makes no sense answered in words by every address, and never with a fault or nothing?"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.access.asking import Somebody, nothing_stays
from tests.access.matrix import Matrix, Question
from tests.access.world import demonstration as demonstration

FORM = "application/x-www-form-urlencoded"
PEOPLE = ("hn.focal", "st.coordinator")
NAMES = ("title", "reason", "note", "state", "country", "closes_day", "duration.count", "verdict",
         "organisation", "version", "_revision.title", "_add", "_remove", "_resolve", "_carried")  # fmt: skip


def bodies(matrix: Matrix, who: Somebody) -> Iterator[tuple[bytes, str]]:
    """Bodies of every wrong shape, and forms of the right shape with nonsense in them."""
    yield b'{"title": [1]}', "application/json"
    yield b"\xff\xfe\x00", FORM
    yield (
        b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nbroken',
        "multipart/form-data; boundary=b",
    )
    marks = {
        "csrf_token": matrix.asker.csrf[str(who)],
        "_acting": who.organisation_id,
        "_key": "k" * 20,
    }
    for nonsense in ("\ud800", "x" * 70_000):
        sent = {**marks, **dict.fromkeys(NAMES, nonsense)}
        yield urlencode(sent, errors="surrogatepass").encode(), FORM


def asked(matrix: Matrix, who: Somebody) -> Iterator[Question]:
    """Every changing address once, with a record that exists where there is one."""
    seen = set()
    for question in matrix.questions([who], ways=(False,)):
        if question.method != "GET" and (question.endpoint, question.method) not in seen:
            seen.add((question.endpoint, question.method))
            yield question


@pytest.mark.parametrize("key", PEOPLE)
def test_nonsense_is_refused_in_words_everywhere(
    demonstration: Matrix, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    who = next(one for one in demonstration.everybody if one.key == key)
    asker, wrong, count = demonstration.asker, [], 0
    client = asker.client(who)
    with nothing_stays(monkeypatch, asker):
        for question in asked(demonstration, who):
            for body, kind in bodies(demonstration, who):
                answer = client.open(question.path, method=question.method, data=body,
                                     content_type=kind, headers={"Cookie": asker.cookies[str(who)]})  # fmt: skip
                text, count = answer.get_data(as_text=True), count + 1
                said = answer.status_code in (204, 303) or "<h1" in text or "data-re" in text
                if answer.status_code >= 500 or not (said or (answer.status_code == 200 and text)):
                    wrong.append((answer.status_code, str(question), kind, body[-40:]))
    assert not wrong, wrong[:5]
    assert count > 150
