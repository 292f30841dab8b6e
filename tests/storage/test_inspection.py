"""Is every file let in that people need, and none that a browser or an office program would run?"""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.storage import archives, names
from app.storage.kinds import KINDS
from app.storage.refusals import Unwelcome
from tests.storage import samples as made

HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def examine(ending: str, content: bytes) -> None:
    KINDS[ending].examine(io.BytesIO(content))


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        ("pdf", made.PDF), ("txt", made.TEXT), ("txt", b""), ("png", made.png()),
        ("jpg", made.jpeg()), ("jpeg", made.jpeg(after=b"notes of a telephone")),
        ("docx", made.docx()), ("xlsx", made.xlsx()), ("odt", made.odt()),
        ("docx", made.docx({"word/embeddings/Microsoft_Excel_Sheet1.xlsx": made.xlsx()})),
        ("docx", made.docx({"word/media/image1.png": made.png()})),
    ],
)  # fmt: skip
def test_an_honest_file_is_let_in(ending: str, content: bytes) -> None:
    examine(ending, content)


def test_a_file_by_the_libraries_that_write_them_is_let_in() -> None:
    import docx
    import openpyxl

    word, excel = io.BytesIO(), io.BytesIO()
    docx.Document().save(word)
    openpyxl.Workbook().save(excel)
    examine("docx", word.getvalue())
    examine("xlsx", excel.getvalue())


CONTENTS = {
    "html": HTML, "svg": SVG, "gif": b"GIF89a=1;alert(1)//", "exe": b"MZ\x90\x00" + b"\x00" * 60,
    "script": b"#!/bin/sh\nrm -rf /\n\x00", "zip": made.archive({"a.txt": b"x"}),
    "pdf": made.PDF, "png": made.png(), "jpeg": made.jpeg(), "docx": made.docx(), "xlsx": made.xlsx(),
    "odt": made.odt(), "empty": b"",
}  # fmt: skip


@pytest.mark.parametrize("ending", sorted(set(KINDS) - {"txt"}))
@pytest.mark.parametrize("content", sorted(CONTENTS))
def test_what_a_name_says_and_what_a_file_is_must_agree(ending: str, content: str) -> None:
    if ending.replace("jpg", "jpeg") == content:
        return
    with pytest.raises(Unwelcome):
        examine(ending, CONTENTS[content])


@pytest.mark.parametrize("content", ["gif", "exe", "script", "zip", "png", "jpeg", "docx"])
def test_bytes_do_not_pass_for_text(content: str) -> None:
    if content == "gif":  # all of it is letters, and text is what it is given back as
        return
    with pytest.raises(Unwelcome):
        examine("txt", CONTENTS[content])


@pytest.mark.parametrize(
    "content", [b"\xff\xfea\x00", b"caf\xe9", b"\xe2\x82", b"a\x00b", b"\xc0\x80"]
)
def test_text_is_utf_8(content: bytes) -> None:
    with pytest.raises(Unwelcome):
        examine("txt", content)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_any_letters_are_text(text: str) -> None:
    examine("txt", text.encode())


def test_a_letter_across_two_pieces_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    from app.storage import texts

    monkeypatch.setattr(texts, "_PIECE", 1)
    examine("txt", "ñandú €".encode())


@pytest.mark.parametrize(
    "content",
    [
        HTML + made.PDF, b" " + made.PDF, made.PDF + made.archive({"a": b"x"}), made.PDF[:20],
        made.PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (x) >>"),
        made.PDF.replace(b"/Catalog", b"/Catalog /J#61vaScript 1"),
        made.PDF.replace(b"/Catalog", b"/Catalog /A << /S /Launch >>"),
        made.PDF.replace(b"/Catalog", b"/Catalog /XFA 1"),
    ],
)  # fmt: skip
def test_a_pdf_is_nothing_else_and_runs_nothing(content: bytes) -> None:
    with pytest.raises(Unwelcome):
        examine("pdf", content)


@pytest.mark.parametrize(
    "content",
    [
        made.png() + HTML, made.png()[:-4], made.png()[:20] + HTML, made.png(50_000, 50_000),
        made.png(0, 2), made.png().replace(b"IDAT", b"IDAX"),
        b"\x89PNG\r\n\x1a\n" + b"\xff\xff\xff\xffIHDR", b"\x89PNG\r\n\x1a\n" + made.chunk(b"IEND", b""),
    ],
)  # fmt: skip
def test_a_picture_is_whole_and_of_a_size_that_can_be_opened(content: bytes) -> None:
    with pytest.raises(Unwelcome):
        examine("png", content)


