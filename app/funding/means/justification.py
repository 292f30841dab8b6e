"""What does a sponsor's officer hand to headquarters, on one page?

It says what the sum does, what it leaves open and how that was reckoned, and names no country beyond
those that agreed to stand on the courses' sheets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Literal

from app import money
from app.documents.model import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Row,
    Table,
    TableBlock,
)
from app.documents.shown import Shown
from app.formats.canonical import canonical_json
from app.formats.spec import Text
from app.funding.courses.lists import COST_LINES, THEMES
from app.funding.means.reckoning import Answer, Helped

Lang = Literal["es", "en"]
MOST_ROWS = 12
"""So many courses fit on the page beside the rest; further ones are counted."""
FILE_NAME = Text("justificacion", "justification")
TITLE = Text("Justificación de un aporte", "Justification of a contribution")
SUBTITLE = Text("Capacitación regional contra la trata de personas y el tráfico ilícito de migrantes",
                "Regional training against trafficking in persons and the smuggling of migrants")  # fmt: skip
MARK = Text("Para uso interno del auspiciador", "For the sponsor's own use")
DEMONSTRATION = Text("Demostración", "Demonstration")
WHOLE = Text(
    "Con {amount} USD {whole} y {seats}.",
    "With {amount} USD, {whole} and {seats}.",
)
NOTHING = Text("Con {amount} USD no se completa hoy ningún curso ni rubro en estas condiciones.",
               "With {amount} USD no course and no line is completed today under these conditions.")  # fmt: skip
COURSES = (
    Text("no se completa ningún curso entero", "no whole course is completed"),
    Text("se completa un curso", "one course is completed"),
    Text("se completan {n} cursos", "{n} courses are completed"),
)
SEATS = (
    Text("no se gana ningún cupo", "no seat is gained"),
    Text("se gana un cupo", "one seat is gained"),
    Text("se ganan {n} cupos", "{n} seats are gained"),
)
SPONSOR, SUM = Text("Auspiciador", "Sponsor"), Text("Monto disponible", "Amount available")
SPEND_BY, ANY = Text("Último día para gastar", "Last day to spend"), Text("sin límite", "no limit")
LINES, ALL = Text("Rubros que puede pagar", "Lines it may pay"), Text("todos", "all")
ABOUT, CONDITIONS = Text("Temas", "Themes"), Text("Condiciones", "Conditions")
AT_RATE = Text("{amount} {currency}, {usd} USD al tipo de cambio {rate} del {day}",
               "{amount} {currency}, {usd} USD at the rate {rate} of {day}")  # fmt: skip
WHAT = Text("Qué completaría", "What it would complete")
COURSE, PAYS = Text("Curso", "Course"), Text("Qué se paga", "What is paid")
AMOUNT, GAINED = Text("Monto, USD", "Amount, USD"), Text("Cupos ganados", "Seats gained")
LEFT = Text("Falta después, USD", "Missing afterwards, USD")
IS_WHOLE = Text(" (queda completo)", " (complete)")
TOTAL = Text("Total", "Total")
MORE = (
    Text("", ""),
    Text("Y un curso más, incluido en el total.", "And one more course, included in the total."),
    Text(
        "Y {n} cursos más, incluidos en el total.", "And {n} more courses, included in the total."
    ),
)
AFTER = Text("Qué queda sin atender", "What stays unserved")
UNSERVED = (
    Text("Ningún participante de los cursos remitidos quedaría sin fondos o sin cupo.",
         "No participant of the courses that were sent would stay without funds or without a seat."),
    Text("Un participante de los cursos remitidos quedaría sin fondos o sin cupo.",
         "One participant of the courses that were sent would stay without funds or without a seat."),
    Text("{n} participantes de los cursos remitidos quedarían sin fondos o sin cupo.",
         "{n} participants of the courses that were sent would stay without funds or without a seat."),
)  # fmt: skip
UNTOUCHED = (
    Text(
        "Cada curso que recibe aportes recibiría algo de este monto.",
        "Each course that takes pledges would receive something of this sum.",
    ),
    Text(
        "Un curso no recibiría nada de este monto.", "One course would receive nothing of this sum."
    ),
    Text(
        "{n} cursos no recibirían nada de este monto.",
        "{n} courses would receive nothing of this sum.",
    ),
)
LEFT_OVER = Text("Sobrarían {left} USD.", "{left} USD would be left over.")
A_SEAT = Text("Costo por cupo ganado", "Cost of each seat gained")
DECIDE_BY = Text("Último día para aportes", "Last day for pledges")
CO_FUNDERS = Text("Otros aportantes confirmados", "Confirmed co-funders")
NONE_YET = Text("ninguno todavía", "none yet")
HOW = Text(
    "Cómo se calculó: primero los cursos enteros que dan más cupos, luego los cupos, luego los rubros; "
    "lo ya prometido por otros cuenta como cubierto. {proven} No es un compromiso de nadie: vale lo que el "
    "auspiciador ofrezca y los países acepten.",
    "How it was reckoned: first the whole courses that give most seats, then seats, then cost lines; what "
    "others have promised counts as covered. {proven} It commits nobody: what counts is what the sponsor "
    "offers and the countries accept.")  # fmt: skip
PROVEN = (Text("Es lo mejor que se encontró en el tiempo dado.", "It is the best that was found in the time given."),
          Text("Se comprobó que no hay un reparto mejor.", "It was proven that no better use exists."))  # fmt: skip
NAMES = Text(
    "Los países aparecen con su nombre solo donde cada uno lo autorizó.",
    "Countries stand here by name only where each of them agreed.")  # fmt: skip


def justification(
    found: Answer,
    *,
    lang: Lang,
    locale: str,
    sponsor: str,
    today: date,
    demonstration: bool,
    organisation_id: str = "",
) -> Document:
    """The page in one language. The same question on the same day gives the same page."""
    marks = [MARK, *([DEMONSTRATION] if demonstration else [])]
    return Document(
        title=TITLE.say(lang), subtitle=SUBTITLE.say(lang), lang=lang, locale=locale, date=today,
        reference=_reference(found, today, organisation_id), mark=" · ".join(mark.say(lang) for mark in marks),
        blocks=tuple(_blocks(found, lang, Shown(locale), sponsor)),
    )  # fmt: skip


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


def _blocks(found: Answer, lang: Lang, shown: Shown, sponsor: str) -> Iterator[Block]:
    usd = shown.money(found.means.usd)
    if found.helped:
        lead = WHOLE.say(lang).format(
            amount=usd, whole=_counted(COURSES, found.whole, lang, shown),
            seats=_counted(SEATS, found.gained, lang, shown),
        )  # fmt: skip
    else:
        lead = NOTHING.say(lang).format(amount=usd)
    yield Paragraph(text=lead, style="lead")
    yield Facts(pairs=tuple(_facts(found, lang, shown, sponsor)))
    if found.helped:
        yield TableBlock(table=_table(found, lang, shown))
    yield Heading(text=AFTER.say(lang))
    yield Paragraph(text=" ".join((
        _counted(UNSERVED, found.unserved, lang, shown),
        _counted(UNTOUCHED, len(found.untouched), lang, shown),
        LEFT_OVER.say(lang).format(left=shown.money(found.left_over)))))  # fmt: skip
    yield Paragraph(
        text=HOW.say(lang).format(proven=PROVEN[found.is_proven].say(lang)), style="note"
    )
    yield Paragraph(text=NAMES.say(lang), style="note")


def _counted(words: tuple[Text, Text, Text], count: int, lang: Lang, shown: Shown) -> str:
    return words[min(count, 2)].say(lang).format(n=shown.number(count))


def _facts(found: Answer, lang: Lang, shown: Shown, sponsor: str) -> Iterator[tuple[str, str]]:
    means = found.means
    yield SPONSOR.say(lang), sponsor
    yield SUM.say(lang), _sum(found, lang, shown)
    yield SPEND_BY.say(lang), shown.long_date(means.spend_by) if means.spend_by else ANY.say(lang)
    lines = ", ".join(COST_LINES.label(line, lang) for line in means.lines)
    yield LINES.say(lang), lines or ALL.say(lang)
    if means.themes:
        yield ABOUT.say(lang), "; ".join(THEMES.label(theme, lang) for theme in means.themes)
    if means.conditions:
        yield CONDITIONS.say(lang), means.conditions
    if found.gained and (each := money.each_of(found.for_seats, found.gained)) is not None:
        yield A_SEAT.say(lang), f"{shown.money(each)} USD"
    if found.helped:
        yield DECIDE_BY.say(lang), _decide_by(found, shown)
        yield CO_FUNDERS.say(lang), ", ".join(_co_funders(found, lang)) or NONE_YET.say(lang)


def _decide_by(found: Answer, shown: Shown) -> str:
    """The first of the last days, since the answer has to be in by then."""
    days = [each.course.content["decide_by"] for each in found.helped]
    stated = sorted(date.fromisoformat(day) for day in days if day)
    return shown.long_date(stated[0]) if stated else "–"


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
    return AT_RATE.say(lang).format(
        amount=amount, currency=means.currency, usd=shown.money(means.usd),
        rate=shown.number(means.rate.usd), day=shown.long_date(means.rate.day),
    )  # fmt: skip


def _table(found: Answer, lang: Lang, shown: Shown) -> Table:
    columns = (
        Column(key="course", header=COURSE.say(lang), width=30),
        Column(key="pays", header=PAYS.say(lang), width=34),
        Column(key="amount", header=AMOUNT.say(lang), kind="money", width=13),
        Column(key="gained", header=GAINED.say(lang), kind="number", width=9),
        Column(key="left", header=LEFT.say(lang), kind="money", width=13),
    )
    further = len(found.helped) - MOST_ROWS
    return Table(
        key="completes", title=WHAT.say(lang), columns=columns,
        rows=tuple(_row(each, lang, shown) for each in found.helped[:MOST_ROWS]),
        total=(TOTAL.say(lang), None, found.spent, found.gained, None),
        note=_counted(MORE, further, lang, shown) if further > 0 else None,
    )  # fmt: skip


def _row(each: Helped, lang: Lang, shown: Shown) -> Row:
    whole = IS_WHOLE.say(lang) if each.is_whole else ""
    lines = "; ".join(
        f"{COST_LINES.label(line, lang)}: {shown.money(amount)}" for line, amount in each.lines
    )
    return each.course.title(lang) + whole, lines, each.amount, each.gained, each.left
