"""How does a dossier leave Enlace on paper: the review copy, and the receipt?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from app import clock
from app.documents.model import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Signature,
    TableBlock,
)
from app.documents.model import Table as PaperTable
from app.documents.pdf import pdf
from app.formats.projection import Viewer, project
from app.formats.shown import VALUE, Shown
from app.formats.spec import Field
from app.intake.models import Version
from app.intake.mounting import Mount
from app.intake.opened import Opened
from app.web import locale


def document_pdf(mount: Mount, opened: Opened, answers: Mapping[str, Any], mark: str) -> bytes:
    """Every answer, section by section, to circulate outside Enlace and to be signed."""
    lang, loc = locale.lang(), locale.locale()
    blocks: list[Block] = [Heading(text=_(mount.noun)), Facts(pairs=_about(opened))]
    for section in project(opened.format, answers, Viewer("own"), mount.lists(opened)):
        said = [shown for shown in section.fields if shown.state == VALUE]
        if said:
            blocks.append(Heading(text=section.section.title.say(lang), level=2))
            blocks += _answers(said, lang, loc)
    blocks.append(Paragraph(text=_("Printed from Enlace on %(day)s.", day=_today()), style="note"))
    return pdf(_document(opened, _title(opened, answers, mount), mark, blocks))


def _answers(said: list[Shown], lang: str, loc: str) -> list[Block]:
    blocks: list[Block] = []
    pairs: list[tuple[str, str]] = []
    for shown in said:
        if shown.field.is_rows:
            if pairs:
                blocks.append(Facts(pairs=tuple(pairs)))
                pairs = []
            blocks.append(TableBlock(table=paper_table(shown, lang, loc)))
        else:
            pairs.append((shown.field.label.say(lang), shown.text(lang, loc)))
    if pairs:
        blocks.append(Facts(pairs=tuple(pairs)))
    return blocks


def paper_table(shown: Shown, lang: str, loc: str) -> PaperTable:
    """A table of answers with the columns that hold something."""
    cells = [c for c in shown.cells if any(c.kind.is_answered(r.get(c.key)) for r in shown.value)]
    columns = [_column(cell, lang) for cell in cells]
    if shown.field.is_grid:
        columns.insert(0, Column(key="line", header=shown.field.label.say(lang), width=24))
    rows = []
    for row in shown.value:
        line = shown.field.line(row["id"])
        said = [cell.kind.show(row.get(cell.key), cell, lang, loc) for cell in cells]
        rows.append(tuple(([line.label.say(lang)] if line else []) + said))
    return PaperTable(key=shown.field.key, title=shown.field.label.say(lang),
                      columns=tuple(columns), rows=tuple(rows))  # fmt: skip


def table_of(shown: Shown) -> PaperTable:
    """A table of answers as the reader sees it on a page."""
    return paper_table(shown, locale.lang(), locale.locale())


def _column(cell: Field, lang: str) -> Column:
    is_number = cell.kind.is_number
    return Column(key=cell.key, header=cell.label.say(lang), kind="number" if is_number else "text",
                  width=10 if is_number else 20)  # fmt: skip


def receipt_pdf(mount: Mount, opened: Opened, version: Version) -> bytes:
    """The acuse de recibo: what was certified, by whom, when, and the fingerprint that proves it."""
    blocks: list[Block] = [
        Heading(text=_("Acknowledgement of receipt")),
        Paragraph(text=_("The Technical Secretariat of the Regional Conference on Migration "
                         "acknowledges receipt of what is named here."), style="lead"),
        Facts(pairs=receipt_facts(opened, version)),
        Heading(text=_("Fingerprint"), level=2),
        Paragraph(text=version.hash),
        Paragraph(text=_("SHA-256 of the certified answers. Whoever holds the same document "
                         "computes the same fingerprint."), style="note"),
        Signature(lines=(version.certified_name, role_words(version.certified_role),
                         opened.organisation.name(locale.lang()))),
    ]  # fmt: skip
    return pdf(
        _document(opened, f"{_('Acknowledgement of receipt')} {version.receipt}", "", blocks)
    )


def receipt_facts(opened: Opened, version: Version) -> tuple[tuple[str, str], ...]:
    """What a receipt states, in order; the page and the PDF read it from here."""
    facts = [
        (_("Receipt"), version.receipt),
        (_("Title"), version.title),
        (_("Country"), opened.organisation.name(locale.lang())),
        (_("Version"), str(version.number)),
        (_("Certified by"), f"{version.certified_name} · {role_words(version.certified_role)}"),
        (_("Certified on"), f"{locale.show_instant(version.certified_at)} "
                            f"({locale.place_of(locale.zone())})"),
    ]  # fmt: skip
    if said := clearance_words(version):
        facts.append((_("Prior clearance"), said))
    return tuple(facts)


def clearance_words(version: Version) -> str:
    """Who gave prior clearance, under which number and when; empty where nothing was written of it."""
    said = (
        version.clearance_office,
        version.clearance_number,
        locale.show_date(version.clearance_date),
    )
    return " · ".join(filter(None, said))


def role_words(role: str) -> str:
    """The capacity in which somebody certified."""
    return {
        "focal_point": _("focal point"),
        "alternate": _("alternate"),
        "focal_point_by_link": _(
            "focal point, by the link sent to that person's registered address"
        ),
        "alternate_by_link": _("alternate, by the link sent to that person's registered address"),
        "case_officer": _("case officer"),
        "child_protection_officer": _("child-protection officer"),
        "signed_reply": _("signed reply, filed by the Technical Secretariat"),
    }.get(role, role)


def _about(opened: Opened) -> tuple[tuple[str, str], ...]:
    return (
        (_("Reference"), opened.dossier.reference),
        (_("Country"), opened.organisation.name(locale.lang())),
    )


def _title(opened: Opened, answers: Mapping[str, Any], mount: Mount) -> str:
    return str(answers.get(opened.format.title_field) or _(mount.noun))


def _document(opened: Opened, title: str, mark: str, blocks: list[Block]) -> Document:
    return Document(
        title=title, lang=locale.lang(), locale=locale.locale(),  # type: ignore[arg-type]
        date=clock.now().date(), reference=opened.dossier.reference, mark=mark,
        blocks=tuple(blocks),
    )  # fmt: skip


def _today() -> str:
    return locale.show_date(clock.now().date())
