"""Can an officer send a file of HTCDS, see what was understood, and begin a draft with it?"""

from __future__ import annotations

import csv
import html
import re
import secrets
from io import BytesIO, StringIO
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.attachments.models import Attachment
from app.audit.models import AuditEvent
from app.db.transactions import transaction
from tests.access.asking import Answer, Somebody
from tests.access.matrix import Matrix
from tests.access.world import demonstration as demonstration
from tests.cases.htcds.chance import said
from tests.cases.htcds.test_importing import read, sheet, template
from tests.cases.htcds.told import CASES, DEFINITIONS, FORM
from tests.support.good_html import assert_good_html

PAGE = "/cases/htcds"
pytestmark = pytest.mark.filterwarnings("ignore:Data Validation extension:UserWarning")


class Desk:
    """An officer at a desk."""

    def __init__(self, matrix: Matrix, key: str = "hn.prosecutor") -> None:
        self.matrix = matrix
        self.who: Somebody = next(one for one in matrix.everybody if one.key == key)

    def ask(self, method: str, path: str = PAGE, **data: Any) -> Answer:
        return self.matrix.asker.ask(self.who, method, path, data=data)

    def send(self, body: bytes, name: str = "casos.xlsx") -> Answer:
        """As a browser sends the form. Encoded here: the test client leaves large files open."""
        self.ask("GET")  # signed in, with the page's token
        asker, who = self.matrix.asker, self.who
        boundary, sent = encode_multipart({
            "csrf_token": asker.csrf[str(who)], "_key": secrets.token_hex(16),
            "_acting": who.organisation_id, "file": FileStorage(BytesIO(body), name),
        })  # fmt: skip
        response = asker.client(who).post(
            PAGE, data=sent, content_type=f"multipart/form-data; boundary={boundary}",
            headers={"Cookie": asker.cookies[str(who)]},
        )  # fmt: skip
        answer = Answer(
            response.status_code, response.get_data(), response.location or "", "", True
        )
        response.close()
        return answer

    def kept(self) -> int:
        """How many files there are."""
        with self.matrix.app.app_context(), transaction(writing=False) as session:
            return session.scalar(select(func.count()).select_from(Attachment)) or 0


def text_of(answer: Answer) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.body.decode()))


def carried(answer: Answer) -> str:
    return re.search(r'name="taken" value="([^"]*)"', answer.body.decode())[1]  # type: ignore[index]


FILLED = {"F3": "Yes", "I3": "Honduras", "X3": "Forced labour", "AB3": "Follow up", "D3": "CANARIO"}


def test_the_page_asks_for_a_file(demonstration: Matrix) -> None:
    answer = Desk(demonstration).ask("GET")
    assert answer.status == 200
    assert_good_html(answer.body.decode())
    assert "HTCDS by IOM" in text_of(answer)


@pytest.mark.parametrize("path", [DEFINITIONS, FORM, CASES], ids=lambda path: path.name)
def test_each_published_file_is_checked_on_the_page(demonstration: Matrix, path: Any) -> None:
    answer = Desk(demonstration).send(path.read_bytes(), path.name)
    assert answer.status == 200
    assert_good_html(answer.body.decode())
    assert "%(" not in text_of(answer)
    assert b'name="taken"' not in answer.body


def test_what_is_read_is_shown_and_nothing_of_the_file_is_kept(demonstration: Matrix) -> None:
    desk = Desk(demonstration)
    before = desk.kept()
    answer = desk.send(template(FILLED))
    assert answer.status == 200
    assert_good_html(answer.body.decode())
    assert "CANARIO" not in answer.body.decode()
    assert desk.kept() == before
    assert carried(answer)


@pytest.mark.parametrize(
    ("body", "name"),
    [(b"", ""), (b"x", "casos.xlsm"), (b"x", "casos.xlsx"), (sheet(("a", "b")), "casos.xlsx")],
)
def test_a_file_that_cannot_be_taken_is_refused_with_a_sentence(
    demonstration: Matrix, body: bytes, name: str
) -> None:
    answer = Desk(demonstration).send(body, name)
    assert answer.status == 422
    assert_good_html(answer.body.decode())


@pytest.mark.parametrize("wrong", ["", "x", "eyJh.b.c"])
def test_what_was_not_read_here_begins_nothing(demonstration: Matrix, wrong: str) -> None:
    answer = Desk(demonstration).ask(
        "POST", f"{PAGE}/draft", taken=wrong, kind="CASE_SHARE", reality="practice"
    )
    assert answer.status == 422