@pytest.mark.parametrize(
    "content",
    [
        made.jpeg(60_000, 60_000), made.jpeg()[:-2], made.jpeg()[:6], b"\xff\xd8\xff\xd9",
        made.jpeg(after=made.archive({"a": b"x"})), b"\xff\xd8\xff\xda" + b"\xff\xd9",
        b"\xff\xd8\xff\xe0\x00\x00" + made.jpeg()[2:], b"\xff\xd8" + HTML,
    ],
)  # fmt: skip
def test_a_photograph_is_one_and_nothing_else(content: bytes) -> None:
    with pytest.raises(Unwelcome):
        examine("jpg", content)


@pytest.mark.parametrize(
    "extra",
    [
        {"word/vbaProject.bin": b"x"}, {"word/activeX/activeX1.xml": b"x"}, {"page.html": HTML},
        {"word/media/image1.svg": SVG}, {"run.js": b"x"}, {"a/../../b.xml": b"x"}, {"/etc/x": b"x"},
        {"inner.zip": made.archive({"a": b"x"})}, {"inner.docx": made.docx()},
    ],
)  # fmt: skip
def test_an_office_document_runs_nothing_and_stays_inside(extra: dict[str, bytes]) -> None:
    with pytest.raises(Unwelcome):
        examine("docx", made.docx(extra))


def test_a_document_with_macros_is_refused_whatever_its_name() -> None:
    with pytest.raises(Unwelcome):
        examine("docx", made.docx(content_type=made.MACROS))


@pytest.mark.parametrize("ending", ["docx", "xlsx", "odt"])
def test_a_document_under_a_password_is_refused_with_that_reason(ending: str) -> None:
    whole = {"docx": made.docx, "xlsx": made.xlsx, "odt": made.odt}[ending]()
    for content in (made.locked(whole), archives.COMPOUND + b"\x00" * 600):
        with pytest.raises(Unwelcome) as refused:
            examine(ending, content)
        assert refused.value.message == archives.LOCKED


def test_a_bomb_is_refused_without_opening_it() -> None:
    with pytest.raises(Unwelcome) as refused:
        examine("xlsx", made.bomb())
    assert refused.value.message == archives.BOMB


def test_too_many_entries_are_refused() -> None:
    with pytest.raises(Unwelcome) as refused:
        examine("docx", made.docx({f"word/{n}.xml": b"" for n in range(archives.MOST_ENTRIES)}))
    assert refused.value.message == archives.BOMB


def test_entries_that_share_their_bytes_are_refused() -> None:
    content = bytearray(made.docx({f"word/{n}.xml": bytes(range(256)) * 8 for n in range(4)}))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as whole:
        places = [entry.header_offset for entry in whole.infolist()]
    at = content.find(b"PK\x01\x02")
    while at >= 0:  # every entry of the directory says it is as long as the whole file
        content[at + 20 : at + 24] = len(content).to_bytes(4, "little")
        content[at + 42 : at + 46] = places[0].to_bytes(4, "little")
        at = content.find(b"PK\x01\x02", at + 4)
    with pytest.raises(Unwelcome):
        examine("docx", bytes(content))


@given(st.binary(max_size=400), st.sampled_from(sorted(KINDS)))
def test_nothing_but_a_refusal_comes_of_chance_bytes(content: bytes, ending: str) -> None:
    for prefix in (b"", b"%PDF-", b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"):
        try:
            examine(ending, prefix + content)
        except Unwelcome:
            continue


@given(st.data(), st.sampled_from(["docx", "png", "jpg", "odt", "pdf"]))
def test_nothing_but_a_refusal_comes_of_a_damaged_file(data: st.DataObject, ending: str) -> None:
    whole = bytearray({"docx": made.docx(), "png": made.png(), "jpg": made.jpeg(), "odt": made.odt(),
                       "pdf": made.PDF}[ending])  # fmt: skip
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        examine(ending, bytes(whole))
    except Unwelcome:
        return


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("oficio.pdf", "oficio.pdf"), ("C:\\Users\\ana\\oficio 17.pdf", "oficio 17.pdf"),
        ("../../etc/passwd", "passwd"), ("fdp.\u202eexe.pdf", "fdp.exe.pdf"), ("a\r\nb.pdf", "ab.pdf"),
        ('"><script>.pdf', "script.pdf"), ("", "archivo"), ("...", "archivo"), (".pdf", "archivo.pdf"),
        ("nota\u0303.pdf", "notã.pdf"), ("a" * 300 + ".pdf", "a" * 116 + ".pdf"), ("x.\x00pdf", "x.pdf"),
    ],
)  # fmt: skip
def test_a_name_is_kept_without_what_could_do_harm(given_name: str, kept: str) -> None:
    assert names.clean(given_name) == kept


@given(st.text(max_size=200))
def test_a_cleaned_name_is_short_has_no_path_and_stays_as_it_is(text: str) -> None:
    cleaned = names.clean(text)
    assert 0 < len(cleaned) <= names.LONGEST
    assert not set(cleaned) & set('/\\"<>\r\n\x00')
    assert not cleaned.startswith(".")
    assert names.clean(cleaned) == cleaned
    cleaned.encode()
