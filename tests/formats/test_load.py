"""Is every mistake in a document named, with its file, its line and its field?"""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from app.formats.load import FormatMistakes, Mistake, load_format
from tests.formats.documents import NEED, SOUND

BROKEN: list[dict[str, Any]] = yaml.safe_load(Path("tests/formats/broken.yaml").read_text("utf-8"))


def mistakes_of(text: str, name: str = "sample.yaml") -> tuple[Mistake, ...]:
    with pytest.raises(FormatMistakes) as caught:
        load_format(text, name=name)
    return caught.value.mistakes


def named_in(text: str) -> tuple[Mistake, ...]:
    """The mistakes of a text that may have none."""
    try:
        load_format(text)
    except FormatMistakes as caught:
        return caught.mistakes
    return ()


def test_the_sound_document_is_sound() -> None:
    form = load_format(SOUND)
    assert (form.name, form.version) == ("sample", 1)
    assert [section.key for section in form.sections] == ["one", "two"]
    assert form.title.say("es") == "Muestra"
    assert len(BROKEN) >= 25


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case["wrong"])
def test_a_mistake_is_named_with_its_file_line_and_field(case: dict[str, Any]) -> None:
    assert case["was"] in SOUND, "the table no longer fits the document"
    mistakes = mistakes_of(SOUND.replace(case["was"], case["now"], 1))
    named = [
        (each.file, each.line, each.field) for each in mistakes if case["says"] in each.message
    ]
    assert ("sample.yaml", case["line"], case["field"]) in named, [str(each) for each in mistakes]
    assert len(mistakes) <= 2, "one mistake is not to look like many"


def test_all_mistakes_are_named_at_once_in_the_order_of_the_lines() -> None:
    text = SOUND.replace("kind: choice", "kind: choise").replace("version: 1", "version: one")
    text = text.replace("        label: {es: Hasta, en: To}\n", "")
    said = [(each.line, each.field) for each in mistakes_of(text)]
    assert said == [(2, "version"), (19, "colour"), (48, "to_day")]


def test_a_mistake_is_one_line_of_text_and_can_be_said_in_another_language() -> None:
    mistake = mistakes_of(SOUND.replace("version: 1", "version: one"))[0]
    assert str(mistake) == "sample.yaml:2: version: Write a whole number."
    assert (
        mistake.say(lambda message_id: "Escriba un número entero.") == "Escriba un número entero."
    )
    assert mistake.say(gettext.NullTranslations().gettext) == mistake.message


@pytest.mark.parametrize(
    "text", ["", "\n", "# nothing\n", "{}", "- a\n- b\n", "a\nb\n", "{a: \x01}"]
)
def test_what_is_no_document_is_refused(text: str) -> None:
    assert mistakes_of(text)


def test_mistakes_of_the_file_beside_carry_its_own_name_and_lines(tmp_path: Path) -> None:
    text = SOUND.replace("  colours:\n", "  file: codes.yaml\n  colours:\n")
    (tmp_path / "format.yaml").write_text(text, "utf-8")
    (tmp_path / "codes.yaml").write_text("sizes:\n  - {code: s, label: {es: chico}}\n", "utf-8")
    with pytest.raises(FormatMistakes) as caught:
        load_format(tmp_path / "format.yaml")
    assert str(caught.value) == "codes.yaml:2: sizes.s: “en” is missing."
    (tmp_path / "codes.yaml").write_text(
        "sizes: [{code: s, label: {es: chico, en: small}}]\n", "utf-8"
    )
    assert "s" in load_format(str(tmp_path / "format.yaml")).code_lists["sizes"]


@pytest.mark.parametrize(
    ("written", "said"),
    [(None, "There is no file “codes.yaml”"), (b"sizes: \xff", "not UTF-8"), (b"", "is empty")],
)
def test_a_file_beside_that_cannot_be_read_is_named(
    tmp_path: Path, written: bytes | None, said: str
) -> None:
    text = SOUND.replace("  colours:\n", "  file: codes.yaml\n  colours:\n")
    (tmp_path / "format.yaml").write_text(text, "utf-8")
    if written is not None:
        (tmp_path / "codes.yaml").write_bytes(written)
    with pytest.raises(FormatMistakes, match=said):
        load_format(tmp_path / "format.yaml")


def test_words_that_yaml_would_turn_into_something_else_stay_words() -> None:
    text = SOUND.replace("code: red", "code: no").replace("any_of: [red]", "any_of: [no]")
    form = load_format(text)
    assert form.field("why").when is not None
    assert form.code_lists["colours"].label("no", "es") == "rojo"


@given(st.data())
def test_a_damaged_document_is_read_or_refused_but_never_breaks_anything(
    data: st.DataObject,
) -> None:
    lines = SOUND.split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["drop", "double", "cut", "other", "indent"])):
            case "drop":
                lines[at] = ""
            case "double":
                lines.insert(at, lines[at])
            case "cut":
                lines[at] = lines[at][: data.draw(st.integers(0, 40))]
            case "other":
                lines[at] = data.draw(st.sampled_from(lines))
            case "indent":
                lines[at] = "  " + lines[at]
    named = named_in("\n".join(lines))
    assert all(each.line >= 1 and each.message for each in named)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_a_document_nested_without_end_is_refused(opening: str) -> None:
    for depth in (30, 100_000):
        assert "nested too deeply" in mistakes_of(opening * depth + "\n")[0].message


def test_the_need_of_the_repository_has_no_mistake() -> None:
    assert load_format(NEED) == load_format(str(NEED))
