"""Is every cell of a workbook read as it is, whoever wrote it, and is what could do harm refused?"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from app.documents import xlsx_parts
from app.documents.read_xlsx import Workbook
from app.documents.xlsx_cells import Odd, Why, column_letters, is_date_format, place
from app.documents.xlsx_hearing import MOST_COLUMNS, MOST_SHEETS, MOST_STYLES, MOST_TEXT
from app.documents.xlsx_parts import (
    BROKEN,
    EMBEDDED,
    LINKED,
    MOST_RELATIONS,
    MOST_UNPACKED,
    TOO_MUCH,
)
from app.storage.archives import BOMB, LOCKED
from app.storage.refusals import Unwelcome
from app.storage.texts import ACTIVE, OTHER_KIND
from tests.formats.values import _clean_text

ROOT = Path(__file__).resolve().parents[2]


def by_xlsxwriter(fill: Callable[[Any, Any], None]) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False}) as book:
        fill(book, book.add_worksheet("Uno"))
    return target.getvalue()


def by_openpyxl(fill: Callable[[Any], None]) -> bytes:
    target, book = BytesIO(), openpyxl.Workbook()
    fill(book.active)
    book.save(target)
    return target.getvalue()


def cells(body: bytes) -> dict[str, Any]:
    book = Workbook(BytesIO(body))
    return {f"{column_letters(column)}{row}": held
            for row, line in book.lines(book.sheets[0]) for column, held in line.items()}  # fmt: skip


def changed(body: bytes, **parts: str | bytes) -> bytes:
    """The workbook with parts put in or replaced; `__` stands for a slash, `_dot_` for a point."""
    target = BytesIO()
    wanted = {name.replace("__", "/").replace("_dot_", "."): text for name, text in parts.items()}
    with zipfile.ZipFile(BytesIO(body)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for name in old.namelist():
            if name not in wanted:
                new.writestr(name, old.read(name))
        for name, text in wanted.items():
            new.writestr(name, text)
    return target.getvalue()


def refusal(body: bytes) -> str:
    with pytest.raises(Unwelcome) as refused:
        cells(body)
    return refused.value.message


PLAIN = by_xlsxwriter(lambda book, page: page.write_string(0, 0, "hola"))


class TestCells:
    def test_each_type_is_read_as_what_it_is(self) -> None:
        def fill(page: Any) -> None:
            page["A1"], page["B1"], page["C1"], page["D1"] = "seis", 6, 6.5, True
            page["E1"], page["F1"] = date(2004, 5, 24), "=1+1"
            page["G1"] = "#DIV/0!"
            page["G1"].data_type = "e"
            page["AA3"] = "lejos"

        assert cells(by_openpyxl(fill)) == {
            "A1": "seis", "B1": Decimal(6), "C1": Decimal("6.5"), "D1": True,
            "E1": date(2004, 5, 24), "F1": Odd(Why.FORMULA, "=1+1"),
            "G1": Odd(Why.ERROR, "#DIV/0!"), "AA3": "lejos",
        }  # fmt: skip

    @given(st.lists(_clean_text(60, lines=True), min_size=1, max_size=8))
    def test_no_text_is_changed_on_the_way(self, texts: list[str]) -> None:
        def fill(book: Any, page: Any) -> None:
            for row, text in enumerate(texts):
                page.write_string(row, 0, text)

        assert list(cells(by_xlsxwriter(fill)).values()) == texts

    @pytest.mark.parametrize("text", [
        "=cmd|' /C calc'!A0", "'abc", "_x000D_", "max005F_", "x005F_", "@SUM(A1)",
        "مرحبا بالعالم", "línea uno\nlínea dos", "&lt;b&gt;", "<script>", "👩🏽‍🏫", "  a  b  ".strip(),
    ])  # fmt: skip
    def test_texts_that_other_readers_change_are_not(self, text: str) -> None:
        assert cells(by_xlsxwriter(lambda b, page: page.write_string(0, 0, text))) == {"A1": text}

    def test_texts_of_several_looks_and_their_sound_are_one_text(self) -> None:
        shared = (
            '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>ho</t></r>'
            "<r><t>la</t></r><rPh><t>sound</t></rPh></si></sst>"
        )
        assert cells(changed(PLAIN, xl__sharedStrings_dot_xml=shared)) == {"A1": "hola"}

    def test_cells_and_rows_without_a_place_follow_one_another(self) -> None:
        sheet = (
            '<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheetData><row>'
            '<c t="inlineStr"><is><t>a</t></is></c><c/><c><v>3</v></c></row><row><c><v>1</v></c></row>'
            "</sheetData></worksheet>"
        )
        found = cells(changed(PLAIN, xl__worksheets__sheet1_dot_xml=sheet))
        assert found == {"A1": "a", "C1": Decimal(3), "A2": Decimal(1)}

    @pytest.mark.parametrize("day", [date(1900, 3, 1), date(2004, 2, 29), date(2199, 12, 31)])
    @pytest.mark.parametrize("from_1904", [False, True])
    def test_days_are_the_same_days_whichever_day_is_counted_from(
        self, day: date, from_1904: bool
    ) -> None:
        if from_1904 and day.year < 1904:
            return
        target = BytesIO()
        with xlsxwriter.Workbook(target, {"date_1904": from_1904}) as book:
            shape = book.add_format({"num_format": 'dddd d "de" mmmm yyyy'})
            book.add_worksheet().write_datetime(0, 0, day, shape)
        assert cells(target.getvalue()) == {"A1": day}

    @pytest.mark.parametrize(("number", "code", "is_date"), [
        (14, "", True), (22, "", True), (0, "General", False), (2, "0.00", False),
        (170, "[$-C0A]d mmm yyyy", True), (171, '0.0 "days"', False), (172, "[Red]0", False),
        (173, "#,##0.00 [$HNL]", False), (174, "[h]:mm", True), (49, "@", False),
    ])  # fmt: skip
    def test_a_number_is_a_day_only_where_its_look_says_so(
        self, number: int, code: str, is_date: bool
    ) -> None:
        assert is_date_format(number, code) is is_date

    @given(st.integers(1, 16384))
    def test_letters_of_columns_are_read_as_they_are_written(self, column: int) -> None:
        assert place(f"{column_letters(column)}7") == (7, column)


class TestRefusals:
    def test_macros_are_refused(self) -> None:
        assert refusal(changed(PLAIN, xl__vbaProject_dot_bin=b"x")) == ACTIVE

    @pytest.mark.parametrize("part", [
        "xl__externalLinks__externalLink1_dot_xml", "xl__connections_dot_xml",
        "xl__queryTables__queryTable1_dot_xml",
    ])  # fmt: skip
    def test_what_takes_data_from_elsewhere_is_refused(self, part: str) -> None:
        assert refusal(changed(PLAIN, **{part: "<x/>"})) == LINKED

    @pytest.mark.parametrize("part", ["xl__embeddings__a_dot_bin", "xl__ctrlProps__p_dot_xml"])
    def test_what_has_other_files_inside_is_refused(self, part: str) -> None:
        assert refusal(changed(PLAIN, **{part: "<x/>"})) == EMBEDDED

    @pytest.mark.parametrize(("kind", "is_refused"), [("hyperlink", False), ("oleObject", True)])
    def test_a_way_out_is_refused_unless_it_is_only_to_be_clicked(
        self, kind: str, is_refused: bool
    ) -> None:
        relations = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="http://x/{kind}" Target="http://example.org/"'
            ' TargetMode="External"/></Relationships>'
        )
        body = changed(PLAIN, xl__worksheets___rels__sheet1_dot_xml_dot_rels=relations)
        assert refusal(body) == LINKED if is_refused else cells(body) == {"A1": "hola"}

    def test_a_document_type_is_refused_before_what_it_declares_counts(self) -> None:
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        shared = (
            f'<!DOCTYPE sst [<!ENTITY l0 "ha">{laughs}]>'
            '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            "<si><t>&l9;</t></si></sst>"
        )
        assert refusal(changed(PLAIN, xl__sharedStrings_dot_xml=shared)) == BROKEN
        outside = '<!DOCTYPE sst SYSTEM "file:///etc/passwd"><sst/>'
        body = changed(PLAIN, xl__sharedStrings_dot_xml=outside.encode("utf-16"))
        assert refusal(body) == BROKEN

    @pytest.mark.parametrize("body", [
        b"", b"PK\x03\x04", b"%PDF-1.4", PLAIN[: len(PLAIN) // 2],
        changed(PLAIN, xl__worksheets__sheet1_dot_xml="<worksheet><c r='?'/>"),
        changed(PLAIN, xl__worksheets__sheet1_dot_xml="<a><row r='1'><c t='s'><v>99</v></c></row></a>"),
        changed(PLAIN, xl__worksheets__sheet1_dot_xml="<a><row r='1'><c><v>NaN</v></c></row></a>"),
        changed(PLAIN, xl__worksheets__sheet1_dot_xml="<a><row r='1'><c t='zz'><v>1</v></c></row></a>"),
        changed(PLAIN, xl__styles_dot_xml="<styleSheet><numFmt/></styleSheet>"),
    ])  # fmt: skip
    def test_what_is_broken_is_refused_in_words(self, body: bytes) -> None:
        assert refusal(body) in (BROKEN, OTHER_KIND)

    def test_so_many_sheets_are_refused_before_any_is_read(self) -> None:
        def with_sheets(number: int) -> bytes:
            target = BytesIO()
            with xlsxwriter.Workbook(target) as book:
                for _ in range(number):
                    book.add_worksheet()
            return target.getvalue()

        assert cells(with_sheets(MOST_SHEETS)) == {}
        assert refusal(with_sheets(MOST_SHEETS + 1)) == TOO_MUCH

    def test_a_password_is_named_as_the_reason(self) -> None:
        assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600) == LOCKED

    def test_parts_that_are_read_may_only_hold_so_much_together(self) -> None:
        sheet = "<worksheet>" + "<!--0123456789ab-->" * (MOST_UNPACKED // 19 + 1) + "</worksheet>"
        assert refusal(loosely(SHEET, sheet)) == BOMB

    def test_texts_without_end_are_refused(self) -> None:
        shared = "<sst><si><t>" + "ab" * (MOST_TEXT // 2 + 1) + "</t></si></sst>"
        assert refusal(loosely("xl/sharedStrings.xml", shared)) == TOO_MUCH

    def test_a_row_has_as_many_cells_as_programs_write_and_no_more(self) -> None:
        def row_of(count: int) -> bytes:
            row = "<row>" + "<c><v>1</v></c>" * count + "</row>"
            return loosely(SHEET, f"<worksheet><sheetData>{row}</sheetData></worksheet>")

        assert len(cells(row_of(MOST_COLUMNS))) == MOST_COLUMNS
        assert refusal(row_of(MOST_COLUMNS + 1)) == BROKEN

    @pytest.mark.parametrize("each", ['<numFmt numFmtId="%s" formatCode="d"/>', "<xf/>"])
    def test_styles_without_end_are_refused(self, each: str) -> None:
        def with_styles(count: int) -> bytes:
            styles = "".join(each.replace("%s", str(at)) for at in range(count))
            return loosely("xl/styles.xml", f"<styleSheet><cellXfs>{styles}</cellXfs></styleSheet>")

        assert cells(with_styles(MOST_STYLES)) == cells(PLAIN)
        assert refusal(with_styles(MOST_STYLES + 1)) == TOO_MUCH

    def test_relations_without_end_are_refused(self) -> None:
        ways = "".join(f'<Relationship Id="r{at}"/>' for at in range(MOST_RELATIONS + 1))
        rels = "xl/_rels/workbook.xml.rels"
        assert refusal(loosely(rels, f"<Relationships>{ways}</Relationships>")) == TOO_MUCH

    def test_all_parts_together_may_only_hold_so_many_elements(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        empty = "<worksheet><sheetData>" + "<row/>" * 5000 + "</sheetData></worksheet>"
        body = loosely(SHEET, empty)
        monkeypatch.setattr(xlsx_parts, "MOST_ELEMENTS", 5200)
        assert cells(body) == {}
        monkeypatch.setattr(xlsx_parts, "MOST_ELEMENTS", 5000)
        assert refusal(body) == TOO_MUCH


SHEET = "xl/worksheets/sheet1.xml"


def loosely(part: str, text: str) -> bytes:
    """A workbook with a part of one's own, not so dense that the archive as a whole is refused."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(PLAIN)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return target.getvalue()


