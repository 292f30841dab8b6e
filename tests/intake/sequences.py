"""What do several people do to one draft, partly at the same moment, each with a view of her own?"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field

from app.audit.models import AuditEvent
from app.intake.seen import NOTHING
from tests.intake.colleagues import Answer, Colleague, Request
from tests.intake.ledger import Place, said
from tests.intake.pages import Page, open_page, resolve, send_page
from tests.intake.placing import ROW

Act = Callable[[], object]
PLACES: tuple[Place, ...] = (
    ("", "title"), ("", "gap"), ("", "subtheme"), (ROW, "audience.region"), (ROW, "audience.women"),
)  # fmt: skip
"""Three that begin answered and two that do not; one with a number."""
IN_PAGE = ("", "title"), ("", "gap"), (ROW, "audience.region")
AGREED = "Acordado"
ROUNDS = (4, 9)
WEIGHTS = {
    "save": 46, "catch_up_and_save": 16, "look": 8, "agree": 5, "repeat": 6, "twice_at_once": 6,
    "reuse_key": 3, "open_page": 9, "send_page": 12, "add_row": 3, "remove_row": 3, "restore": 5,
    "go_round": 7,
}  # fmt: skip


@dataclass
class Sequence:
    """A few rounds of acts on one need, drawn from one chance."""

    need: str
    people: list[Colleague]
    chance: random.Random
    helpers: Executor
    history: Callable[[], list[AuditEvent]]
    """The saves so far."""
    go_round: Callable[[str], bool]
    """Certifies the need, returns it and opens it again: it has another draft then."""
    counts: Counter[str] = field(default_factory=Counter)
    serial: int = 0
    rows: list[str] = field(default_factory=lambda: [ROW])
    pages: dict[str, Page] = field(default_factory=dict)
    done: dict[str, list[tuple[Request, Answer]]] = field(default_factory=dict)

    def run(self) -> None:
        """In each round one acts alone, or several at once."""
        for _ in range(self.chance.randint(*ROUNDS)):
            many = self.chance.choice((1, 1, 2, 2, 3))
            acts = [self._drawn(who) for who in self.chance.sample(self.people, many)]
            self.counts["acts at the same moment"] += many > 1 and many
            for each in [self.helpers.submit(act) for act in acts]:
                each.result()

    def _drawn(self, who: Colleague) -> Act:
        """What she will do: all chance is drawn before anything of the round is sent."""
        act = self.chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        server = self.chance.randrange(2)
        drawn: Act = getattr(self, f"_{act}")(who, server)
        return drawn

    def _place(self) -> Place:
        row = self.chance.choice(self.rows)
        place = self.chance.choice(PLACES)
        return (row, place[1]) if place[0] else place

    def _text(self, place: Place) -> str:
        """Unlike any other of this sequence."""
        self.serial += 1
        if place[1].endswith("women"):
            return str(100 + self.serial)
        return f"Texto {self.serial:03d} <b>&amp; “uno”</b>"

    def _save(self, who: Colleague, server: int) -> Act:
        place = self._place()
        text = self._text(place)

        def save() -> None:
            sent = who.save(self.need, place, text, server)
            if sent[1].status == 200:
                self.done.setdefault(who.name, []).append(sent)

        return save

    def _catch_up_and_save(self, who: Colleague, server: int) -> Act:
        place = self._place()
        text = self._text(place)

        def save() -> None:
            who.look(self.need, place, server)
            who.save(self.need, place, text, server)

        return save

    def _look(self, who: Colleague, server: int) -> Act:
        place = self._place()
        return lambda: who.look(self.need, place, server)

    def _agree(self, who: Colleague, server: int) -> Act:
        place = ("", "gap")
        return lambda: who.save(self.need, place, AGREED, server)

    def _repeat(self, who: Colleague, server: int) -> Act:
        """Send again what was saved, however much later: it is answered as then."""
        if not self.done.get(who.name):
            return self._save(who, server)
        request, before = self.chance.choice(self.done[who.name])

        def repeat() -> None:
            again = who.send(request, server)
            assert (again.status, again.text) == (before.status, before.text)
            assert again.is_replayed
            self.counts["requests repeated"] += 1

        return repeat

    def _twice_at_once(self, who: Colleague, server: int) -> Act:
        """The same request through both servers at the same moment."""
        place = self._place()
        text = self._text(place)

        def send_twice() -> None:
            request, seen = who.request(self.need, place, text), who.knows.get(place, NOTHING)
            other = self.helpers.submit(who.send, request, server + 1)
            one, two = who.send(request, server), other.result()
            if (
                one.status != two.status
            ):  # a refusal is kept under no key: the need came back between
                when = min(one.when[0], two.when[0]), max(one.when[1], two.when[1])
                assert who.ledger.may_be_closed(when), (one.status, two.status)
                one = two = who.send(request, server)
                assert one.is_replayed
            assert one.revisions() == two.revisions() or one.status != 200
            who.note_save(request, place, seen, text, one)
            self.counts["requests sent twice at once"] += 1

        return send_twice

    def _reuse_key(self, who: Colleague, server: int) -> Act:
        """Another text under a key that was used is refused and changes nothing."""
        if not self.done.get(who.name):
            return self._look(who, server)
        request, _before = self.chance.choice(self.done[who.name])
        fields = {name: f"{value}9" for name, value in request.fields.items()}

        def reuse() -> None:
            wrong = Request(request.method, request.path, fields, request.key)
            assert 400 <= who.send(wrong, server).status < 500

        return reuse

    def _open_page(self, who: Colleague, server: int) -> Act:
        def open_it() -> None:
            if page := open_page(who, self.need, server):
                self.pages[who.name] = page

        return open_it

    def _send_page(self, who: Colleague, server: int) -> Act:
        chosen = self.chance.sample(IN_PAGE, self.chance.choice((1, 2)))
        changes = {place: self._text(place) for place in chosen}
        choice = self.chance.choice(("mine", "mine", "theirs", ""))
        return lambda: self._send(who, server, changes, choice)

    def _add_row(self, who: Colleague, server: int) -> Act:
        changes = {("", "title"): self._text(("", "title"))} if self.chance.random() < 0.3 else {}

        def add() -> None:
            if answer := self._send(who, server, changes, _add="audience"):
                self.rows.append(answer.location.rpartition("#")[2].split(".")[1])

        return add

    def _remove_row(self, who: Colleague, server: int) -> Act:
        row = self.chance.choice(self.rows)
        return lambda: self._send(who, server, {}, _remove=row)

    def _restore(self, who: Colleague, server: int) -> Act:
        """Bring back a text of the history, over what her page shows or over what is newest."""
        which, looks = self.chance.random(), self.chance.random() < 0.5

        def restore() -> None:
            events = self.history()
            if not events:
                return
            event = events[int(which * len(events))]
            place = (event.row_id, event.part)
            if looks:
                who.look(self.need, place, server)
            who.restore(self.need, event.hash, place, said(event.value), server)
            self.counts["texts asked back"] += 1

        return restore

    def _go_round(self, who: Colleague, server: int) -> Act:
        """All windows and pages stay open, and show a draft that is closed."""

        def go_round() -> None:
            with who.ledger.closing():
                self.counts["needs returned and opened again"] += self.go_round(self.need)

        return go_round

    def _send(
        self, who: Colleague, server: int, changes: dict[Place, str], choice: str = "",
        **button: str,
    ) -> Answer | None:  # fmt: skip
        """Send the page she opened earlier, or one she opens now; the answer if it was saved."""
        page = self.pages.pop(who.name, None) or open_page(who, self.need, server)
        if page is None or not page.shows_row(button.get("_remove", "")):
            return None
        here = {place: text for place, text in changes.items() if page.has(place)}
        answer = send_page(who, page, here, server, **button)
        self.counts["pages sent"] += 1
        if answer.status == 409 and choice and resolve(who, page, answer, here, choice, server):
            self.counts["choices made on a page"] += 1
        return answer if answer.status == 303 else None
