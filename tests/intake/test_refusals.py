"""What does somebody find who wrote in a draft and was refused: their text, by its question, and a way on?"""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from tests.access.asking import Answer, Somebody
from tests.access.matrix import Matrix
from tests.access.world import demonstration as demonstration
from tests.calls.browsing import Seen
from tests.intake.writing import Writer, fingerprint

TYPED = "Texto que no debe perderse"


@pytest.fixture
def writer(demonstration: Matrix) -> Writer:
    return Writer(demonstration)


def words(answer: Answer) -> str:
    return answer.body.decode()


def kept(answer: Answer) -> dict[str, str]:
    """Question -> text, as a page of refusal shows them."""
    found = re.findall(
        r'for="kept-\d+">([^<]*)</label><textarea[^>]*>\n([^<]*)</textarea>', words(answer)
    )
    return dict(found)


def expired(writer: Writer, section: str, **changes: Any) -> Answer:
    """A section sent by somebody whose session ended while they were typing."""
    gone: Somebody = next(one for one in writer.matrix.everybody if "(expired)" in one.key)
    fields = {name: value for name, value in writer.fields(section).items() if name != "_acting"}
    return writer.matrix.asker.ask(gone, "POST", writer.page(section), data=fields | changes)


def test_text_of_an_ended_session_is_shown_by_its_questions(writer: Writer) -> None:
    answer = expired(writer, "essentials", gap=TYPED, **{
        "duration.count": "cuatro", "duration.unit": "weeks", "duration.hours": "6"})  # fmt: skip
    found = kept(answer)
    assert answer.status == 401
    assert found["¿Qué problema quieren resolver?"] == TYPED
    assert found["Duración"] == "cuatro semanas 6"
    assert not [label for label in found if "." in label or "_" in label]


def test_cells_are_named_by_table_row_and_column_and_codes_by_their_words(writer: Writer) -> None:
    found = kept(expired(writer, "costs", **{"costs.materials.estimate": "18,400.50",
                                             "costs.materials.currency": "USD"}))  # fmt: skip
    estimate = next(label for label in found if label.startswith("Costos por línea, "))
    assert "materials" not in estimate
    assert "USD" not in [text for label, text in found.items() if label.endswith("Moneda")]


def test_a_language_switch_does_not_save_over_what_a_colleague_wrote_meanwhile(
    writer: Writer,
) -> None:
    old = writer.fields("context")
    first = {**old, "already_doing": "Lo que escribió la colega", "_stay": "1"}
    assert writer.send("POST", writer.page("context"), first).status == 303
    drawn = writer.send("POST", writer.page("context"),
                        {**old, "already_doing": TYPED, "_lang": "es"})  # fmt: skip
    assert drawn.status == 200
    fields = Seen(200, words(drawn), None).fields(writer.page("context"))
    saved = writer.send("POST", writer.page("context"), {**fields, "_stay": "1"})
    assert saved.status == 409
    assert TYPED in words(saved)
    assert "Lo que escribió la colega" in words(saved)


def test_a_text_never_touched_gives_way_to_the_newer_one_on_a_language_switch(
    writer: Writer,
) -> None:
    old = writer.fields("context")
    first = {**old, "already_doing": "Lo que escribió la colega", "_stay": "1"}
    assert writer.send("POST", writer.page("context"), first).status == 303
    drawn = writer.send("POST", writer.page("context"), {**old, "_lang": "en"})
    fields = Seen(200, words(drawn), None).fields(writer.page("context"))
    assert fields["already_doing"] == ["Lo que escribió la colega"] or fields["already_doing"] == [
        "\nLo que escribió la colega"
    ]
    assert "data-unsaved" not in words(drawn)


NEWER = "Lo que escribió la colega"


def after_a_colleague(writer: Writer, section: str, **hers: str) -> dict[str, list[str]]:
    """The fields of a page that was opened before a colleague saved these texts."""
    old = writer.fields(section)
    assert writer.send("POST", writer.page(section), {**old, **hers, "_stay": "1"}).status == 303
    return old


def sent_again(writer: Writer, section: str, refused: Answer, **changes: Any) -> Answer:
    """The refused page as it was shown, sent with changes."""
    fields = Seen(200, words(refused), None).fields(writer.page(section))
    fields = {name: sent for name, sent in fields.items() if name not in ("csrf_token", "_key")}
    return writer.send("POST", writer.page(section), {**fields, **changes, "_stay": "1"})


