"""Is somebody told that a list does not know a word of the address?"""

from __future__ import annotations

import pytest

from tests.access.matrix import Matrix
from tests.access.world import demonstration as demonstration

ASIDE = "Se dejó de lado: "


@pytest.mark.parametrize(
    ("who", "address", "label"),
    [
        ("hn.focal", "/needs?state=nonsense", "Estado"),
        ("hn.focal", "/needs?theme=nonsense", "Contenido temático"),
        ("hn.focal", "/needs?order=nonsense", "Orden"),
        ("hn.focal", "/needs?call=nonsense", "Convocatoria"),
        ("st.officer", "/needs?country=XX", "País"),
        ("st.officer", "/summaries?state=nonsense", "Estado"),
        ("st.officer", "/organisations?kind=nonsense", "Tipo"),
    ],
)
def test_an_unknown_word_is_left_aside_and_the_page_says_so(
    demonstration: Matrix, who: str, address: str, label: str
) -> None:
    somebody = next(one for one in demonstration.everybody if one.key == who)
    answer = demonstration.asker.ask(somebody, "GET", address)
    assert answer.status == 200
    assert f"{ASIDE}{label}." in answer.body.decode()
    plain = demonstration.asker.ask(somebody, "GET", address.partition("?")[0])
    assert ASIDE not in plain.body.decode()
    assert plain.body.count(b"<tr>") == answer.body.count(b"<tr>")


def test_a_file_of_an_unknown_filter_is_not_made(demonstration: Matrix) -> None:
    focal = next(one for one in demonstration.everybody if one.key == "hn.focal")
    for path, status in (("/needs/list.csv?state=nonsense", 404), ("/needs/list.csv", 200)):
        assert demonstration.asker.ask(focal, "GET", path).status == status
