"""What does a sponsor's officer hand to headquarters, on one page?

It says what the sum does, what it leaves open and how that was reckoned, and names no country beyond
those that agreed to stand on the courses' sheets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Literal

from app import money
from app.documents.model import (
    Block,
    Column,
    Document,
    Facts,
    Paragraph,
    Row,
    Table,
    TableBlock,
)
from app.documents.pdf import pages_of, pdf
from app.documents.shown import Shown
from app.formats.canonical import canonical_json
from app.formats.spec import Text
from app.funding.courses.lists import COST_LINES, LINE_KEYS
from app.funding.means import words
from app.funding.means.purpose import purpose, themes_told
from app.funding.means.reckoning import Answer, Helped, Untouched

Lang = Literal["es", "en"]
ROOM = ((12, 12), (12, 4), (8, 4), (8, 2), (4, 4), (4, 2), (3, 1), (2, 2), (2, 1), (1, 1), (1, 0))
"""So many courses stand in the table, and of so many it is said what they are about: the most that fit on
the page beside the rest. Further ones are counted."""
MOST_THEMES = 4
"""So many themes that the money is for are told by name; further ones are counted."""


def justification(
    found: Answer, *, room: tuple[int, int] = ROOM[0], lang: Lang, locale: str, sponsor: str, today: date,
    demonstration: bool, organisation_id: str = "",
) -> Document:  # fmt: skip
    """The page in one language. The same question on the same day gives the same page."""
    marks = [words.MARK, *([words.DEMONSTRATION] if demonstration else [])]
    return Document(
        title=words.TITLE.say(lang), subtitle=words.SUBTITLE.say(lang), lang=lang, locale=locale, date=today,
        reference=_reference(found, today, organisation_id), mark=" · ".join(mark.say(lang) for mark in marks),
        blocks=tuple(_blocks(found, room, lang, Shown(locale), sponsor)),
    )  # fmt: skip


def on_one_page(found: Answer, **asked: Any) -> tuple[Document, bytes]:
    """The page, and what is printed of it: with as many courses as it has room for."""
    for room in ROOM:
        document = justification(found, room=room, **asked)
        printed = pdf(document)
        if pages_of(printed) == 1:
            break
    return document, printed


def _reference(found: Answer, today: date, organisation_id: str) -> str:
    """One number for one question of one sponsor on one day, and for the answer to it."""
    means = found.means
    asked = [
        organisation_id, today.isoformat(), str(means.amount), means.currency, str(means.rate.usd),
        means.spend_by and means.spend_by.isoformat(), list(means.lines), list(means.themes),
        means.conditions, found.unserved, str(found.left_over),
        [[each.course.content["reference"], each.is_whole, each.gained, _amounts(each)]
         for each in found.helped],
    ]  # fmt: skip
    return "JUS-" + hashlib.sha256(canonical_json(asked)).hexdigest()[:8].upper()


def _amounts(each: Helped) -> list[list[str]]:
    return [[line, str(amount)] for line, amount in each.lines]


def _blocks(
    found: Answer, room: tuple[int, int], lang: Lang, shown: Shown, sponsor: str
) -> Iterator[Block]:
    usd = shown.money(found.means.usd)
    if found.helped:
        lead = words.WHOLE.say(lang).format(
            amount=usd, whole=_counted(words.COURSES, found.whole, lang, shown),
            seats=_counted(words.SEATS, found.gained, lang, shown),
        )  # fmt: skip
    else:
        lead = words.NOTHING.say(lang).format(amount=usd)
    yield Paragraph(text=lead, style="lead")
    yield Facts(pairs=tuple(_facts(found, lang, shown, sponsor)))
    if found.means.conditions:
        yield Paragraph(
            text=f"{words.CONDITIONS.say(lang)}: {found.means.conditions}", style="note"
        )
    if found.helped:
        yield TableBlock(table=_table(found, room[0], lang, shown))
        if purposes := _purposes(found.helped[: room[1]], lang, shown):
            yield TableBlock(table=purposes)
    after = " ".join((
        _counted(words.UNSERVED, found.unserved, lang, shown),
        _untouched(found.untouched, room[0], lang, shown),
        words.LEFT_OVER.say(lang).format(left=shown.money(found.left_over))))  # fmt: skip
    yield Facts(pairs=((words.AFTER.say(lang), after),))
    how = words.HOW.say(lang).format(proven=words.PROVEN[found.is_proven].say(lang))
    yield Paragraph(text=f"{how} {words.NAMES.say(lang)}", style="note")


def _untouched(untouched: Sequence[Untouched], most: int, lang: Lang, shown: Shown) -> str:
    """How many get nothing, and why: of as many as there is room for."""
    count = _counted(words.UNTOUCHED, len(untouched), lang, shown)
    told = [
        f"{each.course.title(lang)} ({words.BECAUSE[each.because].say(lang)})"
        for each in untouched[:most]
    ]
    if len(untouched) > most:
        told.append("…")
    return f"{count.removesuffix('.')}: {'; '.join(told)}." if told else count


def _purposes(helped: Sequence[Helped], lang: Lang, shown: Shown) -> Table | None:
    """What these courses are about, as their sheets say it."""
    columns = (
        Column(key="course", header=words.COURSE.say(lang), width=27),
        Column(key="about", header=words.WHOM.say(lang), width=73),
    )
    rows = tuple(
        (each.course.title(lang), purpose(each.course.content, lang, shown)) for each in helped
    )
    return (
        Table(key="about", title=words.WHY.say(lang), columns=columns, rows=rows) if rows else None
    )


def _counted(said: tuple[Text, Text, Text], count: int, lang: Lang, shown: Shown) -> str:
    return said[min(count, 2)].say(lang).format(n=shown.number(count))


def _facts(found: Answer, lang: Lang, shown: Shown, sponsor: str) -> Iterator[tuple[str, str]]:
    means = found.means
    yield words.SPONSOR.say(lang), sponsor
    yield words.SUM.say(lang), _sum(found, lang, shown)
    yield (
        words.SPEND_BY.say(lang),
        shown.long_date(means.spend_by) if means.spend_by else words.ANY.say(lang),
    )
    yield words.LINES.say(lang), _lines(means.lines, lang)
    if means.themes:
        yield words.ABOUT.say(lang), themes_told(means.themes, lang, shown, MOST_THEMES)
    if found.gained and (each := money.each_of(found.for_seats, found.gained)) is not None:
        yield words.A_SEAT.say(lang), f"{shown.money(each)} USD"
    if found.helped:
        yield (
            words.CO_FUNDERS.say(lang),
            ", ".join(_co_funders(found, lang)) or words.NONE_YET.say(lang),
        )


def _lines(chosen: Sequence[str], lang: Lang) -> str:
    """The lines by name, or those that are left out where these are fewer."""
    left_out = [line for line in LINE_KEYS if line not in chosen]
    if not chosen:
        return words.ALL.say(lang)
    if len(left_out) < len(chosen):
        return f"{words.ALL_BUT.say(lang)} {', '.join(COST_LINES.label(each, lang) for each in left_out)}"
    return ", ".join(COST_LINES.label(line, lang) for line in chosen)


def _co_funders(found: Answer, lang: Lang) -> list[str]:
    """Whose pledges to these courses are confirmed, as their sheets name them."""
    return sorted(
        {funder[lang] for each in found.helped for funder in each.course.content["funders"]}
    )


def _sum(found: Answer, lang: Lang, shown: Shown) -> str:
    means = found.means
    amount = shown.money(means.amount)
    if means.rate.day is None:
        return f"{amount} {means.currency}"
    return words.AT_RATE.say(lang).format(
        amount=amount, currency=means.currency, usd=shown.money(means.usd),
        rate=shown.number(means.rate.usd), day=shown.long_date(means.rate.day),
    )  # fmt: skip


def _table(found: Answer, most: int, lang: Lang, shown: Shown) -> Table:
    columns = (
        Column(key="course", header=words.COURSE.say(lang), width=27),
        Column(key="pays", header=words.PAYS.say(lang), width=39),
        Column(key="amount", header=words.AMOUNT.say(lang), kind="money", width=12),
        Column(key="gained", header=words.GAINED.say(lang), kind="number", width=10),
        Column(key="left", header=words.LEFT.say(lang), kind="money", width=12),
    )
    further = len(found.helped) - most
    return Table(
        key="completes", title=words.WHAT.say(lang), columns=columns,
        rows=tuple(_row(each, lang, shown) for each in found.helped[:most]),
        total=(words.TOTAL.say(lang), None, found.spent, found.gained, None),
        note=_counted(words.MORE, further, lang, shown) if further > 0 else None,
    )  # fmt: skip


def _row(each: Helped, lang: Lang, shown: Shown) -> Row:
    whole = words.IS_WHOLE.say(lang) if each.is_whole else ""
    lines = "; ".join(
        f"{COST_LINES.label(line, lang)}: {shown.money(amount)}" for line, amount in each.lines
    )
    return each.course.title(lang) + whole, lines, each.amount, each.gained, each.left
