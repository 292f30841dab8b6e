"""How is a report told as a document: the one tabled at the Regional Consultation Group?

The same document is printed, written for Word and laid out as sheets, so that its figures are the
same in all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from app.documents.model import (
    Block,
    Contents,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    TableBlock,
)
from app.documents.shown import Shown
from app.formats.spec import Text
from app.policy.actor import locale_of
from app.reports import sentences as say
from app.reports import words
from app.reports.changes import Changes
from app.reports.dimensions import DIMENSIONS
from app.reports.figures import MEMBERS
from app.reports.funding_table import funding_chart, funding_table, only_left_out
from app.reports.groups_table import groups_chart, groups_table
from app.reports.moments import told
from app.reports.needs_tables import NeedsTables
from app.reports.offers_table import offers_table
from app.reports.report import Report
from app.reports.sentences import Sentences
from app.reports.tables import grouping_chart, grouping_table, lines_of
from app.reports.two_way import two_ways

Lang = Literal["es", "en"]


def document_of(
    report: Report, lang: Lang, *, fingerprint: str = "", demonstration: bool = False
) -> Document:
    """The report as a document in one language; `fingerprint` is a published edition's hash."""
    writer = _Writer(report, lang)
    return Document(
        title=_said(report.editorial.title, lang)[0],
        subtitle=say.COMPILED_BY.say(lang),
        lang=lang,
        locale=writer.locale,
        date=report.day,
        reference=report.reference,
        mark=" · ".join(writer.marks(demonstration=demonstration)),
        cover=writer.cover(fingerprint),
        blocks=tuple(writer.blocks()),
    )


def _said(text: Text, lang: str) -> tuple[str, str | None]:
    """A text in this language or, where it was not written, in the other one with its name."""
    if own := text.say(lang).strip():
        return own, None
    other = "en" if lang == "es" else "es"
    return text.say(other).strip(), other


