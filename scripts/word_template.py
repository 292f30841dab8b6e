"""What is the Word template made of? Makes app/documents/template.docx, styles, cover and all.

Run it after changing it: `.venv/bin/python scripts/word_template.py`. The result is committed, so
that it can also be looked at in Word; changes made there are lost when this runs again.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.documents.typesetter import pictures  # noqa: E402
from app.figures.colours import INK, LINE, MARIGOLD, MUTED, TEAL  # noqa: E402

TARGET = ROOT / "app" / "documents" / "template.docx"
FONT = "Calibri"
TEAL_SOFT = "#e3eff0"
TEXT_WIDTH = Mm(166)
BODY = "[[body]]"


def main(target: Path = TARGET) -> None:
    """Writes the template."""
    document = docx.Document()
    for paragraph in list(document.paragraphs):
        paragraph._element.getparent().remove(paragraph._element)
    _page(document)
    _styles(document)
    _only_our_styles(document)
    _header(document)
    _footer(document)
    _cover(document)
    _opening(document)
    document.add_paragraph(BODY)
    _no_metadata(document)
    document.save(str(target))


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(30), Mm(24)
    section.header_distance, section.footer_distance = Mm(14), Mm(12)
    section.different_first_page_header_footer = True


def _styles(document: Document) -> None:
    _paragraph_style(document, "Normal", size=10.5, after=6, line=1.15)
    _paragraph_style(document, "Title", size=20, bold=True, after=4, keep=True)
    _paragraph_style(document, "Subtitle", size=12, colour=MUTED, after=6)
    _paragraph_style(document, "Heading 1", size=16, bold=True, before=24, after=8, keep=True)
    _paragraph_style(document, "Heading 2", size=13, bold=True, before=18, after=6, keep=True)
    _paragraph_style(document, "Heading 3", size=11, bold=True, before=14, after=4, keep=True)
    _paragraph_style(document, "Caption", size=10.5, bold=True, before=12, after=4, keep=True)
    _paragraph_style(document, "Enlace Cover Title", size=30, bold=True, after=8, like="Title")
    _paragraph_style(document, "Enlace Lead", size=12.5, colour=MUTED, before=4, after=10)
    _paragraph_style(document, "Enlace Note", size=9, colour=MUTED, after=6)
    _paragraph_style(document, "Enlace Table Note", size=9, colour=MUTED, after=4, keep=True)
    _paragraph_style(document, "Enlace Dated", size=9, colour=MUTED, after=14)
    _paragraph_style(document, "Enlace Mark", size=10, bold=True, colour=TEAL, after=14)
    _paragraph_style(document, "Enlace Contents", size=16, bold=True, after=8, keep=True)
    _paragraph_style(document, "toc 1", size=10.5, bold=True, before=6, after=2)
    _paragraph_style(document, "toc 2", size=10.5, after=2, left=6)
    _paragraph_style(document, "Enlace Cell", size=9, line=1.0)
    _paragraph_style(document, "Enlace Header Cell", size=8, bold=True, colour=MUTED, line=1.0)
    _paragraph_style(document, "Enlace Total Cell", size=9, bold=True, line=1.0)
    _paragraph_style(document, "Enlace Fact", size=10)
    _paragraph_style(document, "Enlace Fact Label", size=10, colour=MUTED)
    _paragraph_style(document, "Enlace Gap", size=4, after=4, line=1.0)
    _paragraph_style(document, "Enlace Signature", size=10, colour=MUTED, after=0, right=86)
    _proposal_styles(document)
    _table_styles(document)
    _bordered(document.styles["Enlace Signature"].element, side=None)


# Styles Word itself fills when a table of contents is brought up to date.
_WORDS_OWN = ("toc 1", "toc 2")


def _paragraph_style(
    document: Document,
    name: str,
    *,
    size: float,
    bold: bool = False,
    colour: str = INK,
    before: float = 0,
    after: float = 0,
    line: float = 1.1,
    left: float = 0,
    right: float = 0,
    keep: bool = False,
    like: str = "Normal",
) -> None:
    names = {style.name for style in document.styles}
    style = (
        document.styles[name]
        if name in names
        else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in _WORDS_OWN)
    )
    if name not in ("Normal", like):
        style.base_style = document.styles[like]
    for inherited in ("w:rPr", "w:pPr"):
        for element in style.element.findall(qn(inherited)):
            style.element.remove(element)
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
    style.element.rPr.rFonts.set(qn("w:cs"), FONT)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), line
    shape.keep_with_next = keep
    shape.left_indent, shape.right_indent = Mm(left), Mm(right)
    if name.startswith("Heading "):
        _at_level(style.element, int(name[-1]) - 1)
    style.quick_style, style.hidden = True, False


def _at_level(style: OxmlElement, level: int) -> None:
    style.pPr.append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>'))


def _proposal_styles(document: Document) -> None:
    for name, bold, colour, size in (
        ("Enlace Proposal Label", True, TEAL, 9),
        ("Enlace Proposal", False, INK, 10.5),
    ):
        _paragraph_style(
            document,
            name,
            size=size,
            bold=bold,
            colour=colour,
            before=0,
            after=0,
            left=4,
            right=2,
            keep=bold,
        )
        properties = document.styles[name].element.pPr
        _bordered(document.styles[name].element, side="left", edge="top" if bold else "bottom")
        shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{_hex(TEAL_SOFT)}"/>'
        properties.insert_element_before(parse_xml(shade), *_AFTER_SHADE)
    document.styles["Enlace Proposal Label"].paragraph_format.space_before = Pt(8)
    document.styles["Enlace Proposal"].paragraph_format.space_after = Pt(8)


_AFTER_SHADE = ("w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _bordered(style: OxmlElement, *, side: str | None, edge: str = "") -> None:
    """A teal border at the left with a margin in its own shade, or an ink one to sign on."""
    if side:
        shade = f'w:val="single" w:sz="4" w:space="4" w:color="{_hex(TEAL_SOFT)}"'
        left = f'<w:left w:val="single" w:sz="24" w:space="8" w:color="{_hex(TEAL)}"/>'
        line = f"<w:top {shade}/>{left}" if edge == "top" else f"{left}<w:bottom {shade}/>"
    else:
        line = f'<w:top w:val="single" w:sz="6" w:space="6" w:color="{_hex(INK)}"/>'
    borders = parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>")
    style.pPr.insert_element_before(borders, "w:shd", *_AFTER_SHADE)


def _table_styles(document: Document) -> None:
    line, teal = _hex(LINE), _hex(TEAL)
    rules = f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{line}"/>'
    document.styles.element.append(
        _table_style(
            "EnlaceTable",
            "Enlace Table",
            f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{line}"/>{rules}',
            f"""<w:tblStylePr w:type="firstRow">
              <w:tcPr><w:tcBorders>
                <w:bottom w:val="single" w:sz="8" w:space="0" w:color="{teal}"/>
              </w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>
            <w:tblStylePr w:type="lastRow">
              <w:tcPr><w:tcBorders>
                <w:top w:val="single" w:sz="8" w:space="0" w:color="{teal}"/>
              </w:tcBorders></w:tcPr></w:tblStylePr>""",
        )
    )
    document.styles.element.append(
        _table_style(
            "EnlaceFacts",
            "Enlace Facts",
            f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{line}"/>{rules}',
            "",
        )
    )


def _table_style(style_id: str, name: str, borders: str, parts: str) -> OxmlElement:
    return parse_xml(
        f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{style_id}">
          <w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>
          <w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>
            <w:top w:w="60" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>
            <w:bottom w:w="60" w:type="dxa"/><w:right w:w="140" w:type="dxa"/>
          </w:tblCellMar></w:tblPr>{parts}</w:style>"""
    )


