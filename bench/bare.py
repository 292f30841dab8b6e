"""What is the same work without Enlace: the same SQL by the driver alone, the same library fed ready?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time

from app import clock
from app.calls.models import Call
from app.documents import docx, pdf
from app.documents.model import Document
from app.extensions import db
from app.reports.counted import statement
from app.reports.dimensions import DIMENSIONS
from app.reports.figures import Basis
from bench.world import CALL


def basis() -> Basis:
    """The needs of the bench's call as they are in force now."""
    call_id = db.session.scalars(db.select(Call.id).where(Call.code == CALL)).one()
    return Basis(call_id=call_id, as_of=clock.now())


def run(counted: Basis) -> None:
    """Every grouping's statement, compiled anew by nobody and read by the driver alone."""
    dialect = db.engine.dialect
    driver = db.session.connection().connection.cursor()
    for dimension in DIMENSIONS:
        compiled = statement(counted, dimension).compile(
            dialect=dialect, compile_kwargs={"render_postcompile": True}
        )
        driver.execute(str(compiled), _parameters(compiled))
        driver.fetchall()
    db.session.rollback()


def _parameters(compiled: object) -> object:
    values = {
        name: processor(value) if (processor := compiled._bind_processors.get(name)) else value  # type: ignore[attr-defined]
        for name, value in compiled.params.items()  # type: ignore[attr-defined]
    }
    if compiled.positiontup is None:  # type: ignore[attr-defined]
        return values
    return tuple(values[name] for name in compiled.positiontup)  # type: ignore[attr-defined]


def ready_docx(document: Document) -> Callable[[], object]:
    """Word by the same library and template, everything prepared before."""
    prepared = docx.ready(document)
    return lambda: docx.write(prepared)


def ready_pdf(document: Document) -> Callable[[], object]:
    """PDF by the same library and template, everything prepared before."""
    prepared = pdf.ready(document)
    made = datetime.combine(document.date, time(), tzinfo=UTC)
    return lambda: pdf.print_ready(prepared, made=made)
