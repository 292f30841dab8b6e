"""Does the reviewer see the visto bueno with its letter, and what the country consented to?"""

from __future__ import annotations

import io
from typing import Any

import pytest

from tests.access.matrix import Matrix
from tests.access.world import demonstration as demonstration
from tests.calls.browsing import Seen
from tests.intake.test_readiness import Finished
from tests.needs.reading import previewing
from tests.storage import samples as made

OFFICE, NUMBER = "Despacho de la Viceministra", "OF-2004-77"


class Certified(Finished):
    """A need of Honduras that its focal point certifies with what is decided then."""

    def certify(self, *, clearance: dict[str, Any] | None = None, **decided: Any) -> None:
        asked = "&".join(
            f"{name}={each}" for name, said in decided.items()
            for each in (said if isinstance(said, list) else [said])
        )  # fmt: skip
        action = f"{self.path}/certification"
        look = previewing(self.see("hn.focal", f"{self.path}/check"), f"lang=es&{asked}")
        page = Seen(200, self.see("hn.focal", look), None)
        fields = {name: sent for name, sent in page.fields(action).items()
                  if name not in ("csrf_token", "_key", "clearance_file")}  # fmt: skip
        answer = self.send("hn.focal", action, **{**fields, **(clearance or {})})
        assert answer.status == 303, answer.body.decode()[-3000:]

    def review(self) -> Seen:
        return Seen(200, self.see("st.officer", f"{self.path}/review"), None)


@pytest.fixture
def need(demonstration: Matrix) -> Certified:
    return Certified(demonstration)


def test_the_visto_bueno_stands_there_with_its_letter_to_open(need: Certified) -> None:
    letter = {"clearance_file": (io.BytesIO(made.PDF), "oficio.pdf")}
    said = {"clearance_office": OFFICE, "clearance_number": NUMBER, "clearance_date": "20/05/2004"}
    need.certify(members="named", sponsors="none", clearance={**said, **letter})
    page = need.review()
    assert f"Visto bueno {OFFICE} · {NUMBER} · 20 de mayo de 2004" in page.words
    [file] = [link for link in page.links() if link.startswith("/files/")]
    assert need.ask("st.officer", file).status == 200


def test_that_there_is_no_visto_bueno_is_said(need: Certified) -> None:
    need.certify(members="named", sponsors="none")
    page = need.review()
    assert "Visto bueno no se registró ninguno" in page.words
    assert not [link for link in page.links() if link.startswith("/files/")]


@pytest.mark.parametrize(
    ("members", "sponsors", "says"),
    [("named", "unnamed", ("Ante los miembros con el nombre del país",
                           "Ante los auspiciadores sin el nombre del país")),
     ("none", "named", ("Ante los miembros no figura",
                        "Ante los auspiciadores con el nombre del país"))],
)  # fmt: skip
def test_what_the_country_consented_to_stands_in_words(
    need: Certified, members: str, sponsors: str, says: tuple[str, ...]
) -> None:
    need.certify(members=members, sponsors=sponsors, released=["gap"], withheld=["modality"])
    words = need.review().words
    for said in says:
        assert said in words
    assert "autorizados para los auspiciadores ¿Qué problema quieren resolver?" in words
    assert "Reservado ante los auspiciadores Modalidad" in words


def test_nothing_released_and_nothing_withheld_is_said_too(need: Certified) -> None:
    need.certify(members="named", sponsors="named")
    words = need.review().words
    assert "autorizados para los auspiciadores nada" in words
    assert (
        "Reservado ante los auspiciadores solo los textos libres y contactos que no se nombran arriba"
        in words
    )


def test_where_no_summary_may_be_sent_nothing_more_is_listed(need: Certified) -> None:
    need.certify(members="unnamed", sponsors="none")
    words = need.review().words
    assert "Ante los auspiciadores no se remite ningún resumen" in words
    assert "autorizados para los auspiciadores" not in words
