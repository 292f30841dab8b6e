"""Which rules of the house can be read off a file, and who breaks them?

A rule takes a file's path (from the root of the project) and its syntax tree and yields the line and
words of each fault. The tests try every rule on a fault planted for it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import PurePath

Fault = tuple[int, str]
Rule = Callable[[PurePath, ast.Module], Iterator[Fault]]

FEATURE_FILES = {"actions", "exports", "forms", "models", "queries", "views", "mail"}
NAMED_SO = {"common_format"}
"""What the Conference itself calls so: the Common Format of its recommendation 7."""
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
UNSAFE_MODULES = {"pickle", "cPickle", "marshal", "shelve", "dill"}
UNSAFE_CALLS = {"yaml.load", "yaml.full_load", "yaml.unsafe_load", "eval", "exec", "os.system"}
CLOCK_READS = {"now", "utcnow", "today"}
MAY_WRITE_SQL = ("app/db/", "migrations/")


def layer_of(path: PurePath) -> str | None:
    """actions, queries, views … for a file of a feature, also where that is a package."""
    parts = PurePath(path).with_suffix("").parts
    return next((part for part in parts[2:4] if part in FEATURE_FILES), None)


def actions_do_not_know_the_request(path: PurePath, tree: ast.Module) -> Iterator[Fault]:
    """Actions and queries take what they need as arguments; who asks is the view's business."""
    if layer_of(path) not in {"actions", "queries", "models"}:
        return
    refused = {"request", "session", "g", "render_template", "render_template_string"}
    for node, module, name in _imported(tree):
        if module == "flask" and name in refused:
            yield node.lineno, f"imports {name} from flask"
        elif module.startswith("app.web") and name in {"page", "htmx"}:
            yield node.lineno, f"renders through {module}.{name}"


def only_the_transaction_commits(path: PurePath, tree: ast.Module) -> Iterator[Fault]:
    if layer_of(path) is None:
        return
    for call, name in _calls(tree):
        if name.rpartition(".")[2] == "commit":
            yield call.lineno, f"calls {name}()"


def views_keep_to_their_feature(path: PurePath, tree: ast.Module) -> Iterator[Fault]:
    """A view asks its own feature to act, may ask others' queries, and leaves the session alone."""
    if layer_of(path) != "views":
        return
    own = path.parts[1]
    for node, module, name in _imported(tree):
        parts = [*module.split("."), name]
        if parts[0] == "app" and parts[1] != own and {"views", "actions"} & set(parts[2:4]):
            yield node.lineno, f"imports {module}.{name} of another feature"
        if parts[:2] == ["app", "extensions"] and name == "db":
            yield node.lineno, "imports the database session"


def queries_are_selects(path: PurePath, tree: ast.Module) -> Iterator[Fault]:
    """`db.select` says what is asked; `Model.query` also says through which session."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "query":
            owner = ast.unparse(node.value)
            if owner.rpartition(".")[2].lower().endswith("session") or owner[:1].isupper():
                yield node.lineno, f"uses {owner}.query"


def imports_stand_at_the_top(path: PurePath, tree: ast.Module) -> Iterator[Fault]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield node.lineno, f"{function.name} imports inside itself"


def modules_say_what_they_answer(path: PurePath, tree: ast.Module) -> Iterator[Fault]:
    if tree.body and not (ast.get_docstring(tree) or "").strip():
        yield 1, "the module has no docstring"


def sql_stands_in_one_place(path: PurePath, tree: ast.Module) -> Iterator[Fault]:
    """Hand-written SQL is not scoped by anything; it may stand only where it is reviewed."""
    if str(path).startswith(MAY_WRITE_SQL):
        return
    for node, module, name in _imported(tree):
        if module.startswith("sqlalchemy") and name in {"text", "TextClause"}:
            yield node.lineno, f"imports {name} from {module}"
    for call, name in _calls(tree):
        if name in {"sa.text", "sqlalchemy.text", "db.text"} or name.endswith("exec_driver_sql"):
            yield call.lineno, f"calls {name}()"


def nothing_runs_what_it_reads(path: PurePath, tree: ast.Module) -> Iterator[Fault]:
    for node, module, name in _imported(tree):
        if module.split(".")[0] in UNSAFE_MODULES or name in UNSAFE_MODULES:
            yield node.lineno, f"imports {module or name}"
    for call, name in _calls(tree):
        loaders = [ast.unparse(word.value) for word in call.keywords if word.arg == "Loader"]
        is_safe = name == "yaml.load" and loaders in (["yaml.CSafeLoader"], ["yaml.SafeLoader"])
        if name in UNSAFE_CALLS and not is_safe:
            yield call.lineno, f"calls {name}()"


def the_clock_is_asked(path: PurePath, tree: ast.Module) -> Iterator[Fault]:
    """The demonstration has a time of its own, so only clock.py reads the real one."""
    if str(path) == "app/clock.py":
        return
    for call, name in _calls(tree):
        owner, _, method = name.rpartition(".")
        if method in CLOCK_READS and owner.rpartition(".")[2] in {"datetime", "date"}:
            yield call.lineno, f"calls {name}()"
        if name == "time.time":
            yield call.lineno, "calls time.time()"


def sentences_are_whole(path: PurePath, tree: ast.Module) -> Iterator[Fault]:
    """What is put together before translation is never found in the catalogue."""
    for call, name in _calls(tree):
        if name.rpartition(".")[2] in {"_", "gettext", "ngettext", "N_", "lazy_gettext", "_l"}:
            for argument in call.args[:1]:
                if isinstance(argument, ast.JoinedStr | ast.BinOp):
                    yield call.lineno, f"{name}() gets a sentence that is put together"


def names_say_what_is_inside(path: PurePath, tree: ast.Module) -> Iterator[Fault]:
    for part in (*path.parts[:-1], path.stem):
        words = set() if part in NAMED_SO else set(re.split(r"[_-]", part))
        if words & VAGUE_NAMES or part.startswith(("handle_", "process_")):
            yield 1, f"{part} does not say what is inside"


RULES: tuple[Rule, ...] = (
    actions_do_not_know_the_request,
    only_the_transaction_commits,
    views_keep_to_their_feature,
    queries_are_selects,
    imports_stand_at_the_top,
    modules_say_what_they_answer,
    sql_stands_in_one_place,
    nothing_runs_what_it_reads,
    the_clock_is_asked,
    sentences_are_whole,
    names_say_what_is_inside,
)


def _imported(tree: ast.Module) -> Iterator[tuple[ast.stmt, str, str]]:
    """Every import as (statement, module, name); `import a.b` is ("a.b", "")."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, node.module or "", alias.name) for alias in node.names)


def _calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)
