"""Which table and which chart show what is funded and what is missing? The same on the page and in every file."""

from __future__ import annotations

from app.documents.model import Column, Row, StackChart, Table
from app.documents.shown import Shown
from app.figures import described
from app.figures.gap import GAP_WORDS, TONES, GapLine, gap_stacks
from app.reports import sentences as say
from app.reports.funded import FundedLine, Funding


def funding_table(funding: Funding, lang: str) -> Table:
    """By line of cost, and in total."""
    parts = GAP_WORDS[lang]
    amounts = (
        ("cost", say.COSTS.say(lang)),
        ("funded", parts.funded),
        ("promised", parts.promised),
        ("missing", parts.missing),
    )

    def row(line: FundedLine) -> Row:
        return (line.label.say(lang), line.cost, line.funded, line.promised, line.missing)

    return Table(
        key="funding",
        title=say.FUNDING.say(lang),
        columns=(
            Column(key="line", header=say.COST_LINE.say(lang), width=34),
            *(Column(key=key, header=header, kind="money", width=15) for key, header in amounts),
        ),
        rows=tuple(map(row, funding.lines)),
        total=row(funding.total),
        note=_note(funding, lang),
    )


def _note(funding: Funding, lang: str) -> str:
    notes = [say.FUNDING_WORDS, say.SHARED_WHOLE]
    if funding.left_out:
        notes.insert(0, say.COURSES_LEFT_OUT)
    if funding.courses is not None:
        notes.insert(0, say.FUNDED_COURSES if funding.left_out is None else say.SENT_COURSES)
    told = " ".join(note.say(lang) for note in notes)
    return told.format(courses=funding.courses, shared=funding.shared, left_out=funding.left_out)


def only_left_out(funding: Funding | None, lang: str) -> str:
    """What is said where no course is told of and some are left out; "" elsewhere."""
    if funding is None or funding.lines or not funding.left_out:
        return ""
    return say.COURSES_LEFT_OUT.say(lang).format(left_out=funding.left_out)


def funding_chart(funding: Funding, lang: str, locale: str) -> StackChart:
    """A bar for each line and one for all, each cut into funded, promised and missing."""
    words = GAP_WORDS[lang]
    lines = [
        GapLine(line.label.say(lang), line.cost, line.funded, line.promised)
        for line in funding.lines
    ]
    stacks = gap_stacks(lines, words=words, show=Shown(locale).money)
    return StackChart(
        title=say.FUNDING_CHART.say(lang),
        description=described(stacks, words[:3]),
        key=words[:3],
        stacks=stacks,
        tones=TONES,
    )