def _header(document: Document) -> None:
    paragraph = document.sections[0].header.paragraphs[0]
    _small_line(paragraph, "Header", bottom=True)
    _brand(paragraph, height=Pt(11), size=10)
    _run(paragraph, "\t{{ reference }}", size=9, colour=MUTED)
    _run(paragraph, "{% if mark %}   {{ mark }}{% endif %}", size=9, colour=TEAL, bold=True)


def _footer(document: Document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    _small_line(paragraph, "Footer", bottom=False)
    _run(paragraph, "{{ footer }}\t{{ words.page }} ", size=9, colour=MUTED)
    _field(paragraph, "PAGE")
    _run(paragraph, " {{ words.of }} ", size=9, colour=MUTED)
    _field(paragraph, "NUMPAGES")


def _small_line(paragraph: Paragraph, style: str, *, bottom: bool) -> None:
    paragraph.style = style
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    for position in (4680, 9360):  # those python-docx's own template sets
        clear = f'<w:tab {nsdecls("w")} w:val="clear" w:pos="{position}"/>'
        paragraph._element.pPr.find(qn("w:tabs")).insert(0, parse_xml(clear))
    if bottom:
        line = f'<w:bottom w:val="single" w:sz="4" w:space="6" w:color="{_hex(LINE)}"/>'
        borders = parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>")
        paragraph._element.pPr.insert_element_before(borders, *_AFTER_SHADE)


def _cover(document: Document) -> None:
    document.add_paragraph("{%p if has_cover %}")
    brand = document.add_paragraph()
    _brand(brand, height=Pt(22), size=20)
    mark = document.add_paragraph("{{ mark }}", style="Enlace Mark")
    mark.paragraph_format.space_before = Mm(62)
    document.add_paragraph("{{ title }}", style="Enlace Cover Title")
    subtitle = document.add_paragraph("{{ subtitle }}", style="Subtitle")
    subtitle.paragraph_format.space_after = Mm(10)
    rule = document.add_paragraph(style="Enlace Note")
    rule.paragraph_format.right_indent = Mm(142)
    line = f'<w:top w:val="single" w:sz="24" w:space="1" w:color="{_hex(MARIGOLD)}"/>'
    borders = parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>")
    rule._element.get_or_add_pPr().insert_element_before(borders, *_AFTER_SHADE)
    _cover_facts(document)
    reference = document.add_paragraph("{{ reference }}", style="Enlace Dated")
    reference.paragraph_format.space_before = Mm(14)
    document.add_paragraph("{%p endif %}")


def _cover_facts(document: Document) -> None:
    table = document.add_table(rows=3, cols=2)
    table.style = "Enlace Facts"
    table.rows[0].cells[0].text = "{%tr for label, value in cover %}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    for column, width in zip(table.columns, (Mm(53), Mm(113)), strict=True):
        column.width = width
    label, value = table.rows[1].cells
    label.text, value.text = "{{ label }}", "{{ value }}"
    label.paragraphs[0].style, value.paragraphs[0].style = "Enlace Fact Label", "Enlace Fact"


def _opening(document: Document) -> None:
    document.add_paragraph("{%p if not has_cover %}")
    document.add_paragraph("{{ title }}", style="Title")
    document.add_paragraph("{%p if subtitle %}")
    document.add_paragraph("{{ subtitle }}", style="Subtitle")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{{ dated }}", style="Enlace Dated")
    document.add_paragraph("{%p endif %}")


def _brand(paragraph: Paragraph, *, height: Pt, size: float) -> None:
    (rings,) = pictures("rings.typ", {}, pixels_per_inch=600)
    drawn = paragraph.add_run().add_picture(BytesIO(rings), height=height)
    drawn._inline.docPr.set("descr", "Enlace")
    for side in ("distT", "distB", "distL", "distR"):
        drawn._inline.set(side, "0")
    _run(paragraph, " Enlace", size=size, colour=INK, bold=True)


def _run(paragraph: Paragraph, text: str, *, size: float, colour: str, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = RGBColor.from_string(_hex(colour))


def _field(paragraph: Paragraph, code: str) -> None:
    """A number Word works out, with the one it shows until then."""
    begin, instruction, separate, shown, end = (
        OxmlElement(tag) for tag in ("w:fldChar", "w:instrText", "w:fldChar", "w:t", "w:fldChar")
    )
    for mark, kind in ((begin, "begin"), (separate, "separate"), (end, "end")):
        mark.set(qn("w:fldCharType"), kind)
    instruction.text, shown.text = code, "1"
    for part in (begin, instruction, separate, shown, end):
        run = paragraph.add_run()
        run.font.size = Pt(9)
        run.font.color.rgb = RGBColor.from_string(_hex(MUTED))
        run._element.append(part)


def _no_metadata(document: Document) -> None:
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title = properties.subject = properties.keywords = ""
    _drop(document.part.package.rels, "thumbnail")
    _drop(document.part.rels, "stylesWithEffects")
    _drop(document.part.rels, "customXml")


def _only_our_styles(document: Document) -> None:
    """Leaves out the hundred styles of tables and lists nobody here uses."""
    for style in list(document.styles):
        is_ours = (style.name or "").startswith("Enlace")
        if style.type in (WD_STYLE_TYPE.TABLE, WD_STYLE_TYPE.LIST) and not is_ours:
            if style.name != "Normal Table":
                style.element.getparent().remove(style.element)
        elif style.name and style.name.startswith("List"):
            style.element.getparent().remove(style.element)


def _drop(relations: dict[str, Any], kind: str) -> None:
    for name in [name for name, relation in relations.items() if kind in relation.reltype]:
        del relations[name]


def _hex(colour: str) -> str:
    return colour.lstrip("#").upper()


if __name__ == "__main__":
    main()