def test_choosing_in_one_question_leaves_what_a_colleague_wrote_in_another(writer: Writer) -> None:
    old = after_a_colleague(writer, "context", already_doing="Suyo", already_asked=NEWER)
    refused = writer.send("POST", writer.page("context"), {**old, "already_doing": TYPED})
    assert refused.status == 409
    chosen = sent_again(writer, "context", refused, _resolve="already_doing:mine")
    assert chosen.status == 303
    now = writer.fields("context")
    assert (now["already_doing"][0].strip(), now["already_asked"][0].strip()) == (TYPED, NEWER)


def test_correcting_a_mistake_leaves_what_a_colleague_wrote_meanwhile(writer: Writer) -> None:
    old = after_a_colleague(writer, "delivery", host_offer=NEWER)
    refused = writer.send("POST", writer.page("delivery"), {**old, "group_min": "muchos"})
    assert refused.status == 422
    assert sent_again(writer, "delivery", refused, group_min="12").status == 303
    now = writer.fields("delivery")
    assert (now["host_offer"][0].strip(), now["group_min"]) == (NEWER, ["12"])


@pytest.mark.parametrize(("button", "hers"), [({}, "17"), ({"_add": "audience"}, "18")])
def test_correcting_a_mistake_does_not_hide_that_both_wrote(
    writer: Writer, button: dict[str, str], hers: str
) -> None:
    old = after_a_colleague(writer, "essentials", **{"duration.count": hers})
    wrong = {**old, "duration.count": "muchos", **button}
    refused = writer.send("POST", writer.page("essentials"), wrong)
    assert refused.status == (200 if button else 422)
    again = sent_again(writer, "essentials", refused, **{"duration.count": "8"})
    assert again.status == 409
    assert writer.fields("essentials")["duration.count"] == [hers]


def test_theirs_once_chosen_stays_chosen_while_another_choice_is_open(writer: Writer) -> None:
    first, second = "Lo primero de la colega", "Lo segundo de la colega"
    old = after_a_colleague(writer, "context", already_doing=first, already_asked=second)
    typed = {**old, "already_doing": "Otra cosa", "already_asked": "Otra más"}
    refused = writer.send("POST", writer.page("context"), typed)
    half = sent_again(writer, "context", refused, _resolve="already_doing:theirs")
    assert half.status == 409
    assert sent_again(writer, "context", half, _resolve="already_asked:mine").status == 303
    now = writer.fields("context")
    assert (now["already_doing"][0].strip(), now["already_asked"][0].strip()) == (first, "Otra más")


@pytest.mark.parametrize("page", ["sections/essentials", "check", "certification"])
def test_a_page_of_a_certified_need_leads_to_the_need_with_the_reason(
    demonstration: Matrix, page: str
) -> None:
    writer = Writer(demonstration, "hn.focal", "submitted")
    answer = writer.matrix.asker.ask(writer.who, "GET", f"/needs/{writer.need}/{page}")
    assert answer.status == 303
    assert answer.location == f"/needs/{writer.need}"


def test_what_is_sent_to_a_certified_need_is_kept_with_a_link_to_the_need(
    demonstration: Matrix,
) -> None:
    writer = Writer(demonstration, "hn.focal", "submitted")
    before = fingerprint(demonstration)
    answer = writer.send("POST", writer.page("essentials"), {"gap": TYPED, "_revision.gap": "1"})
    assert answer.status == 409
    assert kept(answer)["¿Qué problema quieren resolver?"] == TYPED
    assert f'href="/needs/{writer.need}"' in words(answer)
    assert fingerprint(demonstration) == before


def rows_in(writer: Writer, section: str) -> int:
    return sum(name.startswith("_revision.audience.") for name in writer.fields(section))


