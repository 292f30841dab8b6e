"""How is one communication sent and read from beginning to end, and what comes back to everybody who asks?"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app import clock
from app.audit.commit import committed
from app.cases.exchanges import actions, queries, releasing
from app.cases.exchanges.actions import Beginning
from app.cases.exchanges.addressing import Sending
from app.cases.exchanges.models import Addressee
from app.cli.demo.people import first_seat_of
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from app.extensions import db
from app.organisations.models import Unit
from app.outbox.deliver import drain
from tests.access.asking import Somebody
from tests.access.canaries import readable
from tests.cases.exchanges import letters
from tests.cases.exchanges.addresses import every
from tests.cases.exchanges.eleven import NOON, Stage
from tests.cases.exchanges.letters import Letter

Seen = dict[str, bytes]
"""What was asked -> everything that came back."""
MADE = re.compile(rb"\d{2}:\d{2}:\d{2} GMT|20[2-9]\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")
"""The second in which a cookie or a workbook was made."""


@dataclass
class Played:
    """One world at its end: what each reader got."""

    case_id: str
    seen: dict[str, Seen] = field(default_factory=dict)

    def words(self, who: str) -> set[bytes]:
        """The words of a case that a reader saw."""
        return {
            word for each in self.seen[who].values() for word in re.findall(rb"qz[0-9a-f]{8}", each)
        }


@dataclass(frozen=True)
class Question:
    """One address, asked in one way. `{case}` and `{addressee}` stand for what was sent and what arrived."""

    path: str
    htmx: bool = False


def play(
    stage: Stage, sent: Letter, readers: Iterable[Somebody], questions: list[Question]
) -> Played:
    """Send it, let it be delivered, opened and passed on, and ask everybody's questions."""
    stage.begin()
    case_id = _send(stage, sent)
    arrived = _arrived(stage, case_id)
    if sent.passed_on:
        through, to = sent.passed_on
        if through in arrived:
            at = f"/received/cases/{arrived[through]}"
            stage.ask(stage.officers[through], "POST", f"{at}/forwarding", unit=stage.units[to])
            _follow(stage, "passed on")
            arrived = _arrived(stage, case_id)
    played = Played(case_id)
    for who in readers:
        played.seen[str(who)] = dict(_read(stage, who, case_id, arrived, questions))
    return played


def _send(stage: Stage, sent: Letter) -> str:
    officer = stage.officers[sent.sender]
    with stage.app.app_context(), clock.stopped_at(NOON):
        with scoped(SYSTEM, writing=True):
            stage.chance.step("rules")
            with transaction(writing=True) as session:
                letters.state(session, stage, sent.rules, [f"rule{n:016d}" for n in range(9)])
            stage.chance.step("start")
            with committed():
                actor = first_seat_of(officer.key)
                begins = Beginning(unit=db.session.get_one(Unit, stage.units[sent.sender]),
                                   kind="CASE_SHARE", is_exercise=True)  # fmt: skip
                case_id = actions.start(actor, begins, given=dict(sent.case)).id
            stage.chance.step("release")
            with committed():
                actor = first_seat_of(officer.key)
                sendings = {stage.units[country]: Sending(released=released)
                            for country, released in sent.released.items()}  # fmt: skip
                releasing.certify_and_release(
                    actor, queries.get(actor, case_id), lang="es", sendings=sendings, hides=False
                )
        db.session.remove()
    _follow(stage, "released")
    return case_id


def _follow(stage: Stage, step: str) -> None:
    """What follows by itself follows."""
    for number in range(2):
        stage.chance.step(f"{step} {number}")
        with clock.stopped_at(NOON), stage.app.app_context(), scoped(SYSTEM):
            drain()


def _arrived(stage: Stage, case_id: str) -> dict[str, str]:
    """Country -> the id under which it arrived there."""
    country = {organisation: code for code, organisation in stage.organisations.items()}
    with stage.app.app_context(), scoped(SYSTEM), transaction(writing=False) as session:
        rows = session.execute(
            db.select(Addressee.organisation_id, Addressee.id).where(Addressee.exchange_id == case_id)
            .order_by(Addressee.id)
        ).all()  # fmt: skip
    return {country[organisation]: id for organisation, id in rows}


def _read(
    stage: Stage, who: Somebody, case_id: str, arrived: Mapping[str, str], questions: list[Question]
) -> Iterator[tuple[str, bytes]]:
    """Ask what somebody asks, and do what the receiving unit does."""
    of_unit = next((code for code, each in stage.officers.items() if each is who), "")
    own = arrived.get(of_unit, "")
    for question in questions:
        path = question.path.replace("{case}", case_id)
        path = path.replace("{addressee}", own or next(iter(arrived.values())))
        yield (f"GET {question.path} {question.htmx}",
               bytes_of(*stage.ask(who, "GET", path, htmx=question.htmx)))  # fmt: skip
    if not own:
        return
    at = f"/received/cases/{own}"
    for name, path, data in (
        ("opening without a purpose", f"{at}/openings", {}),
        ("opening", f"{at}/openings", {"purpose": "answering"}),
        ("receipt", f"{at}/receipt", {"verb": "accept", "reason": ""}),
        ("forwarding nowhere", f"{at}/forwarding", {"unit": ""}),
    ):
        yield name, bytes_of(*stage.ask(who, "POST", path, **data))
    status, headers, body = stage.ask(who, "POST", f"{at}/reply", kind="REPLY")
    yield "reply", bytes_of(status, headers, body)
    if status == 303:
        for section in ("", "/sections/envelope", "/check", "/history", "/release"):
            page = headers["Location"] + section
            yield f"reply {section}", bytes_of(*stage.ask(who, "GET", page))
    yield "notices", bytes_of(*stage.ask(who, "GET", "/notices"))


def bytes_of(status: int, headers: Mapping[str, str], body: bytes) -> bytes:
    """All that came back as bytes, but for the second in which it was made."""
    assert status != 500
    if body.startswith(b"PK"):  # a workbook is packed with the second in which it was made
        body, headers = (
            readable(body).encode(),
            {k: v for k, v in headers.items() if k != "Content-Length"},
        )
    told = "\n".join(f"{name}: {value}" for name, value in sorted(headers.items()))
    return MADE.sub(b"", f"{status}\n{told}\n\n".encode() + body)


def addresses(stage: Stage) -> list[str]:
    """Every address that can be asked for, with the communication wherever a record is named."""
    paths = every(stage.app, "GET", {"case_id": "CASE", "addressee_id": "ADDRESSEE"})
    return [path.replace("ADDRESSEE", "{addressee}").replace("CASE", "{case}") for path in paths]


ALWAYS = ("/", "/received/cases", "/received/cases/{addressee}", "/received/cases/{addressee}/forwarding",
          "/cases/{case}", "/received/cases/{addressee}/htcds.csv", "/received/cases/{addressee}/htcds.xlsx",
          "/received/cases?kind=CASE_SHARE&state=opened", "/envelopes")  # fmt: skip


def questions(chance: random.Random, known: list[str], words: list[str]) -> list[Question]:
    """What is asked in one world: always the same few, and others by chance, with words of the case."""
    found = [Question(path) for path in ALWAYS]
    for path in chance.sample(known, 10):
        asked = f"{path}?q={chance.choice(words)}" if words and chance.random() < 0.4 else path
        found.append(Question(asked, htmx=chance.random() < 0.4))
    return [*found, Question("/received/cases/{addressee}", htmx=True)]
