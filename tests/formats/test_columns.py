"""Do the columns of a list hold what the viewer sees, as numbers, dates and words?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.formats.columns import cells, columns
from app.formats.projection import Viewer
from tests.formats.documents import need
from tests.formats.test_projection import ANSWERS

FORM = need()
OWN = Viewer("own")


def exported(viewer: Viewer, lang: str = "es", **more: object) -> dict[str, object]:
    wanted = columns(FORM, lang, viewer)
    found = cells(FORM, {**ANSWERS, **more}, wanted, lang, viewer)
    return dict(zip([column.key for column in wanted], found, strict=True))


def test_every_field_has_a_column_and_the_people_of_a_table_their_sums() -> None:
    keys = [column.key for column in columns(FORM, "es", OWN)]
    assert [key for key in keys if "." not in key] == [field.key for field in FORM.fields]
    assert [key for key in keys if "." in key] == [
        *("audience.women", "audience.men", "audience.not_stated", "audience.total"),
    ]


def test_headers_are_the_labels_of_the_language_and_all_different() -> None:
    for lang in ("es", "en"):
        headers = [column.header for column in columns(FORM, lang, OWN)]
        assert len(set(headers)) == len(headers)
        assert all(column.width > 0 for column in columns(FORM, lang, OWN))
    assert columns(FORM, "en", OWN)[4].header == "Participant profile and number: Women"


def test_numbers_stay_numbers_and_dates_dates() -> None:
    row = exported(OWN, window_from="2004-09-06", group_min=15)
    assert row["window_from"] == date(2004, 9, 6)
    assert row["group_min"] == 15
    assert row["course_hours"] == Decimal(24)
    assert row["participants"] == 20
    assert (row["audience.women"], row["audience.men"]) == (12, 8)
    assert row["audience.not_stated"] is row["audience.total"] is None
    assert row["themes"] == "Identificación y entrevista, también de niñas y niños y con intérprete"
    assert row["subtheme"] is None


def test_a_table_is_joined_into_one_text() -> None:
    assert exported(OWN)["audience"] == "Fiscalía · Mujeres: 12 · Hombres: 8 · norte"
    assert exported(OWN, audience=[])["audience"] is None


def test_a_viewer_has_no_column_for_what_does_not_exist_for_them() -> None:
    assert "contact_email" not in exported(Viewer("members"))
    assert "contact_email" in exported(Viewer("sponsors"))


def test_what_a_country_keeps_is_said_in_words_and_never_exported() -> None:
    row = exported(Viewer("sponsors", withheld=frozenset(["audience"])))
    assert row["title"] == row["audience"] == "No compartido por el país"
    assert row["audience.women"] is None
    assert row["participants"] == "No compartido por el país"
    assert exported(Viewer("sponsors"), "en")["title"] == "Withheld by the country"
    cell = exported(Viewer("sponsors", withheld=frozenset(["audience.women"])))
    assert (cell["audience.women"], cell["audience.men"]) == (None, 8)


def test_chosen_columns_come_in_the_order_chosen() -> None:
    wanted = [column for column in columns(FORM, "es", OWN) if column.key in ("title", "gap")][::-1]
    assert cells(FORM, ANSWERS, wanted, "es") == ["Nadie sabe", "Entrevista"]
