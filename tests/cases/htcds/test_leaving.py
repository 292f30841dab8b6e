"""Does what reached a unit leave in the columns of HTCDS as that unit reads it, and for nobody else?"""

from __future__ import annotations

from tests.cases.exchanges.conftest import desk as desk
from tests.cases.exchanges.desk import Desk
from tests.cases.htcds.chance import said
from tests.cases.htcds.test_importing import read

SV = ("sv", "prosecution")
TRAFFICKING = [{"id": "row", "victim_local_id": "girl", "exploitation_type": ["ForcedBegging"],
                "relationship_to_trafficker": "Unaquainted"}]  # fmt: skip


def arrived(desk: Desk) -> tuple[str, str]:
    """(the sender's address of a communication that was released, that of the unit it reached)."""
    case_id = desk.begin("hn.prosecutor", [SV], crime_type=["TIP"], case_status="FollowUp",
                         trafficking=TRAFFICKING)  # fmt: skip
    desk.release("hn.prosecutor", case_id)
    return f"/cases/{case_id}", desk.received("sv.prosecutor")


def test_what_arrived_leaves_as_it_may_be_read(desk: Desk) -> None:
    own, at = arrived(desk)
    for key, address in (("hn.prosecutor", own), ("sv.prosecutor", at)):
        response = desk.be(key).client.get(f"{address}/htcds.xlsx")
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
        assert "PERSONAL" not in response.get_data().decode("latin-1")
        examined = read(response.get_data())
        assert examined.taken is not None
        found = said(examined.taken.document)
        assert found["case_status"] == "FollowUp"
        assert ({"citizenship": ["HN"]}, [{"exploitation_type": ["ForcedBegging"],
                                           "relationship_to_trafficker": "Unaquainted"}]) in found["persons"]  # fmt: skip


def test_the_pages_lead_to_the_files(desk: Desk) -> None:
    own, at = arrived(desk)
    for key, address in (("hn.prosecutor", own), ("sv.prosecutor", at)):
        page = desk.be(key).get(address)
        for ending in ("xlsx", "csv"):
            assert f'href="{address}/htcds.{ending}"' in page.html
    assert 'href="/cases/htcds"' in desk.be("hn.prosecutor").get("/cases").html


def test_no_list_holds_what_is_sealed(desk: Desk) -> None:
    for key, address in zip(("hn.prosecutor", "sv.prosecutor"), arrived(desk), strict=True):
        text = desk.be(key).client.get(f"{address}/htcds.csv").get_data(as_text=True)
        assert "ForcedBegging" in text
        assert [word for word in ("PERSONAL", "SECRETA") if word in text] == []


def test_nobody_else_gets_a_file(desk: Desk) -> None:
    own, at = arrived(desk)
    for key, status in (("gt.prosecutor", 404), ("sv.child", 404), ("hn.child", 404), ("hn.focal", 403),
                        ("st.officer", 403), ("ca.pledger", 403)):  # fmt: skip
        for address in (own, at):
            desk.be(key).get(f"{address}/htcds.xlsx", status=status)


def test_what_was_taken_back_leaves_no_more(desk: Desk) -> None:
    own, at = arrived(desk)
    sent = desk.be("hn.prosecutor").send(f"{own}/recall", reason="Se envió por error")
    assert sent.status == 303, sent.words
    desk.follow()
    desk.be("sv.prosecutor").get(f"{at}/htcds.xlsx", status=404)
