"""Do all media say the same? One document's tables, read back from each and compared."""

from __future__ import annotations

import dataclasses
from io import BytesIO

from hypothesis import given
from pypdf import PdfReader

from app.documents.docx import docx
from app.documents.glyphs import covered
from app.documents.model import Document, Table
from app.documents.pdf import pdf
from app.documents.xlsx import workbook
from tests.documents import examples
from tests.documents.readers import (
    expected_tables,
    expected_values,
    read_docx_tables,
    read_pdf_tables,
    read_xlsx_tables,
)
from tests.documents.strategies import document_of, tables


def assert_same_everywhere(document: Document) -> None:
    assert read_pdf_tables(pdf(document)) == expected_tables(document)
    assert read_docx_tables(docx(document)) == expected_tables(document)
    assert read_xlsx_tables(workbook(document), document) == expected_values(document)


def test_a_report_of_seven_tables_is_the_same_in_all_media() -> None:
    assert_same_everywhere(examples.report(tables=7, rows=60))


def test_a_report_of_seven_tables_of_five_hundred_rows_loses_none() -> None:
    document = examples.report(tables=7, rows=500)
    assert read_docx_tables(docx(document)) == expected_tables(document)
    assert read_xlsx_tables(workbook(document), document) == expected_values(document)
    last_page = PdfReader(BytesIO(pdf(document))).pages[-1]
    assert "Honduras" in last_page.extract_text()


def test_a_review_in_english_is_the_same_in_all_media() -> None:
    assert_same_everywhere(examples.review())


def _can_be_printed(table: Table) -> bool:
    """Whether the fonts have every sign: a PDF replaces what they lack, the others need not."""
    rows = (*table.rows, table.total or ())
    texts = (cell for row in rows for cell in row if isinstance(cell, str))
    return all(ord(sign) in covered() for text in texts for sign in text)


def test_words_on_two_lines_are_two_words_in_all_media() -> None:
    table = dataclasses.replace(
        examples.needs_table(), rows=(("uno\ndos", "a\n\nb", 1, 2, None, None, None),), total=None
    )
    assert_same_everywhere(document_of(table))


@given(tables().filter(_can_be_printed))
def test_any_table_is_the_same_in_all_media(table: Table) -> None:
    assert_same_everywhere(document_of(table))
