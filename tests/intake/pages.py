"""How does a colleague fill in the page of a section and send it as a plain form, early or late?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import html as documents

from app.intake.seen import NOTHING, Seen, read
from app.intake.vanished import KNOWN
from tests.intake.colleagues import Answer, Colleague, Request, name_of, place_of
from tests.intake.ledger import CONFLICT, Place, Told, after
from tests.intake.placing import ESSENTIALS

Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Page:
    """The section as it stood when somebody opened it."""

    path: str
    fields: Fields

    @property
    def revisions(self) -> dict[Place, Seen]:
        prefix = "_revision."
        return {place_of(name.removeprefix(prefix)): read(sent[0]) or NOTHING
                for name, sent in self.fields.items() if name.startswith(prefix)}  # fmt: skip

    def has(self, place: Place) -> bool:
        return place in self.revisions

    def shows_row(self, row: str) -> bool:
        return not row or any(place[0] == row for place in self.revisions)


def open_page(who: Colleague, need: str, server: int) -> Page | None:
    """The page of the first section, which from now on grows old; None while no draft is open."""
    path = f"/needs/{need}/sections/{ESSENTIALS}"
    answer = who.send(Request("GET", path, {}), server)
    if answer.status == 303 and who.ledger.may_be_closed(answer.when):
        return None
    assert answer.status == 200, answer.status
    return _read(answer.text, path)


def shown_again(page: Page, answer: Answer) -> Page:
    """The page as a refusal shows it, with the panels that ask to choose."""
    return _read(answer.text, page.path)


def _read(text: str, path: str) -> Page:
    form = next(f for f in documents.fromstring(text).forms if f.get("action") == path)
    fields: Fields = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    for unsent in ("csrf_token", "_key"):  # the token travels in a header, the key is the request's
        fields.pop(unsent, None)
    return Page(path, fields)


def send_page(
    who: Colleague, page: Page, changes: dict[Place, str], server: int, **button: str
) -> Answer:  # fmt: skip
    """Send the page with changes, by the button that saves and stays or by another."""
    sent: dict[str, Any] = {**page.fields, **(button or {"_stay": "1"})}
    sent |= {name_of(place): value for place, value in changes.items()}
    request = Request("POST", page.path, sent)
    answer = who.send(request, server)
    assert answer.status in (303, 409), (answer.status, request.path)
    if answer.status == 303:
        _note_saved(who, page, changes, request, answer, button)
    else:
        _note_refused(who, page, changes, request, answer)
    return answer


def _note_saved(
    who: Colleague, page: Page, changes: dict[Place, str], request: Request, answer: Answer,
    button: dict[str, str],
) -> None:  # fmt: skip
    for place, value in changes.items():
        seen = page.revisions[place]
        who.ledger.note(Told(who.person_id, place, seen, value, request.key, answer.status,
                             answer.text, after(seen), answer.when))  # fmt: skip
        who.knows[place] = Seen(seen.draft, seen.revision + 1)
    if "_add" in button:
        who.ledger.rows_added[who.person_id] += 1
    if "_remove" in button:
        who.ledger.rows_removed.add(button["_remove"])


def _note_refused(
    who: Colleague, page: Page, changes: dict[Place, str], request: Request, answer: Answer
) -> None:
    """Of each place in conflict what was shown; otherwise a row is what it was refused for."""
    if not CONFLICT.search(answer.text):
        who.ledger.pages_refused.append((page.revisions, answer.when))
        return
    stored = {place_of(name): seen for name, seen in answer.revisions().items()}
    in_conflict = {place_of(name) for name in conflicts(answer.text)}
    assert in_conflict, "the page is refused and shows no conflict"
    assert in_conflict <= changes.keys(), f"{in_conflict} were not touched, only {changes.keys()}"
    for place in in_conflict:
        who.ledger.note(Told(who.person_id, place, page.revisions[place], changes[place],
                             request.key, answer.status, answer.text, stored[place], answer.when))  # fmt: skip


def resolve(
    who: Colleague, page: Page, answer: Answer, changes: dict[Place, str], choice: str, server: int
) -> Answer | None:  # fmt: skip
    """Choose in the one panel of a refused page and send it; None where there is not just one."""
    names = conflicts(answer.text)
    if len(names) != 1:
        return None
    again = {place: text for place, text in changes.items()
             if choice == "mine" or place != place_of(names[0])}  # fmt: skip
    page = shown_again(page, answer)
    # A row that is gone is shown and let go: nothing of it is saved.
    gone = page.fields.get(KNOWN, [])
    again = {place: text for place, text in again.items() if place[0] not in gone}
    return send_page(who, page, again, server, _stay="1", _resolve=f"{names[0]}:{choice}")


def conflicts(text: str) -> list[str]:
    """The inputs at which a page asks to choose."""
    prefix = "_conflict."
    found = documents.fromstring(text).xpath(f'//input[starts-with(@name, "{prefix}")]/@name')
    return [str(name).removeprefix(prefix) for name in found]
