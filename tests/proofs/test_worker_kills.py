"""A worker is killed while several people save: is anything acknowledged lost, or stored twice?"""

from __future__ import annotations

from collections import Counter
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
from tests.intake.loaded import OWN, Load, workers
from tests.intake.placing import Stage
from tests.support.patience import wait_until

WORKERS = 2


def test_a_killed_worker_loses_nothing_and_doubles_nothing(
    app: Flask, house: House, database: Any, instance: Path, proof: Any
) -> None:
    run = proof(
        f"worker-kills-{database.kind}",
        what="One of two workers is killed with -9 at a random moment while four people save without"
        " pause in one draft and repeat, word for word, what was broken off: what is stored and what"
        " history says are the acknowledged saves, each once",
        full=200,
        sample=3,
    )
    stage = Stage(app, house)
    with ExitStack() as stack:
        server = stack.enter_context(
            served(database.url, instance, workers=WORKERS, ENLACE_ENV="test")
        )
        wait_until(lambda: len(workers(server)) == WORKERS, "both workers are there")
        helpers = stack.enter_context(ThreadPoolExecutor(len(OWN)))
        people = colleagues(app, house, len(OWN), [server.port])
        names = {each.person_id: each.name for each in people}
        ledger = people[0].ledger
        for chance in run.cases():
            need = stage.place("mended").need
            began = read(app, need)
            ledger.clear()
            for each in people:
                each.knows = began.shown()
                each.trouble.clear()
            Load(need, people, helpers).during(chance, server)
            hold_against(ledger, read(app, need).since(began, names))
            run.counts.update(ledger.count())
            run.counts.update(sum((each.trouble for each in people), Counter()))
        with app.app_context(), transaction(writing=False):
            assert verify().faults == []
