"""How does a document become an editable Word file? Our template, filled, with real Word styles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docxtpl import DocxTemplate
from jinja2 import Environment
from lxml.etree import Comment, tostring
from markupsafe import Markup

from app.documents import charts
from app.documents.model import Document, TableBlock
from app.documents.shown import Shown
from app.documents.word_body import Picture, WordBody
from app.documents.word_text import language_tag, tagged
from app.documents.words import words
from app.figures.xml import legal

TEMPLATE = Path(__file__).parent / "template.docx"
# The paragraph of the template that the blocks take the place of.
_BODY = "[[body]]"


@dataclass(frozen=True)
class Ready:
    """Everything a Word file is made of: what the template names, and the blocks as Word's XML."""

    named: dict[str, Any]
    body: WordBody
    pictures: list[bytes]
    document: Document


def docx(document: Document) -> bytes:
    """The document as a Word file; it names no author, since it belongs to those who edit it."""
    return write(ready(document))


def ready(document: Document) -> Ready:
    """The document's words, figures and charts as the template takes them."""
    drawn = [
        block.chart for block in document.blocks if isinstance(block, TableBlock) and block.chart
    ]
    return Ready(
        named=_named(document),
        body=WordBody(document),
        pictures=charts.png(drawn),
        document=document,
    )


def write(prepared: Ready) -> bytes:
    """The Word file of what `ready` prepared."""
    template = DocxTemplate(TEMPLATE)
    template.render(prepared.named, jinja_env=Environment(autoescape=True))
    word = template.docx
    _set_language(word, language_tag(prepared.document.lang, prepared.document.locale))
    _set_properties(word, prepared.document)
    if not prepared.document.cover:
        word.sections[0].different_first_page_header_footer = False
    _fill(word, prepared)
    target = BytesIO()
    word.save(target)
    return _without_hour(target)


def _without_hour(packed: BytesIO) -> bytes:
    """The same file with no hour of packing in it, so that a document is the same bytes each time."""
    target = BytesIO()
    with ZipFile(packed) as source, ZipFile(target, "w", ZIP_DEFLATED) as whole:
        for name in source.namelist():
            whole.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
    return target.getvalue()


def _named(document: Document) -> dict[str, Any]:
    day = Shown(document.locale).long_date(document.date)
    return {
        "title": _named_text(document.title),
        "subtitle": _named_text(document.subtitle),
        "reference": _named_text(document.reference),
        "mark": _named_text(document.mark),
        "dated": _named_text(f"{document.reference} · {day}"),
        "footer": _named_text(" ".join(document.title.split())),
        "has_cover": bool(document.cover),
        "cover": [(_named_text(k), _named_text(v)) for k, v in document.cover.items()],
        "words": words(document.lang),
    }


def _named_text(text: str) -> Markup:
    """A text as docxtpl can take it: it reads `{_{` and its like as its own marks even in data."""
    escaped = str(Markup.escape(legal(text.replace("\r\n", "\n").replace("\r", "\n"))))
    return Markup(escaped.replace("{_", "{&#95;").replace("_}", "&#95;}").replace("%_", "%&#95;"))  # noqa: S704


def _fill(word: Any, prepared: Ready) -> None:
    """Puts the blocks where the template says, each picture being given its place in the file.

    As text: moving so many elements from one tree into another takes twenty times as long.
    """
    related = [word.part.get_or_add_image(BytesIO(png)) for png in prepared.pictures]
    pictures = [
        Picture(relation=relation, width=image.px_width, height=image.px_height)
        for relation, image in related
    ]
    *_, place = (p for p in word.element.body.iter(qn("w:p")) if _text(p) == _BODY)
    place.getparent().replace(place, Comment(_BODY))
    before, after = tostring(word.element, encoding="unicode").split(f"<!--{_BODY}-->")
    word.part._element = parse_xml(before + prepared.body.xml(pictures) + after)


def _text(paragraph: Any) -> str:
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t")))


def _set_language(word: Any, language: str) -> None:
    defaults = word.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for said in defaults.findall(qn("w:lang")):
        defaults.remove(said)
    defaults.append(parse_xml(tagged(language, namespaces=f" {nsdecls('w')}")))


def _set_properties(word: Any, document: Document) -> None:
    properties = word.core_properties
    properties.title = legal(document.title)[:255]
    properties.subject = legal(document.reference)[:255]
    properties.language = document.lang
    properties.author = properties.last_modified_by = ""
    properties.created = properties.modified = datetime.combine(document.date, time())