def bomb(path: Path, unpacked: int) -> Path:
    """An archive about a thousandth as large as what it unpacks to."""
    body = b"<worksheet><sheetData>" + b" " * unpacked + b"</sheetData></worksheet>"
    with (
        zipfile.ZipFile(BytesIO(PLAIN)) as old,
        zipfile.ZipFile(path, "w", 8, compresslevel=9) as new,
    ):
        for name in old.namelist():
            new.writestr(name, body if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return path


MEASURE = """
import resource, sys, time, tracemalloc
from app.documents.read_xlsx import Workbook
from app.storage.refusals import Unwelcome
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
tracemalloc.start()
started = time.process_time()
with open(sys.argv[1], "rb") as file:
    try:
        book = Workbook(file)
        for sheet in book.sheets:
            for line in book.lines(sheet):
                pass
        print("read")
    except Unwelcome as refused:
        print(refused.message)
spent = time.process_time() - started
more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(tracemalloc.get_traced_memory()[1], more, round(spent * 1000))
"""


def measured(path: Path) -> tuple[str, int, int, int]:
    """What came of reading a file in a program of its own: the answer, bytes at the peak, kB more than
    before, milliseconds of its work."""
    done = subprocess.run([sys.executable, "-c", MEASURE, str(path)], cwd=ROOT, check=True,
                          capture_output=True, text=True)  # fmt: skip
    answer, figures = done.stdout.strip().rsplit("\n", 1)
    peak, more, milliseconds = map(int, figures.split())
    return answer, peak, more, milliseconds


def test_an_archive_that_unpacks_to_a_thousand_times_its_size_is_refused_unopened(
    tmp_path: Path,
) -> None:
    path = bomb(tmp_path / "bomb.xlsx", 20_000_000)
    assert path.stat().st_size < 30_000
    answer, peak, more, _time = measured(path)
    assert answer == BOMB
    assert peak < 2_000_000
    assert more < 20_000


def test_a_large_honest_workbook_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for row in range(200):
            for column in range(60):
                page.write_number(row, column, row * column)
    answer, peak, *_more = measured(path)
    assert answer == "read"
    assert peak < 3_000_000


def test_the_densest_workbook_that_is_read_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "dense.xlsx"
    row = "<row>" + "<c><v>1</v></c>" * MOST_COLUMNS + "</row>"
    path.write_bytes(loosely(SHEET, f"<worksheet><sheetData>{row * 30}</sheetData></worksheet>"))
    answer, peak, *_more = measured(path)
    assert answer == "read"
    assert peak < 20_000_000