@pytest.mark.parametrize("act", ["_add", "_remove"])
def test_rows_are_added_and_removed_while_another_answer_is_wrong(writer: Writer, act: str) -> None:
    fields = writer.fields("essentials")
    before = rows_in(writer, "essentials")
    row = next(name for name in fields if name.startswith("_revision.audience.")).split(".")[2]
    sent = {
        **fields,
        "gap": TYPED,
        "duration.count": "cuatro",
        act: "audience" if act == "_add" else row,
    }
    answer = writer.send("POST", writer.page("essentials"), sent)
    assert answer.status == 200
    assert 'value="cuatro"' in words(answer)
    assert "Duración: Escriba en cifras cuántos días" in words(answer)
    after = writer.fields("essentials")
    assert after["gap"][0].strip() == TYPED
    assert (rows_in(writer, "essentials") > before) is (act == "_add")
    assert after["duration.count"] == fields["duration.count"]


def test_a_row_added_twice_with_one_key_is_added_once_and_never_answered_with_nothing(
    writer: Writer,
) -> None:
    sent = {**writer.fields("essentials"), "duration.count": "cuatro", "_add": "audience",
            "_key": "k" * 32}  # fmt: skip
    first = writer.send("POST", writer.page("essentials"), sent)
    rows = rows_in(writer, "essentials")
    second = writer.send("POST", writer.page("essentials"), sent)
    assert first.status == 200
    assert second.status == 303
    assert rows_in(writer, "essentials") == rows


def test_the_list_of_mistakes_names_question_row_and_column_and_links_to_the_input(
    writer: Writer,
) -> None:
    row = next(n for n in writer.fields("essentials") if n.startswith("_revision.audience."))
    name = row.removeprefix("_revision.").rpartition(".")[0] + ".women"
    answer = writer.post("essentials", **{
        name: "diez", "duration.count": "cuatro", "duration.hours": "seis", "duration.unit": "x"})  # fmt: skip
    listed = dict(re.findall(r'<li><a href="#([^"]+)">([^<]+)</a>', words(answer)))
    assert re.match(r"[^:]+, fila 1, Mujeres: ", listed[name])
    assert listed["duration"].startswith("Duración: ")
    for each in ("Elija días o semanas", "cuántos días o semanas", "las horas de cada día"):
        assert each in listed["duration"], "all faults of a duration at once"
    assert f'id="{name}"' in words(answer)


def test_a_contradiction_is_told_where_it_was_sent_and_then_let_be(writer: Writer) -> None:
    sent = {**writer.fields("delivery"), "group_min": "30", "group_max": "10"}
    path = writer.page("delivery")
    first = writer.send("POST", path, sent)
    assert (first.status, first.location) == (303, path)
    shown = words(writer.matrix.asker.ask(writer.who, "GET", path))
    assert "no concuerdan entre sí" in shown
    assert '<a href="#group_max">' in shown
    again = writer.send("POST", path, writer.fields("delivery"))
    assert again.location != path, "whoever knows it already may go on"


def test_a_contradiction_is_told_as_soon_as_its_answer_is_saved_and_taken_away_after(
    writer: Writer,
) -> None:
    def save(name: str, value: str) -> str:
        fields = writer.fields("delivery")
        sent = {name: value, f"_revision.{name}": fields[f"_revision.{name}"]}
        answer = writer.send("PUT", f"/needs/{writer.need}/answers/{name}", sent)
        assert answer.status == 200
        return words(answer)

    assert 'id="error-group_max"' in save("group_min", "30")
    assert "más grande es menor" in save("group_max", "10")
    assert "más grande es menor" not in save("group_min", "5")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("30/02/2004", "30/02/2004 no existe"),
        ("24/05/04", "con el año en cuatro cifras"),
        ("mañana", "con el año en cuatro cifras"),
    ],
)
def test_a_date_says_what_is_wrong_with_it(writer: Writer, typed: str, said: str) -> None:
    answer = writer.post("delivery", window_from=typed)
    assert answer.status == 422
    assert said in words(answer)


def test_the_words_beside_a_file_that_is_too_large_come_back_into_their_form(
    demonstration: Matrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(demonstration.app.config, "MAX_CONTENT_LENGTH", 20_000)
    writer = Writer(demonstration, "hn.focal")
    path = f"/needs/{writer.need}/certification"
    file = (io.BytesIO(b"%PDF-" + b"x" * 30_000), "oficio.pdf")
    answer = writer.send("POST", path, {"clearance_office": TYPED, "clearance_file": file})
    assert answer.status == 413
    assert kept(answer)["Oficina que dio el visto bueno"] == TYPED
    assert f'action="{path}"' in words(answer)
