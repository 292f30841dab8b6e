"""Which documents are the others tried on? A report, a receipt and a review, as features build them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.documents.model import (
    Block,
    Chart,
    Column,
    Contents,
    Document,
    Facts,
    GridChart,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Signature,
    StackChart,
    Table,
    TableBlock,
)
from app.figures import Bar, GridCell, GridColumn, GridRow, Stack

THEMES = (
    "Detección e indicadores",
    "Investigación",
    "Documentos de viaje",
    "Atención a víctimas de trata y protección de quienes declaran",
    "Niñez y adolescencia",
    "Derecho internacional de los refugiados",
)
COUNTRIES = ("Honduras", "El Salvador", "Guatemala", "Nicaragua", "Costa Rica", "México", "Panamá")
DAY = date(2004, 5, 24)


def needs_columns() -> tuple[Column, ...]:
    """The columns of the tables of the report: every kind of cell once."""
    return (
        Column(key="theme", header="Contenido temático", width=28),
        Column(key="country", header="País", width=14),
        Column(key="needs", header="Necesidades", kind="number", width=12),
        Column(key="participants", header="Participantes", kind="number", width=13),
        Column(key="hours", header="Horas", kind="hours", width=10),
        Column(key="cost", header="Costo (USD)", kind="money", width=15),
        Column(key="from", header="Desde", kind="date", width=13),
    )


def needs_table(key: str = "themes", rows: int = 6, title: str = "Por tema") -> Table:
    """A table of so many rows whose last row totals them."""
    body = tuple(_row(index) for index in range(rows))
    total: Row = (
        "Total",
        None,
        sum(int(row[2] or 0) for row in body),
        sum(int(row[3] or 0) for row in body),
        sum((Decimal(str(row[4])) for row in body), Decimal(0)),
        sum((Decimal(str(row[5])) for row in body), Decimal(0)),
        None,
    )
    return Table(
        key=key,
        title=title,
        columns=needs_columns(),
        rows=body,
        total=total,
        note="Una necesidad con varios temas se cuenta en cada uno; el total la cuenta una vez.",
    )


def _row(index: int) -> Row:
    return (
        THEMES[index % len(THEMES)],
        COUNTRIES[index % len(COUNTRIES)],
        index % 9 + 1,
        index * 7 % 1300,
        Decimal(index * 3 % 400) / 2,
        Decimal(index * 911 % 90000) / 4,
        date(2004, index % 12 + 1, index % 28 + 1) if index % 5 else None,
    )


def theme_chart() -> Chart:
    """Participants by theme, as bars."""
    values = (262, 178, 131, 96, 74, 0)
    return Chart(
        title="Participantes por tema",
        description="Detección 262, investigación 178, documentos 131, atención 96, niñez 74.",
        bars=tuple(
            Bar(theme, Decimal(value), str(value))
            for theme, value in zip(THEMES, values, strict=True)
        ),
    )


def people_chart() -> StackChart:
    """Participants by profile and sex."""
    people = {"Fiscalía": (3, 2), "Consular": (0, 7)}
    return StackChart(
        title="Participantes por perfil",
        description="Fiscalía: 5 (Mujeres 3, Hombres 2); Consular: 7 (Mujeres 0, Hombres 7).",
        key=("Mujeres", "Hombres"),
        stacks=tuple(
            Stack(name, tuple(map(Decimal, parts)), tuple(map(str, parts)), str(sum(parts)))
            for name, parts in people.items()
        ),
        tones=("solid", "hatch"),
    )


def crossing_chart() -> GridChart:
    """Needs by theme and country."""
    return GridChart(
        title="Necesidades por tema y país",
        description="Detección: Honduras 4; Niñez: El Salvador 1.",
        columns=(GridColumn("HND", "Honduras"), GridColumn("SLV", "El Salvador")),
        rows=(
            GridRow("Detección", (GridCell(Decimal(4), "4"), None)),
            GridRow("Niñez", (None, GridCell(Decimal(1), "1"))),
        ),
    )


def report(*, tables: int = 7, rows: int = 6) -> Document:
    """The report tabled at the GRCM: cover, contents, proposals, tables with charts, annex."""
    blocks: list[Block] = [
        Contents(),
        PageBreak(),
        Heading(text="Resumen"),
        Paragraph(
            style="lead",
            text="Nueve de once países respondieron. Se aceptaron 23 necesidades para 741"
            " participantes y 1,160 horas de capacitación.",
        ),
        Paragraph(text="Las cifras son de las versiones aceptadas al 24 de mayo de 2004."),
        Paragraph(
            style="proposal",
            text="Agradecer a Canadá, los Estados Unidos y México su ofrecimiento de capacitación"
            " para funcionarios consulares, migratorios y de otras instituciones.",
        ),
        Paragraph(style="proposal", text="Instar a los países que aún no responden a hacerlo."),
        Heading(text="Necesidades recopiladas"),
    ]
    for number in range(tables):
        chart = theme_chart() if number < 3 else None
        blocks += [
            Heading(text=f"Agrupación {number + 1}", level=2),
            TableBlock(table=needs_table(f"t{number}", rows, f"Cuadro {number + 1}"), chart=chart),
        ]
    blocks += [
        PageBreak(),
        Heading(text="Anexo por país"),
        Heading(text="Honduras", level=2),
        Facts(pairs=(("Punto focal", "Secretaría de Relaciones Exteriores"), ("Versión", "2"))),
        Paragraph(style="note", text="Honduras presentó su respuesta por oficio."),
    ]
    return Document(
        title="Necesidades de capacitación en materia de trata de personas y tráfico ilícito",
        subtitle="Informe recopilado por la Secretaría Técnica, edición 2",
        lang="es",
        locale="es_HN",
        date=DAY,
        reference="ENL-2004-INF-002",
        mark="Miembros",
        cover={
            "Reunión": "Grupo Regional de Consulta sobre Migración",
            "Punto de agenda": "4. Capacitación",
            "Fecha": "24 de mayo de 2004",
            "Convocatoria": "Necesidades de capacitación 2004",
        },
        blocks=tuple(blocks),
    )


def receipt() -> Document:
    """The acuse de recibo a country gets at certification."""
    return Document(
        title="Acuse de recibo",
        subtitle="Necesidad de capacitación certificada y enviada",
        lang="es",
        locale="es_HN",
        date=DAY,
        reference="ENL-2004-HN-0007",
        mark="DEMOSTRACIÓN",
        blocks=(
            Paragraph(
                style="lead",
                text="La Secretaría Técnica recibió la versión 2 de la necesidad de capacitación"
                " de Honduras «Detección de víctimas en puestos fronterizos».",
            ),
            Facts(
                pairs=(
                    ("Referencia", "ENL-2004-HN-0007"),
                    ("Versión", "2"),
                    ("Certificada por", "Ana Rodríguez, punto focal"),
                    ("Fecha", "24 de mayo de 2004, 09:00 Panamá · 08:00 Honduras"),
                    ("Huella SHA-256", "9f86d081884c7d659a2feaa0c55ad015" * 2),
                )
            ),
            Paragraph(text="La versión certificada no cambia. Guarde esta página."),
            Signature(lines=("Secretaría Técnica", "Conferencia Regional sobre Migración")),
        ),
    )


def review() -> Document:
    """The draft as it circulates outside for a visto bueno: sections with their answers."""
    long = "Los puestos fronterizos reciben personas que no declaran ser víctimas. " * 12
    return Document(
        title="Detección de víctimas en puestos fronterizos",
        subtitle="Borrador para visto bueno",
        lang="en",
        locale="en_BZ",
        date=DAY,
        reference="Draft of 24 May 2004",
        blocks=(
            Heading(text="What is needed"),
            Facts(lang="es", pairs=(("Title", "Detección de víctimas"), ("Gap", long))),
            Heading(text="Participants"),
            Facts(lang="es", pairs=(("Number", "35"), ("Urgency", "1.ª"))),
            TableBlock(table=needs_table("audience", 3, "Participants")),
            Heading(text="Duration"),
            Facts(pairs=(("Length", "5 days of 6 hours, 30 hours"),)),
        ),
    )
