"""How does each block of a document stand in Word's XML? As paragraphs and tables with styles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import nsdecls, nsmap

from app.documents.model import (
    AnyChart,
    Block,
    Contents,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Signature,
    TableBlock,
)
from app.documents.shown import Shown
from app.documents.word_tables import facts_xml, shown_rows, table_xml
from app.documents.word_text import attribute, language_tag, run, tagged
from app.documents.words import words

# English Metric Units, in which Word measures drawings: 166 mm of text, between A4's margins.
_TEXT_WIDTH = 166 * 36_000
_STYLES = {"normal": "Normal", "lead": "EnlaceLead", "note": "EnlaceNote"}
_FIRST_DRAWING = 100
# Word wants a paragraph after a table; after the last one it must not begin a page of its own.
_NO_HEIGHT = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


@dataclass(frozen=True)
class Picture:
    """A picture that is part of the file: how the body refers to it, and its size in pixels."""

    relation: str
    width: int
    height: int


class WordBody:
    """One document's blocks and written-out figures, turned into XML when its pictures have places."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._shown = Shown(document.locale)
        self._words = words(document.lang)
        self._rows = {table.key: shown_rows(table, self._shown) for table in document.tables}

    def xml(self, pictures: Sequence[Picture]) -> str:
        """The content of the body; `pictures` are those of its charts, in order."""
        self._pictures = iter(pictures)
        self._drawings = _FIRST_DRAWING
        self._headings = 0
        self._on_new_page = bool(self._document.cover)
        pieces = [
            piece for block in self._document.blocks for piece in _DRAW[type(block)](self, block)
        ]
        gap = self._paragraph("EnlaceGap", "")
        if pieces and pieces[-1] == gap:
            pieces[-1] = self._paragraph("EnlaceGap", "", more=_NO_HEIGHT)
        return "".join(pieces)

    def _paragraph(self, style: str, inside: str, *, more: str = "") -> str:
        on_new_page = "<w:pageBreakBefore/>" if self._on_new_page else ""
        self._on_new_page = False
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{on_new_page}{more}</w:pPr>{inside}</w:p>'

    def _language(self, lang: str | None) -> str:
        if lang is None or lang == self._document.lang:
            return ""
        return tagged(language_tag(lang, self._document.locale))

    def heading(self, block: Heading) -> Iterator[str]:
        """A heading, marked so that the contents can lead to it."""
        mark = self._headings
        self._headings += 1
        inside = (
            f'<w:bookmarkStart w:id="{mark}" w:name="{_anchor(mark)}"/>{run(block.text)}'
            f'<w:bookmarkEnd w:id="{mark}"/>'
        )
        yield self._paragraph(f"Heading{block.level}", inside)

    def paragraph(self, block: Paragraph) -> Iterator[str]:
        """Running text; a proposal says above whose it is."""
        text = run(block.text, properties=self._language(block.lang))
        if block.style == "proposal":
            yield self._paragraph("EnlaceProposalLabel", run(self._words["proposal"]))
            yield self._paragraph("EnlaceProposal", text)
            yield self._paragraph("EnlaceGap", "")
        else:
            yield self._paragraph(_STYLES[block.style], text)

    def facts(self, block: Facts) -> Iterator[str]:
        """Labels and what is said of each."""
        if self._on_new_page:
            yield self._paragraph("EnlaceGap", "")
        yield facts_xml(block.pairs, properties=self._language(block.lang))
        yield self._paragraph("EnlaceGap", "")

    def table(self, block: TableBlock) -> Iterator[str]:
        """A chart, and the table beside it, each under its title."""
        if block.chart:
            yield from self._chart(block.chart)
        yield self._paragraph("Caption", run(block.table.title))
        if block.table.note:
            yield self._paragraph("EnlaceTableNote", run(block.table.note))
        yield table_xml(block.table, self._rows[block.table.key])
        yield self._paragraph("EnlaceGap", "")

    def _chart(self, chart: AnyChart) -> Iterator[str]:
        picture = next(self._pictures)
        self._drawings += 1
        height = _TEXT_WIDTH * picture.height // picture.width
        number, alt = self._drawings, attribute(f"{chart.title}. {chart.description}")
        yield self._paragraph("Caption", run(chart.title))
        yield self._paragraph(
            "Normal",
            "<w:r><w:drawing>"
            f'<wp:inline {nsdecls("wp", "a", "pic", "r")} distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{_TEXT_WIDTH}" cy="{height}"/>'
            f'<wp:docPr id="{number}" name="{attribute(chart.title)}" descr="{alt}"/>'
            f"<a:graphic>{_graphic(picture.relation, number, height)}</a:graphic>"
            "</wp:inline></w:drawing></w:r>",
        )

    def signature(self, block: Signature) -> Iterator[str]:
        """A line to sign on, and who signs."""
        for index, line in enumerate(block.lines):
            above = '<w:spacing w:before="1400"/>' if index == 0 else ""
            bold = "<w:b/>" if index == 0 else ""
            yield self._paragraph("EnlaceSignature", run(line, properties=bold), more=above)

    def contents(self, _block: Contents) -> Iterator[str]:
        """The headings as links, in a field that Word can bring up to date with page numbers."""
        yield self._paragraph("EnlaceContents", run(self._words["contents"]))
        listed = [block for block in self._document.blocks if isinstance(block, Heading)]
        before = (
            _field_mark("begin")
            + '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
            + _field_mark("separate")
        )
        for mark, heading in enumerate(listed):
            if heading.level > 2:
                continue
            link = f'<w:hyperlink w:anchor="{_anchor(mark)}">{run(heading.text)}</w:hyperlink>'
            yield self._paragraph(f"toc{heading.level}", before + link)
            before = ""
        yield self._paragraph("EnlaceNote", before + _field_mark("end"))

    def page_break(self, _block: PageBreak) -> Iterator[str]:
        """Nothing by itself: the next paragraph begins a page."""
        self._on_new_page = True
        return iter(())


def _anchor(mark: int) -> str:
    return f"_Toc{mark:06d}"


def _field_mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _graphic(relation: str, number: int, height: int) -> str:
    return (
        f'<a:graphicData uri="{nsmap["pic"]}">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="chart-{number}.png"/>'
        "<pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        "</pic:blipFill><pic:spPr><a:xfrm><a:off x='0' y='0'/>"
        f'<a:ext cx="{_TEXT_WIDTH}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
    )


_DRAW: dict[type[Block], Callable[[WordBody, Any], Iterator[str]]] = {
    Heading: WordBody.heading,
    Paragraph: WordBody.paragraph,
    Facts: WordBody.facts,
    TableBlock: WordBody.table,
    Signature: WordBody.signature,
    Contents: WordBody.contents,
    PageBreak: WordBody.page_break,
}
