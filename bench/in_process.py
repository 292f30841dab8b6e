"""What do compiling, lists and documents cost beside the same library or the same SQL alone?"""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from rustpy_xlsxwriter import write_worksheet

from app import clock
from app.cli.demo.people import actor_of
from app.db.scoping import SYSTEM, scoped
from app.documents.docx import docx
from app.documents.model import Column, Document, Heading, Table, TableBlock
from app.documents.pdf import pdf
from app.extensions import db
from app.needs import exports, listing
from app.needs.format import NEED
from app.reports.compile import compile_figures
from app.web.sentences import catalogue
from bench import bare
from bench.clients import Measured, interleaved
from bench.world import application, store_needs

MEGABYTE = 1024 * 1024


def once(work: Callable[[], Any]) -> Callable[[], list[float]]:
    """A round of one run."""

    def run() -> list[float]:
        gc.collect()
        begun = time.perf_counter()
        work()
        return [time.perf_counter() - begun]

    return run


def measure(database: str, url: str, folder: Path, *, needs: int, listed: int,
            rounds: int) -> Iterator[dict[str, object]]:  # fmt: skip
    """The rows of every work that needs no server, on one database."""
    with application(url, folder) as app:
        store_needs(listed)
        yield _list(app, rounds, listed).row("xlsx-10k", database, rows=listed, columns=20)
        store_needs(needs - listed, "T", answered=False)
        before = _memory()
        measured = _compile(rounds)
        yield measured.row("compile-100k", database, needs=needs,
                           memory_growth_mib=round((_memory() - before) / MEGABYTE, 1))  # fmt: skip


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _compile(rounds: int) -> Measured:
    with scoped(SYSTEM):
        basis = bare.basis()

        def enlace() -> None:
            compile_figures(basis, NEED)
            db.session.rollback()

        return interleaved(rounds, once(lambda: bare.run(basis)), once(enlace))


def _list(app: Any, rounds: int, listed: int) -> Measured:
    with app.test_request_context("/needs/list.xlsx?columns=all"), scoped(SYSTEM):
        actor = actor_of("hn.focal")
        catalogue("es")
        asked = listing.wanted({"columns": "all"})
        columns = exports.columns(actor, all_columns=True)
        cells = [column.cell for column in columns]
        ready = [[cell(row) for cell in cells] for row in listing.all_rows(actor, asked, listed)]
        headers = [column.header for column in columns]

        def floor() -> None:
            target = BytesIO()
            write_worksheet((dict(zip(headers, row, strict=True)) for row in ready), target)

        def enlace() -> None:
            exports.workbook(columns, listing.all_rows(actor, asked, listed))
            db.session.rollback()

        return interleaved(rounds, once(floor), once(enlace))


def documents(rounds: int) -> Iterator[dict[str, object]]:
    """The report's Word and PDF forms with a table of 500 rows; no database takes part."""
    document = _document()
    ready_pdf, ready_docx = bare.ready_pdf(document), bare.ready_docx(document)
    yield interleaved(rounds, once(ready_docx), once(lambda: docx(document))).row(
        "report-docx", "none", rows=500)  # fmt: skip
    yield interleaved(rounds, once(ready_pdf), once(lambda: pdf(document))).row(
        "report-pdf", "none", rows=500)  # fmt: skip


def _document() -> Document:
    columns = (
        Column(key="title", header="Necesidad", width=40),
        Column(key="country", header="País", width=16),
        Column(key="people", header="Participantes", kind="number", width=12),
        Column(key="hours", header="Horas", kind="hours", width=10),
        Column(key="day", header="Aceptada", kind="date", width=14),
    )
    rows = tuple(
        (f"Capacitación {n} sobre detección", "Honduras", n, Decimal(n) / 2, date(2004, 5, 20))
        for n in range(500)
    )
    table = Table(key="needs", title="Necesidades", columns=columns, rows=rows)
    return Document(
        title="Informe de necesidades", lang="es", locale="es_HN", date=clock.now().date(),
        reference="2004-1", blocks=(Heading(text="Necesidades"), TableBlock(table=table)),
    )  # fmt: skip
