"""Are the words marked that two wordings of a text do not share, without a word lost and without delay?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.differing import differing

TEXT = st.text(alphabet="ab cd\n\t", max_size=60)


def marked(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = differing(before, after)
    return [p.text for p in old if p.is_marked], [p.text for p in new if p.is_marked]


@pytest.mark.parametrize(
    ("before", "after", "gone", "came"),
    [
        (
            "Faltan doce personas de noche.",
            "Faltan quince personas de noche.",
            ["doce"],
            ["quince"],
        ),
        ("Faltan personas de noche.", "Faltan doce personas de noche.", [], ["doce"]),
        ("uno dos tres cuatro", "dos tres", ["uno", "cuatro"], []),
        ("uno dos\n\ntres cuatro cinco", "uno dos\n\ntres y cuatro", ["cinco"], ["y"]),
        ("uno dos tres", "uno  dos\ntres", [], []),
        ("lo mismo", "lo mismo", [], []),
        ("", "Todo es nuevo.", [], []),
        ("Nada de esto queda aquí.", "Es otro texto, por entero.", [], []),
        ("4 días", "5 días", ["4"], ["5"]),
    ],
)
def test_the_words_that_differ_are_marked(
    before: str, after: str, gone: list[str], came: list[str]
) -> None:
    assert marked(before, after) == (gone, came)


@given(before=TEXT, after=TEXT)
def test_each_text_stands_there_letter_by_letter(before: str, after: str) -> None:
    for text, parts in zip((before, after), differing(before, after), strict=True):
        assert "".join(part.text for part in parts) == text


@given(before=TEXT, after=TEXT)
def test_without_what_is_marked_both_say_the_same(before: str, after: str) -> None:
    old, new = differing(before, after)
    if any(part.is_marked for part in (*old, *new)):
        rest = [[p.text for p in parts if not p.is_marked] for parts in (old, new)]
        assert "".join(rest[0]).split() == "".join(rest[1]).split()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b " * 5_000, "b b a " * 4_000),
        (" ".join(map(str, range(10_000))), " ".join(map(str, range(0, 20_000, 2)))),
    ],
)
def test_what_would_take_long_to_compare_is_shown_unmarked(before: str, after: str) -> None:
    assert marked(before, after) == ([], [])


def test_a_change_in_a_long_text_that_else_stayed_is_found() -> None:
    text = "Una frase que nadie cambió. " * 2_000
    assert marked(f"{text}antes {text}", f"{text}ahora {text}") == (["antes"], ["ahora"])
