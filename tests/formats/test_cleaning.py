"""Is text kept as it was meant, and refused where it cannot be kept?"""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.cleaning import UnfitText, clean


@pytest.mark.parametrize(
    "sign",
    [
        *("\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\udfff", "\ufffe", "\uffff"),
        *("\ufdd0", "\U0001ffff", "\u202e", "\u2066"),
    ],
)
@pytest.mark.parametrize("lines", [True, False])
def test_signs_that_nobody_types_are_refused(sign: str, lines: bool) -> None:
    with pytest.raises(UnfitText):
        clean(f"a{sign}b", lines=lines)


def test_only_long_text_has_lines() -> None:
    assert clean("uno\r\ndos\rtres\u2028cuatro", lines=True) == "uno\ndos\ntres\ncuatro"
    assert clean("uno\n") == "uno"
    with pytest.raises(UnfitText):
        clean("uno\ndos")


def test_what_was_pasted_from_a_word_list_is_kept() -> None:
    assert clean("•\tuno", lines=True) == "• uno"


def test_text_is_composed_and_trimmed() -> None:
    assert clean("  Capacitacio\u0301n \u200b\ufeff ") == "Capacitación"
    assert clean(" \u200b \u2060") == ""


def test_other_scripts_and_pictures_are_welcome() -> None:
    for text in ("K’iche’", "العربية", "हिन्दी", "👩‍👧 ok"):
        assert clean(text) == text


@given(st.text())
def test_clean_text_stays_as_it_is(text: str) -> None:
    for lines in (True, False):
        try:
            once = clean(text, lines=lines)
        except UnfitText:
            continue
        assert clean(once, lines=lines) == once
        assert unicodedata.is_normalized("NFC", once)
        once.encode("utf-8")
