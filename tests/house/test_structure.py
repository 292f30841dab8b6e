"""Is the house built as docs/architecture.md says? Each rule is tried on a planted fault first."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path, PurePath

import pytest

from tests.house import structure

ROOT = Path(__file__).resolve().parents[2]
CODE = [path.relative_to(ROOT) for path in sorted((ROOT / "app").rglob("*.py"))]
CODE += [PurePath("config.py"), PurePath("wsgi.py"), PurePath("gunicorn.conf.py")]

EXCEPTIONS: dict[tuple[str, str], str] = {
    # (rule, file): why it may stand there
    ("sql_stands_in_one_place", "app/cli/doctor/postgresql.py"): "asks the server about itself",
    ("sql_stands_in_one_place", "app/cli/doctor/sqlite_file.py"): "asks the file about itself",
    (
        "the_clock_is_asked",
        "app/storage/files.py",
    ): "a file's age is by the disk's clock, the real one",
    ("sql_stands_in_one_place", "app/intake/models.py"): "says when a partial index applies",
}

PLANTED = [
    ("actions_do_not_know_the_request", "app/needs/actions.py", "from flask import request"),
    ("actions_do_not_know_the_request", "app/needs/queries/lists.py", "from flask import session"),
    ("actions_do_not_know_the_request", "app/needs/actions.py", "from app.web import page"),
    ("only_the_transaction_commits", "app/needs/actions.py", "db.session.commit()"),
    ("only_the_transaction_commits", "app/needs/views.py", "session().commit()"),
    ("views_keep_to_their_feature", "app/needs/views.py", "from app.calls.views import list_calls"),
    ("views_keep_to_their_feature", "app/needs/views.py", "from app.calls import actions"),
    ("views_keep_to_their_feature", "app/needs/views/lists.py", "from app.extensions import db"),
    ("queries_are_selects", "app/needs/queries.py", "Need.query.all()"),
    ("queries_are_selects", "app/needs/queries.py", "db.session.query(Need)"),
    ("imports_stand_at_the_top", "app/needs/queries.py", "def get():\n    import app.calls"),
    ("modules_say_what_they_answer", "app/needs/queries.py", "x = 1"),
    ("sql_stands_in_one_place", "app/needs/queries.py", "from sqlalchemy import select, text"),
    ("sql_stands_in_one_place", "app/needs/queries.py", "c.exec_driver_sql('SELECT 1')"),
    ("sql_stands_in_one_place", "app/needs/queries.py", "db.text('SELECT 1')"),
    ("nothing_runs_what_it_reads", "app/formats/load.py", "import pickle"),
    ("nothing_runs_what_it_reads", "app/formats/load.py", "yaml.load(text)"),
    ("nothing_runs_what_it_reads", "app/formats/load.py", "yaml.load(text, Loader=yaml.Loader)"),
    ("the_clock_is_asked", "app/calls/actions.py", "datetime.datetime.now(UTC)"),
    ("the_clock_is_asked", "app/calls/actions.py", "date.today()"),
    ("sentences_are_whole", "app/calls/views.py", "_(f'Closed on {day}')"),
    ("sentences_are_whole", "app/calls/views.py", "gettext('Closed on ' + day)"),
    ("names_say_what_is_inside", "app/calls/utils.py", ""),
    ("names_say_what_is_inside", "app/calls/date_helpers.py", ""),
]

OUR_HOSTS = re.compile(r"^(127\.0\.0\.1|localhost|(www\.)?w3\.org)$")
ADDRESS = re.compile(r"https?://([A-Za-z0-9][A-Za-z0-9.-]*)")
READ_BY_BROWSERS = {".py", ".html", ".txt", ".js", ".css", ".scss", ".svg", ".json", ".yaml"}
UNFINISHED = re.compile(r"(#|//|/\*|\{#|<!--).*\b(TODO|FIXME|XXX|HACK)\b")


def shipped_texts() -> list[Path]:
    folders = [ROOT / "app", ROOT / "templates"]
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return [path for path in sorted(files) if path.suffix in READ_BY_BROWSERS]


@pytest.mark.parametrize(("rule", "path", "source"), PLANTED)
def test_a_planted_fault_is_found(rule: str, path: str, source: str) -> None:
    assert list(getattr(structure, rule)(PurePath(path), ast.parse(source)))


def test_every_rule_was_tried_on_a_planted_fault() -> None:
    assert {rule.__name__ for rule in structure.RULES} == {rule for rule, _, _ in PLANTED}


@pytest.mark.parametrize("rule", structure.RULES, ids=lambda rule: rule.__name__)
def test_the_code_keeps_the_rule(rule: structure.Rule) -> None:
    faults = [
        f"{path}:{line}: {words}"
        for path in CODE
        if (rule.__name__, str(path)) not in EXCEPTIONS
        for line, words in rule(path, ast.parse((ROOT / path).read_text()))
    ]
    assert not faults, "\n".join(faults)


def test_every_exception_is_still_needed() -> None:
    for name, path in EXCEPTIONS:
        rule = getattr(structure, name)
        assert list(rule(PurePath(path), ast.parse((ROOT / path).read_text()))), (name, path)


def test_nothing_that_ships_names_a_host_elsewhere() -> None:
    faults = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in shipped_texts()
        for host in ADDRESS.findall(path.read_text())
        if not OUR_HOSTS.match(host)
    ]
    assert not faults, "\n".join(faults)


def test_nothing_that_ships_is_marked_as_unfinished() -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in shipped_texts()
        if "dist" not in path.parts and "vendor" not in path.parts
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert not faults, "\n".join(faults)


def test_imports_keep_to_the_contracts() -> None:
    """The floors, in English sentences, stand in pyproject.toml."""
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
