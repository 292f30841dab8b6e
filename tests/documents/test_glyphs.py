"""Can every text be printed with the fonts that are shipped?"""

from __future__ import annotations

import hashlib
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from app.documents.glyphs import FONTS, MISSING, breakable, covered, printable


def test_the_shipped_fonts_are_those_their_checksums_name() -> None:
    for line in (FONTS / "SHA256SUMS").read_text().splitlines():
        checksum, name = line.split()
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == checksum
    named = {line.split()[1] for line in (FONTS / "SHA256SUMS").read_text().splitlines()}
    assert named == {font.name for font in FONTS.glob("*.ttf")}


def test_the_fonts_licence_is_shipped_with_them() -> None:
    licence = (FONTS / "OFL.txt").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Copyright 2015 Google LLC" in licence


def test_every_letter_of_the_region_s_languages_is_covered() -> None:
    letters = "áéíóúüñÁÉÍÓÚÜÑ¿¡«»ªº€$°–—…“”‘’·•ãõçàèêëîïôûœæ‑\u00a0ʉʼ"
    assert [letter for letter in letters if ord(letter) not in covered()] == []


def test_signs_people_paste_are_covered() -> None:
    assert [sign for sign in "≥≤≠≈→✓✔•◦▪■☐☑☒➢−×½€™" if ord(sign) not in covered()] == []


def test_a_sign_of_another_width_is_printed_as_its_plain_form() -> None:
    assert printable("＝１①") == "=11"


def test_what_cannot_be_printed_is_replaced_sign_by_sign() -> None:
    assert printable("Ana 😀 عربى") == f"Ana {MISSING} {MISSING * 4}"


def test_marks_that_turn_the_direction_of_reading_are_left_out() -> None:
    assert printable("pagado\u202e1\u202c2\u2066\u200f") == "pagado12"


def test_line_ends_of_every_kind_become_one() -> None:
    assert printable("a\r\nb\rc\u2028d\ve") == "a\nb\nc\nd\ne"


def test_an_accent_typed_apart_is_joined_to_its_letter() -> None:
    assert printable("man\u0303ana") == "mañana"


def test_an_over_long_word_may_be_broken_and_a_long_text_need_not() -> None:
    assert breakable("9f86d081" * 4) == ["9f86d081"] * 4
    assert isinstance(breakable("palabras de largo usual " * 50), str)


@given(st.text(st.characters(codec=None)))
def test_any_text_becomes_one_the_fonts_can_print(text: str) -> None:
    shown = printable(text)
    assert all(char == "\n" or ord(char) in covered() for char in shown)
    assert not any(unicodedata.category(char) in ("Cf", "Cs") for char in shown)


@given(st.text())
def test_pieces_are_together_what_is_read(text: str) -> None:
    assert "".join(breakable(text * 5)).replace(" \n", "\n") == printable(text * 5).replace(
        " \n", "\n"
    )
