"""Does joining two texts keep all that either says, and say once what both say?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.intake.joining import joined

WORDS = st.lists(
    st.sampled_from(["faltan", "guías", "en", "la", "frontera", "norte", "y", "sur"]), min_size=1
)
SENTENCES = st.lists(WORDS.map(lambda words: " ".join(words).capitalize() + "."), max_size=8)


@given(SENTENCES, SENTENCES)
def test_every_sentence_of_either_is_there(theirs: list[str], mine: list[str]) -> None:
    text = joined(" ".join(theirs), " ".join(mine))
    assert all(sentence in text for sentence in theirs + mine)


@given(SENTENCES)
def test_a_text_joined_with_itself_stays_as_it_is(text: list[str]) -> None:
    assert joined(" ".join(text), " ".join(text)) == " ".join(text)


def test_a_sentence_added_by_each_stands_once_and_the_rest_is_not_doubled() -> None:
    assert joined("Faltan guías. Hay dos puestos.", "Faltan guías. Son doce personas.") == (
        "Faltan guías. Hay dos puestos. Son doce personas."
    )


def test_joined_again_after_it_was_joined_nothing_is_said_twice() -> None:
    once = joined("Uno. Dos.", "Uno. Tres.")
    assert joined(once, "Uno. Tres.") == once


def test_paragraphs_stay_paragraphs() -> None:
    assert joined("Uno.\n\nDos.", "Uno.\n\nTres.") == "Uno.\n\nDos.\n\nTres."


def test_texts_with_nothing_in_common_stand_one_below_the_other() -> None:
    assert joined("Faltan guías", "Hacen falta manuales") == "Faltan guías\n\nHacen falta manuales"


def test_where_one_text_is_empty_the_other_is_what_remains() -> None:
    assert joined("", "Faltan guías.") == joined("Faltan guías.", "") == "Faltan guías."
