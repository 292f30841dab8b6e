"""How does a test fill in a workbook as people do, send it in, and see what became of it?

Filled with openpyxl, which knows nothing of how Enlace writes and reads.
"""

from __future__ import annotations

import secrets
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.db.transactions import transaction
from app.intake.answers import document_of, written
from app.intake.models import Dossier, Draft
from app.intake.sheets import jobs
from app.intake.sheets.models import SheetUpload
from app.needs.format import NEED
from tests.access.asking import Answer, Somebody
from tests.access.matrix import Matrix

BASE = "/needs/from-spreadsheet"


class Form:
    """A downloaded workbook, filled in by the keys of its columns."""

    def __init__(self, body: bytes) -> None:
        self.book: Workbook = load_workbook(BytesIO(body))
        self.pages: dict[str, Worksheet] = {}
        self.columns: dict[str, dict[str, int]] = {}
        self.key_row = 0
        for page in self.book.worksheets:
            for row in page.iter_rows(max_row=10):
                first = str(row[0].value or "")
                if first.startswith("enlace:"):
                    table = first.split(":")[4]
                    self.pages[table], self.key_row = page, row[0].row
                    self.columns[table] = {"_number": 1} | {
                        str(cell.value): cell.column for cell in row[1:] if cell.value
                    }

    def put(self, key: str, value: Any, *, row: int = 1, table: str = "") -> str:
        """Write into the n-th row of answers; the cell's reference."""
        cell = self.pages[table].cell(self.key_row + row, self.columns[table][key])
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        return cell.coordinate

    def formula(self, key: str, text: str, *, row: int = 1, table: str = "") -> str:
        cell = self.pages[table].cell(self.key_row + row, self.columns[table][key])
        cell.value = text
        return cell.coordinate

    @property
    def lines(self) -> list[str]:
        """The lines of the grid of costs, in words."""
        place = self.book.defined_names["list_lines_of_costs"].attr_text
        sheet, _sep, cells = place.replace("$", "").replace("'", "").partition("!")
        return [str(row[0].value) for row in self.book[sheet][cells]]

    def name(self, table: str = "") -> str:
        return self.pages[table].title

    def heading(self, key: str, table: str = "") -> str:
        return str(self.pages[table].cell(self.key_row - 2, self.columns[table][key]).value)

    def body(self) -> bytes:
        target = BytesIO()
        self.book.save(target)
        return target.getvalue()


class Sender:
    """Somebody who downloads, sends in and decides."""

    def __init__(self, matrix: Matrix, key: str = "hn.contributor") -> None:
        self.matrix = matrix
        self.who: Somebody = next(one for one in matrix.everybody if one.key == key)
        self.call = matrix.things.open_call

    def ask(self, method: str, path: str, **data: Any) -> Answer:
        return self.matrix.asker.ask(self.who, method, path, data=data)

    def form(self, which: str = "form") -> bytes:
        answer = self.ask("GET", f"{BASE}/{self.call}/{which}.xlsx")
        assert answer.status == 200, answer.body[:500]
        return answer.body

    def send(self, body: bytes, name: str = "necesidades.xlsx") -> Answer:
        """As a browser sends the form. Encoded here: the test client leaves large files open."""
        asker, who = self.matrix.asker, self.who
        client = asker.client(who)
        boundary, sent = encode_multipart({
            "csrf_token": asker.csrf[str(who)], "_key": secrets.token_hex(16),
            "_acting": who.organisation_id, "file": FileStorage(BytesIO(body), name),
        })  # fmt: skip
        response = client.post(
            BASE, data=sent, content_type=f"multipart/form-data; boundary={boundary}",
            headers={"Cookie": asker.cookies[str(who)]},
        )  # fmt: skip
        answer = Answer(
            response.status_code, response.get_data(), response.location or "", "", True
        )
        response.close()
        return answer

    def checked(self, body: bytes) -> SheetUpload:
        """Send a workbook and let the job look at it."""
        answer = self.send(body)
        assert answer.status == 303, (answer.status, answer.body[:300])
        return self.worked(answer.location.rpartition("/")[2])

    def worked(self, upload_id: str) -> SheetUpload:
        with self.matrix.app.app_context():
            jobs.work_on(upload_id)
        return self.upload(upload_id)

    def upload(self, upload_id: str) -> SheetUpload:
        with self.matrix.app.app_context(), transaction(writing=False) as session:
            found = session.get_one(SheetUpload, upload_id)
            session.expunge(found)
            return found

    def bring_in(self, upload: SheetUpload, **data: Any) -> Answer:
        answer = self.ask("POST", f"{BASE}/{upload.id}", **data)
        if answer.status == 303:
            self.worked(upload.id)
        return answer

    def drafts(self) -> dict[str, dict[str, Any]]:
        """Reference -> answers, of every draft of the delegation in the call."""
        with self.matrix.app.app_context(), transaction(writing=False) as session:
            rows = session.query(Dossier, Draft).join(Draft, Draft.dossier_id == Dossier.id).filter(
                Dossier.organisation_id == self.who.organisation_id,
                Dossier.call_id == self.call, Draft.closed_at.is_(None),
            )  # fmt: skip
            return {dossier.reference: document_of(NEED, written(draft)) for dossier, draft in rows}
