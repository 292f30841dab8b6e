"""Which texts, cells and tables may come? Strategies for what people really type, and worse."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from app.documents.model import Cell, Column, Document, Kind, Row, Table, TableBlock
from tests.documents.examples import DAY

HOSTILE = (
    "#import \"@preview/x:1.0\": *",
    "$x^2$ #eval(\"1\") *b* _i_ `raw` <label> @ref = Heading",
    "{{ title }} {% for x in y %} {_{ x }_} {%p if x %} [[body]]",
    "]]> </w:t><w:t> &amp; &#65; <script>alert(1)</script>",
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1", " =1",
    "http://example.org", "=HYPERLINK(\"x\")", "_x0041_", "'quoted'", "a\r\nb\rc",
)  # fmt: skip

# What a database can hold and XML can carry, so that nothing has to be left out on the way.
_CARRIED = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"
)
texts = st.one_of(
    st.text(_CARRIED, max_size=40),
    st.text(st.sampled_from("aá \n=+-@<&\"'{}%_#$*"), max_size=20),
    st.sampled_from([text for text in HOSTILE if "\r" not in text]),
)
anything = st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE))
whole_numbers = st.integers(-(10**14), 10**14)
exact_numbers = st.decimals(-(10**9), 10**9, places=2)
days = st.dates(date(1900, 3, 1), date(2200, 1, 1))

_BY_KIND: dict[Kind, st.SearchStrategy[Cell]] = {
    "text": texts,
    "number": whole_numbers,
    "change": whole_numbers,
    "hours": exact_numbers,
    "money": exact_numbers,
    "date": days,
}


def cells(kind: Kind) -> st.SearchStrategy[Cell]:
    """A cell of that kind, or nothing."""
    return st.one_of(st.none(), _BY_KIND[kind])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of any kinds of columns, with or without a total."""
    kinds = draw(st.lists(st.sampled_from(list(_BY_KIND)), min_size=1, max_size=5))
    row = st.tuples(*(cells(kind) for kind in kinds))
    rows: list[Row] = draw(st.lists(row, max_size=6))
    return Table(
        key="t",
        title=draw(st.text("abcñ ", min_size=1, max_size=20).filter(str.strip)),
        columns=tuple(
            Column(key=f"c{at}", header=f"Columna {at + 1}", kind=kind)
            for at, kind in enumerate(kinds)
        ),
        rows=tuple(rows),
        total=draw(st.one_of(st.none(), row)),
    )


def document_of(*found: Table) -> Document:
    """A document holding nothing but tables."""
    return Document(
        title="Prueba",
        lang="es",
        locale="es_HN",
        date=DAY,
        reference="R-1",
        blocks=tuple(TableBlock(table=table) for table in found),
    )


def exact(value: str) -> Decimal:
    """A number as it is written."""
    return Decimal(value)