def test_what_another_officer_read_begins_nothing(demonstration: Matrix) -> None:
    taken = carried(Desk(demonstration, "sv.prosecutor").send(template(FILLED)))
    answer = Desk(demonstration).ask(
        "POST", f"{PAGE}/draft", taken=taken, kind="CASE_SHARE", reality="practice"
    )
    assert answer.status == 422


def test_a_form_without_what_was_read_is_no_form_of_ours(demonstration: Matrix) -> None:
    assert Desk(demonstration).ask("POST", f"{PAGE}/draft", kind="CASE_SHARE").status == 400


def test_nobody_else_reaches_the_page(demonstration: Matrix) -> None:
    for key in ("hn.focal", "st.officer", "us.reader"):
        assert Desk(demonstration, key).ask("GET").status == 403


def begun(desk: Desk, body: bytes) -> str:
    """Send a file and begin a draft with it; the draft's address."""
    taken = carried(desk.send(body))
    answer = desk.ask("POST", f"{PAGE}/draft", taken=taken, kind="CASE_SHARE", reality="practice")
    assert answer.status == 303, text_of(answer)
    return answer.location


def test_a_draft_begins_with_what_was_read_and_leaves_as_it_came(demonstration: Matrix) -> None:
    desk = Desk(demonstration)
    path = begun(desk, template(FILLED))
    page = desk.ask("GET", path)
    assert page.status == 200
    assert f'href="{path}/sections/trafficking"' in page.body.decode(), (
        "what the rows answer is asked"
    )
    answer = desk.ask("GET", f"{path}/htcds.xlsx")
    assert answer.status == 200
    examined = read(answer.body)
    assert examined.taken is not None
    found = said(examined.taken.document)
    assert found["case_status"] == "FollowUp"
    assert found["persons"] == [
        ({"consent": "GIVEN", "citizenship": ["HN"]}, [{"exploitation_type": ["ForcedLabour"]}])
    ]
    rows = list(
        csv.DictReader(StringIO(desk.ask("GET", f"{path}/htcds.csv").body.decode("utf-8-sig")))
    )
    assert [row["prs_Citizenship"] for row in rows] == ["HN"]


def test_that_a_file_left_is_on_record(demonstration: Matrix) -> None:
    desk = Desk(demonstration)
    path = begun(desk, template(FILLED))
    before = events(demonstration)
    desk.ask("GET", f"{path}/htcds.xlsx")
    desk.ask("HEAD", f"{path}/htcds.csv")
    assert events(demonstration) - before == 1


def events(matrix: Matrix) -> int:
    """How often a file left."""
    with matrix.app.app_context(), transaction(writing=False) as session:
        query = select(func.count()).select_from(AuditEvent).where(AuditEvent.kind == "case-left")
        return session.scalar(query) or 0


@pytest.mark.parametrize("lacks", ["kind", "reality"])
def test_what_is_still_to_be_said_is_asked_again_with_what_was_read(
    demonstration: Matrix, lacks: str
) -> None:
    desk = Desk(demonstration)
    sent = {
        "taken": carried(desk.send(template(FILLED))),
        "kind": "CASE_SHARE",
        "reality": "practice",
    }
    answer = desk.ask(
        "POST", f"{PAGE}/draft", **{key: each for key, each in sent.items() if key != lacks}
    )
    assert answer.status == 422
    assert carried(answer)
    assert_good_html(answer.body.decode())


@pytest.mark.parametrize("kind", ["ALERT", "REQUEST", "REPLY", "CLOSE"])
def test_no_kind_is_begun_that_would_not_ask_for_what_was_read(
    demonstration: Matrix, kind: str
) -> None:
    desk = Desk(demonstration)
    page = desk.send(template(FILLED))
    offered = re.findall(r'name="kind"[^>]*value="([A-Z_]+)"', page.body.decode())
    assert offered == ["CASE_SHARE", "FOLLOW_UP"]
    answer = desk.ask("POST", f"{PAGE}/draft", taken=carried(page), kind=kind, reality="practice")
    assert answer.status == 422


def test_another_unit_reaches_no_file_of_it(demonstration: Matrix) -> None:
    path = begun(Desk(demonstration), template(FILLED))
    for key in ("sv.prosecutor", "hn.child"):
        assert Desk(demonstration, key).ask("GET", f"{path}/htcds.xlsx").status == 404