class _Writer:
    """Writes the parts of a document one after another."""

    def __init__(self, report: Report, lang: Lang) -> None:
        self.report, self.lang = report, lang
        self.locale = locale_of(lang, None)
        self.sentences = Sentences(lang, Shown(self.locale))
        self.lists = NeedsTables(report.needs, self.sentences)

    def marks(self, *, demonstration: bool) -> Iterator[str]:
        yield (say.FOR_MEMBERS if self.report.audience == MEMBERS else say.FOR_ST).say(self.lang)
        if self.report.stage != "published":
            yield say.DRAFT_MARK.say(self.lang)
        if demonstration:
            yield say.DEMONSTRATION.say(self.lang)

    def cover(self, fingerprint: str) -> dict[str, str]:
        report, lang = self.report, self.lang
        pairs = (
            (say.MEETING, report.editorial.meeting),
            (say.AGENDA_ITEM, report.editorial.agenda_item),
            (say.CALL, f"{report.call_title.say(lang)} ({report.call_code})"),
            (say.EDITION, self._edition()),
            (say.AS_OF, told(report.as_of, report.zone, self.locale)),
            (
                say.READERS,
                (say.FOR_MEMBERS if report.audience == MEMBERS else say.FOR_ST).say(lang),
            ),
            (Text("Huella SHA-256", "SHA-256 fingerprint"), fingerprint),
        )
        return {label.say(lang): value for label, value in pairs if value}

    def _edition(self) -> str:
        if self.report.stage == "live":
            return say.LIVE.say(self.lang)
        number = str(self.report.number)
        return (
            number
            if self.report.stage == "published"
            else say.DRAFT.say(self.lang).format(number=number)
        )

    def blocks(self) -> Iterator[Block]:
        yield Contents()
        yield PageBreak()
        yield from self._text(say.INTRODUCTION, self.report.editorial.introduction)
        yield from self._summary()
        if self.report.needs:
            yield from self._needs()
            yield from self._figures()
        yield from self._changes()
        yield from self._offers()
        yield from self._text(say.PROPOSALS, self.report.editorial.proposals, style="proposal")
        yield from self._text(say.CONCLUSION, self.report.editorial.conclusion)
        if self.report.needs:
            yield from self._annex()

    def _text(
        self, heading: Text, text: Text, style: Literal["normal", "proposal"] = "normal"
    ) -> Iterator[Block]:
        words_of_it, lang = _said(text, self.lang)
        if not words_of_it:
            return
        yield Heading(text=heading.say(self.lang))
        if style == "proposal":
            yield Paragraph(text=say.PROPOSALS_NOTE.say(self.lang), style="note")
        for line in words_of_it.splitlines():
            if line.strip():
                yield Paragraph(text=line.strip(), style=style, lang=lang)

    def _summary(self) -> Iterator[Block]:
        yield Heading(text=say.SUMMARY.say(self.lang))
        if self.report.needs:
            yield Paragraph(text=self.sentences.lead(self.report), style="lead")
        else:
            yield Paragraph(text=say.NO_NEEDS.say(self.lang), style="lead")
        yield Paragraph(text=say.HOW_COUNTED.say(self.lang))
        if self.report.audience == MEMBERS:
            yield Paragraph(text=say.FOR_MEMBERS_ONLY.say(self.lang))

    def _needs(self) -> Iterator[Block]:
        yield Heading(text=say.NEEDS.say(self.lang))
        yield Paragraph(text=say.NEEDS_NOTE.say(self.lang), style="note")
        yield TableBlock(table=self.lists.in_the_order_of_2004())

    def _figures(self) -> Iterator[Block]:
        yield Heading(text=say.FIGURES.say(self.lang))
        compilation = self.report.compilation
        for dimension, about in DIMENSIONS.items():
            yield Heading(text=about.title.say(self.lang), level=2)
            yield TableBlock(
                table=grouping_table(compilation, dimension, self.report.audience, self.lang),
                chart=grouping_chart(compilation.grouping(dimension), self.lang, self.locale),
            )
        for two_way in two_ways(compilation, self.lang):
            yield Heading(text=two_way.heading, level=2)
            yield TableBlock(table=two_way.table(), chart=two_way.chart(self.locale))
        if groups := self.report.groups:
            yield Heading(text=words.GROUPS.say(self.lang), level=2)
            yield TableBlock(
                table=groups_table(groups, compilation.total, self.lang),
                chart=groups_chart(groups, self.lang, self.locale),
            )

    def _changes(self) -> Iterator[Block]:
        changes = Changes(self.report, self.lang, self.locale)
        if changes.compared is None:
            return
        yield Heading(text=say.CHANGES.say(self.lang))
        for sentence in changes.sentences():
            yield Paragraph(text=sentence)
        for table in changes.tables():
            yield TableBlock(table=table)

    def _offers(self) -> Iterator[Block]:
        yield Heading(text=say.OFFERS.say(self.lang))
        if self.report.offers:
            yield Paragraph(text=say.OFFERS_NOTE.say(self.lang), style="note")
            yield TableBlock(table=offers_table(self.report.offers, self.lang))
        else:
            yield Paragraph(text=say.NO_OFFERS.say(self.lang))
        yield Heading(text=say.NOT_COVERED.say(self.lang))
        if self.report.needs:
            yield Paragraph(text=self.sentences.uncovered(self.report))
        if self.report.funding and self.report.funding.lines:
            yield TableBlock(
                table=funding_table(self.report.funding, self.lang),
                chart=funding_chart(self.report.funding, self.lang, self.locale),
            )
        elif note := only_left_out(self.report.funding, self.lang):
            yield Paragraph(text=note)
        if self.report.unasked_themes:
            themes = self.report.unasked_themes
            yield Paragraph(text=self.sentences.listed(say.UNASKED, themes=themes))
        answered = self.report.answered
        if answered is not None and answered.without_submission:
            countries = answered.without_submission
            yield Paragraph(text=self.sentences.listed(say.WITHOUT_SUBMISSION, countries=countries))

    def _annex(self) -> Iterator[Block]:
        yield PageBreak()
        yield Heading(text=say.ANNEX.say(self.lang))
        for line in lines_of(self.report.compilation.grouping("country"), self.lang):
            name = line.label.say(self.lang)
            yield Heading(text=name, level=2)
            yield TableBlock(table=self.lists.of_country(line.code, name))
