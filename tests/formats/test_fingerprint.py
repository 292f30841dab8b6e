"""Does the fingerprint follow what a form means, and not how it is worded?"""

from __future__ import annotations

import re

import pytest

from app.formats.canonical import canonical_json
from app.formats.load import FormatMistakes, load_format
from tests.formats.documents import SOUND

BASE = load_format(SOUND).hash

REWORDED = [
    ("{es: Color, en: Colour}", "{es: Tono, en: Hue}"),
    ("{es: Dos, en: Two}", "{es: Segunda, en: Second}"),
    ("{es: rojo, en: red}", "{es: colorado, en: scarlet}"),
    ("{es: Al revés, en: The wrong way round}", "{es: Revise, en: Check}"),
    ("label: {es: Desde, en: From}", "label: {es: Desde, en: From}\n        help: {es: A, en: B}"),
    ("        first: true\n", ""),
]

MEANT_OTHERWISE = [
    ("code: blue", "code: green"),
    ("    - {code: blue, label: {es: azul, en: blue}}\n", ""),
    ("key: from_day", "key: from_date"),
    ("kind: text\n        label: {es: Por qué", "kind: long_text\n        label: {es: Por qué"),
    ("any_of: [red]", "any_of: [blue]"),
    ("fact: colour", "fact: colour\n        class: public"),
    ("fact: colour", "fact: colour\n        release: true"),
    ("audience: [members, sponsors]\n        fact", "audience: [members]\n        fact"),
    ("        fact: colour\n", ""),
    ("{es: Desde, en: From}", "{es: Desde, en: From}\n        required: true"),
    ("{es: Mujeres, en: Women}", "{es: Mujeres, en: Women}\n            required: true"),
    ("required: true", "required: true\n        options: {max: 10}"),
    ("fields: [from_day, to_day]", "fields: [to_day, from_day]"),
    ("version: 1", "version: 2"),
]


@pytest.mark.parametrize(("was", "is_now"), REWORDED)
def test_other_words_leave_the_fingerprint_alone(was: str, is_now: str) -> None:
    text = SOUND.replace(was, is_now)
    assert text != SOUND
    assert load_format(text).hash == BASE


@pytest.mark.parametrize(("was", "is_now"), MEANT_OTHERWISE)
def test_another_meaning_changes_the_fingerprint(was: str, is_now: str) -> None:
    text = SOUND.replace(was, is_now)
    if is_now == "key: from_date":
        text = text.replace("[from_day", "[from_date")
    assert load_format(text).hash != BASE


def test_the_lines_of_a_grid_are_part_of_what_it_means() -> None:
    grid = "label: {es: Tabla, en: Table}\n        lines: colours"
    with_lines = SOUND.replace("label: {es: Tabla, en: Table}", grid)
    fewer = with_lines.replace("lines: colours", "lines: [{code: red, label: {es: r, en: r}}]")
    assert len({BASE, load_format(with_lines).hash, load_format(fewer).hash}) == 3


def test_the_fingerprint_is_a_sha256_and_the_same_every_time() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", BASE)
    assert load_format(SOUND).hash == BASE


def test_a_published_version_cannot_come_to_mean_something_else() -> None:
    published = SOUND.replace("version: 1", f"version: 1\npublished: {BASE}")
    assert load_format(published).published == BASE
    load_format(published.replace("{es: Color, en: Colour}", "{es: Tono, en: Hue}"))
    with pytest.raises(FormatMistakes, match="Make a new version"):
        load_format(published.replace("code: blue", "code: green"))


def test_canonical_json_has_one_spelling() -> None:
    assert (
        canonical_json({"b": [1, True, None], "a": "ñ"}) == '{"a":"ñ","b":[1,true,null]}'.encode()
    )
    for unclear in (1.5, {"a": [0.1]}, {1: "a"}):
        with pytest.raises(TypeError):
            canonical_json(unclear)
