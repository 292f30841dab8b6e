"""What do compiling, lists and documents cost beside the same library or the same SQL alone?"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from rustpy_xlsxwriter import write_worksheet

from app import clock
from app.cli.actors import actor_of
from app.db.scoping import SYSTEM, scoped
from app.documents.docx import docx
from app.documents.model import Column, Document, Heading, Table, TableBlock
from app.documents.pdf import pdf
from app.extensions import db
from app.needs import exports, listing
from app.needs.format import NEED
from app.reports.compile import compile_figures
from app.web.sentences import catalogue
from bench import bare, report_page
from bench.clients import Measured, interleaved
from bench.timing import once
from bench.world import application, store_needs

MEGABYTE = 1024 * 1024


def measure(database: str, url: str, folder: Path, *, needs: int, listed: int,
            rounds: int) -> Iterator[dict[str, object]]:  # fmt: skip
    """The rows of every work that needs no server, on one database."""
    with application(url, folder) as app:
        store_needs(listed)
        yield _list(app, rounds, listed).row(
            "xlsx-10k",
            database,
            rows=listed,
            columns=20,
            what="the list's file, read and written; the floor is the same library fed with ready rows",
        )
        store_needs(needs - listed, "T", answered=False)
        measured, peak = _compile(rounds)
        yield measured.row(
            "compile-100k", database, needs=needs, memory_growth_mib=round(peak / MEGABYTE, 1),
            what="all seven groupings and the table of themes by countries as of now; the floor is "
                 "the same SQL by the driver alone",
        )  # fmt: skip
        yield report_page.measure(app, rounds, needs).row(
            "report-page", database, needs=needs,
            what="the report's page of a call; the floor is that of a tenth of the needs, scaled by ten",
        )  # fmt: skip


def _peak_of(work: Callable[[], Any]) -> int:
    """Bytes that a run holds at its highest, beyond what stood before; looked at apart from time."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _compile(rounds: int) -> tuple[Measured, int]:
    with scoped(SYSTEM):
        basis = bare.basis()

        def enlace() -> None:
            compile_figures(basis, NEED)
            db.session.rollback()

        measured = interleaved(rounds, once(lambda: bare.run(basis)), once(enlace))
        return measured, _peak_of(enlace)


def _list(app: Any, rounds: int, listed: int) -> Measured:
    with app.test_request_context("/needs/list.xlsx?columns=all"), scoped(SYSTEM):
        actor = actor_of("hn.focal")
        catalogue("es")
        asked = listing.wanted({"columns": "all"})
        columns = exports.columns(actor, all_columns=True)
        shown = exports.sources(columns)
        cells = [column.cell for column in columns]
        ready = [
            [cell(row) for cell in cells] for row in listing.all_rows(actor, asked, shown, listed)
        ]
        headers = [column.header for column in columns]

        def floor() -> None:
            target = BytesIO()
            write_worksheet((dict(zip(headers, row, strict=True)) for row in ready), target)

        def enlace() -> None:
            exports.workbook(columns, listing.all_rows(actor, asked, shown, listed))
            db.session.rollback()

        return interleaved(rounds, once(floor), once(enlace))


def documents(rounds: int, rows: int = 500) -> Iterator[dict[str, object]]:
    """The report's Word and PDF forms with a table of 500 rows; no database takes part."""
    what = "a report with a table of 500 rows; the floor is the same library with ready data"
    for work, ready, make in (
        ("report-docx", bare.ready_docx, docx), ("report-pdf", bare.ready_pdf, pdf),
    ):  # fmt: skip
        # No document is made twice: the typesetter would remember it, and ours would be free.
        floors = iter([ready(_document(number, rows)) for number in range(rounds + 1)])
        own = iter([_document(rounds + 1 + number, rows) for number in range(rounds + 1)])
        yield interleaved(
            rounds, lambda f=floors: once(next(f))(), lambda m=make, o=own: _made(m, next(o))
        ).row(work, "none", rows=rows, what=what)


def _made(make: Callable[[Document], bytes], document: Document) -> list[float]:
    return once(lambda: make(document))()


def _document(number: int, length: int) -> Document:
    columns = (
        Column(key="title", header="Necesidad", width=40),
        Column(key="country", header="País", width=16),
        Column(key="people", header="Participantes", kind="number", width=12),
        Column(key="hours", header="Horas", kind="hours", width=10),
        Column(key="day", header="Aceptada", kind="date", width=14),
    )
    rows = tuple(
        (
            f"Capacitación {number}.{n} sobre detección",
            "Honduras",
            n,
            Decimal(n) / 2,
            date(2004, 5, 20),
        )
        for n in range(length)
    )
    table = Table(key="needs", title="Necesidades", columns=columns, rows=rows)
    return Document(
        title="Informe de necesidades", lang="es", locale="es_HN", date=clock.now().date(),
        reference=f"2004-{number}", blocks=(Heading(text="Necesidades"), TableBlock(table=table)),
    )  # fmt: skip
