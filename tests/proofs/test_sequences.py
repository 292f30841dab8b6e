"""Several people write in one draft through two servers: is anything lost, or silently replaced?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from flask import Flask

from app.audit.verify import verify
from app.db.transactions import transaction
from tests.accounts.house import House
from tests.accounts.standing import cheap_hashes as cheap_hashes
from tests.accounts.standing import house as house
from tests.intake.colleagues import colleagues
from tests.intake.ledger import hold_against, read
from tests.intake.listening import served
from tests.intake.placing import Stage
from tests.intake.sequences import Sequence

MOST = 5


def test_no_save_is_lost_and_none_replaced_unseen(
    app: Flask, house: House, database: Any, instance: Path, proof: Any
) -> None:
    run = proof(
        f"sequences-{database.kind}",
        what="Three to five people save fields, cells and whole sections of one draft through two"
        " servers, over newer and older views, partly at the same moment, while the need is certified,"
        " returned and opened again under their windows: what is stored, what lists call it and what"
        " history says are the acknowledged saves, each once and over what its writer had seen; every"
        " other save is answered with both texts",
        full=2000,
        sample=8,
    )
    stage = Stage(app, house)
    with ExitStack() as stack:
        servers = [stack.enter_context(served(database.url, instance, ENLACE_ENV="test"))
                   for _ in range(2)]  # fmt: skip
        helpers = stack.enter_context(ThreadPoolExecutor(2 * MOST))
        people = colleagues(app, house, MOST, [server.port for server in servers])
        names = {each.person_id: each.name for each in people}
        ledger = people[0].ledger
        for chance in run.cases():
            need = stage.place("mended").need
            began = read(app, need)
            ledger.clear()
            chosen = people[: chance.randint(3, MOST)]
            for each in chosen:
                each.knows = began.shown()
            sequence = Sequence(
                need, chosen, chance, helpers, lambda at=need: read(app, at).saves, stage.go_round
            )
            sequence.run()
            hold_against(ledger, read(app, need).since(began, names))
            run.counts.update(ledger.count() + sequence.counts)
        with app.app_context(), transaction(writing=False):
            assert verify().faults == []
