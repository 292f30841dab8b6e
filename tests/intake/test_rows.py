"""Is a row of a table removed only by whoever has read it, and can it come back?"""

from __future__ import annotations

import pytest

from tests.access.matrix import Matrix
from tests.access.world import demonstration as demonstration
from tests.intake.writing import Writer


class Table:
    """The audience of a draft, in which two people of a delegation write."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.ana, self.marta = Writer(matrix, "hn.contributor"), Writer(matrix, "hn.focal")
        before = self.rows()
        assert self.ana.post("essentials", _add="audience").status == 303
        [self.row] = self.rows() - before
        self.says(self.ana, "women", "7")

    def rows(self) -> set[str]:
        names = self.ana.fields("essentials")
        return {name.split(".")[2] for name in names if name.startswith("_revision.audience.")}

    def says(self, who: Writer, cell: str, words: str) -> None:
        name = f"audience.{self.row}.{cell}"
        sent = {name: words, f"_revision.{name}": who.fields("essentials")[f"_revision.{name}"][0]}
        path = f"/needs/{who.need}/answers/audience/{self.row}/{cell}"
        assert who.send("PUT", path, sent).status == 200


@pytest.fixture
def table(demonstration: Matrix) -> Table:
    return Table(demonstration)


def test_a_row_in_which_a_colleague_wrote_since_is_not_removed(table: Table) -> None:
    page = table.ana.fields("essentials")
    table.says(table.marta, "women", "8")
    refused = table.ana.send("POST", table.ana.page("essentials"), {**page, "_remove": table.row})
    assert refused.status == 409
    assert "en la fila que usted quería quitar" in refused.body.decode()
    assert table.row in table.rows()


def test_a_row_is_not_removed_by_a_request_that_does_not_say_what_it_saw(table: Table) -> None:
    sent = {"_remove": table.row}
    assert table.ana.send("POST", table.ana.page("essentials"), sent).status == 409
    assert table.row in table.rows()
