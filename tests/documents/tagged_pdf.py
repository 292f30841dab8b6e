"""What does a PDF say to someone who cannot see it? Its tags, and the text under each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

_RANGE = re.compile(r"<(\w+)>\s*<(\w+)>\s*(<(\w+)>|\[([^\]]*)\])")


class TaggedPdf:
    """A PDF read by its structure tree, as a screen reader does."""

    def __init__(self, data: bytes) -> None:
        self.reader = PdfReader(BytesIO(data))
        self.root = self.reader.trailer["/Root"]
        self._texts = {
            page.indirect_reference.idnum: _texts_by_mark(page, self.reader)
            for page in self.reader.pages
        }

    def tables(self) -> Iterator[tuple[str, list[list[str]]]]:
        """Each table with its caption: rows of cells, the header first.

        A caption is the table's own or, where a note stands between them, the one before it.
        """
        before = ""
        for element in self.elements(self.root["/StructTreeRoot"]):
            if element.get("/S") == "/Caption":
                before = self.text(element)
            if element.get("/S") == "/Table":
                own = [kid for kid in _children(element) if kid.get("/S") == "/Caption"]
                yield (
                    self.text(own[0]) if own else before,
                    [
                        [self.text(cell) for cell in self.elements(row) if _is_cell(cell)]
                        for row in self.elements(element)
                        if row.get("/S") == "/TR"
                    ],
                )

    def elements(self, parent: Any) -> Iterator[Any]:
        """All elements below one, in reading order."""
        for child in _children(parent):
            if isinstance(child, dict) and "/S" in child:
                yield child
                yield from self.elements(child)

    def tags(self) -> list[str]:
        """The names of all tags in reading order."""
        return [str(element["/S"]) for element in self.elements(self.root["/StructTreeRoot"])]

    def text(self, element: Any) -> str:
        """The text under one element, in reading order."""
        page = element["/Pg"].indirect_reference.idnum if "/Pg" in element else None
        said = []
        for child in _children(element):
            if isinstance(child, int):
                said.append(self._texts[page].get(int(child), ""))
            elif "/MCID" in child:
                there = child["/Pg"].indirect_reference.idnum if "/Pg" in child else page
                said.append(self._texts[there].get(int(child["/MCID"]), ""))
            elif "/S" in child:
                said.append(self.text(child))
        return "".join(said)


def _is_cell(element: Any) -> bool:
    return element.get("/S") in ("/TH", "/TD")


def _children(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    kids = kids if isinstance(kids, list) else [kids]
    return [kid.get_object() if hasattr(kid, "get_object") else kid for kid in kids]


def _texts_by_mark(page: PageObject, reader: PdfReader) -> dict[int, str]:
    """The text of each marked content of a page, as it is read out and copied."""
    maps = {
        name: _to_unicode(font.get_object())
        for name, font in page["/Resources"].get("/Font", {}).items()
    }
    texts: dict[int, str] = {}
    open_marks: list[dict[str, Any]] = []
    font: dict[int, str] = {}
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        said = ""
        if operator in (b"BDC", b"BMC"):
            open_marks.append(_properties(operands))
            said = str(open_marks[-1].get("/ActualText", ""))
        elif operator == b"EMC":
            open_marks.pop()
        elif operator == b"Tf":
            font = maps[operands[0]]
        elif operator in (b"Tj", b"TJ") and not any("/ActualText" in m for m in open_marks):
            said = _decoded(operands[0], font)
        numbers = [int(mark["/MCID"]) for mark in open_marks if "/MCID" in mark]
        if said and numbers:
            texts[numbers[-1]] = texts.get(numbers[-1], "") + said
    return texts


def _properties(operands: list[Any]) -> dict[str, Any]:
    """What is said of a mark: its number, and the text that stands for what it draws."""
    return operands[1] if len(operands) == 2 and isinstance(operands[1], dict) else {}


def _decoded(shown: Any, font: dict[int, str]) -> str:
    pieces = shown if isinstance(shown, list) else [shown]
    codes = b"".join(_raw(piece) for piece in pieces if isinstance(piece, str | bytes))
    return "".join(
        font.get(int.from_bytes(codes[at : at + 2], "big"), "") for at in range(0, len(codes), 2)
    )


def _raw(piece: Any) -> bytes:
    return piece if isinstance(piece, bytes) else piece.original_bytes


def _to_unicode(font: Any) -> dict[int, str]:
    table = font["/ToUnicode"].get_object().get_data().decode("ascii")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, _, start, many in _RANGE.findall(block):
            texts = re.findall(r"<(\w+)>", many) if many else None
            for step, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                if texts:
                    found[code] = bytes.fromhex(texts[step]).decode("utf-16-be")
                else:
                    base = bytes.fromhex(start).decode("utf-16-be")
                    found[code] = base[:-1] + chr(ord(base[-1]) + step)
    return found
