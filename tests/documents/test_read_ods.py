"""Is every cell of an OpenDocument spreadsheet read as it is, and is what could do harm refused?"""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import read_ods
from app.documents.read_ods import Spreadsheet
from app.documents.xlsx_cells import Odd, Why, column_letters
from app.documents.xlsx_hearing import MOST_SHEETS
from app.documents.xlsx_parts import BROKEN, LINKED, TOO_MUCH
from app.storage.archives import BOMB
from app.storage.refusals import Unwelcome
from app.storage.texts import ACTIVE, OTHER_KIND
from tests.formats.values import _clean_text

SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [("office", "office"), ("table", "table"), ("text", "text"), ("draw", "drawing")]
) + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'  # fmt: skip


def ods(sheets: str, *, kind: str = SPREADSHEET, head: str = "", **more: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", 8) as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "content.xml",
            f"<?xml version='1.0'?>{head}<office:document-content {NAMES}><office:body>"
            f"<office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>",
        )
        for name, content in more.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def sheet(rows: str, name: str = "Uno") -> str:
    return f'<table:table table:name="{name}">{rows}</table:table>'


def row(*cells: str, times: int = 1) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'
    )


def cell(text: str = "", times: int = 1, **attributes: str) -> str:
    said = " ".join(f'{name.replace("_", ":", 1).replace("_", "-")}="{value}"'
                    for name, value in attributes.items())  # fmt: skip
    lines = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n")) if text else ""
    return f'<table:table-cell table:number-columns-repeated="{times}" {said}>{lines}</table:table-cell>'


def cells(body: bytes, at: int = 0) -> dict[str, Any]:
    book = Spreadsheet(BytesIO(body))
    return {f"{column_letters(column)}{number}": held
            for number, line in book.lines(book.sheets[at]) for column, held in line.items()}  # fmt: skip


def refusal(body: bytes) -> str:
    with pytest.raises(Unwelcome) as refused:
        cells(body)
    return refused.value.message


def test_every_kind_of_cell_is_read() -> None:
    body = ods(sheet(row(
        cell("hola"), cell("1,5", office_value_type="float", office_value="1.5"),
        cell("24/5/04", office_value_type="date", office_date_value="2004-05-24"),
        cell("VERDADERO", office_value_type="boolean", office_boolean_value="true"),
        cell("2", table_formula="of:=1+1", office_value_type="float", office_value="2"),
        cell(office_value_type="string", office_string_value="en un atributo"),
    )))  # fmt: skip
    assert cells(body) == {
        "A1": "hola", "B1": Decimal("1.5"), "C1": date(2004, 5, 24), "D1": True,
        "E1": Odd(Why.FORMULA, "of:=1+1"), "F1": "en un atributo",
    }  # fmt: skip


def test_what_is_written_once_with_how_often_stands_in_each_place() -> None:
    body = ods(sheet(row(cell(times=2), cell("a", times=2)) + row(cell(times=9), times=1_000_000)
                     + row(cell("b"), cell("c"), times=2)))  # fmt: skip
    assert cells(body) == {
        "C1": "a", "D1": "a", "A1000002": "b", "B1000002": "c", "A1000003": "b", "B1000003": "c",
    }  # fmt: skip


def test_lines_and_blanks_of_a_text_are_kept() -> None:
    body = ods(sheet(row(cell('uno\ndos<text:s text:c="3"/>tres<text:tab/><text:span>x</text:span>'
                              "<text:line-break/>y"))))  # fmt: skip
    assert cells(body) == {"A1": "uno\ndos   tres\tx\ny"}


def test_remarks_pictures_and_covered_cells_are_no_content() -> None:
    remark = "<office:annotation><text:p>una nota</text:p></office:annotation>"
    picture = "<draw:frame><draw:text-box><text:p>un dibujo</text:p></draw:text-box></draw:frame>"
    covered = "<table:covered-table-cell><text:p>debajo</text:p></table:covered-table-cell>"
    body = ods(sheet(row(f"<table:table-cell>{remark}{picture}<text:p>visible</text:p></table:table-cell>",
                         covered, cell("después"))))  # fmt: skip
    assert cells(body) == {"A1": "visible", "C1": "después"}


def test_each_sheet_has_its_own_rows_and_name() -> None:
    body = ods(sheet(row(cell("a")), "Uno") + sheet(row() + row(cell("b")), "Dos"))
    book = Spreadsheet(BytesIO(body))
    assert [each.name for each in book.sheets] == ["Uno", "Dos"]
    assert (cells(body), cells(body, 1)) == ({"A1": "a"}, {"A2": "b"})


@given(st.lists(st.lists(_clean_text(20) | st.none(), max_size=4), max_size=4))
def test_any_texts_come_back(rows: list[list[str | None]]) -> None:
    def drawn(text: str) -> str:
        for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
            text = text.replace(sign, entity)
        return text

    body = ods(sheet("".join(row(*(cell(drawn(each or "")) for each in line)) for line in rows)))
    wanted = {f"{column_letters(at)}{number}": text for number, line in enumerate(rows, 1)
              for at, text in enumerate(line, 1) if text and text.strip()}  # fmt: skip
    assert cells(body) == wanted


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (ods(sheet(row(cell("a", times=800), times=800))), TOO_MUCH),
        (ods(sheet(row(cell("a"), times=10**9))), TOO_MUCH),
        (ods(sheet(row(cell("a", times=10**9)))), TOO_MUCH),
        (ods(sheet(row(cell("a", times=20_000)))), BROKEN),
        (ods(sheet(row(cell('<text:s text:c="999999999"/>')))), TOO_MUCH),
        (ods(sheet(row(*(cell('<text:s text:c="6000000"/>') for _ in "ab")))), TOO_MUCH),
        (ods("".join(sheet("", str(at)) for at in range(MOST_SHEETS + 1))), TOO_MUCH),
        (ods(sheet('<table:table-source table:table-name="x"/>')), LINKED),
        (ods(sheet(row(cell(office_value_type="float", office_value="x")))), BROKEN),
        (ods(sheet(row(cell(office_value_type="date", office_date_value="ayer")))), BROKEN),
        (ods(sheet(row(cell("a", times=0)))), BROKEN),
        (ods(sheet("<table:table-row>")), BROKEN),
        (ods(sheet(""), head="<!DOCTYPE x [<!ENTITY a 'b'>]>"), BROKEN),
        (ods(sheet(""), kind="application/vnd.oasis.opendocument.text"), OTHER_KIND),
        (ods(sheet(""), Basic__Standard__Module1=b"sub"), ACTIVE),
        (ods(sheet(row(cell("a" * 3_000_000)))), BOMB),
    ],
)
def test_what_is_hostile_or_broken_is_refused(body: bytes, reason: str) -> None:
    assert refusal(body) == reason


def test_texts_have_a_limit_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_ods, "MOST_TEXT", 10)
    assert refusal(ods(sheet(row(cell("seis66"), cell("seis66"))))) == TOO_MUCH
