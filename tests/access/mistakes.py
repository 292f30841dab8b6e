"""Which mistakes in the rules are planted, one at a time, to see that the matrix finds each?"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from app.policy import predicates as p
from app.policy.permissions import Permission
from app.policy.table import POLICY
from app.web import guard
from tests.access import sight
from tests.access.matrix import Matrix

Plant = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Mistake:
    """One mistake, and the endpoints at which it must show."""

    name: str
    plant: Plant
    endpoints: frozenset[str]


def all_mistakes(matrix: Matrix) -> Iterator[Mistake]:
    """Every mistake, in a fixed order."""
    by_permission: dict[Permission, set[str]] = {}
    for endpoint in matrix.app.view_functions:
        rule = guard.rule_of(matrix.app, endpoint)
        if rule is not None and rule.permission is not None:
            by_permission.setdefault(rule.permission, set()).add(endpoint)
    for permission, endpoints in by_permission.items():
        yield from _of_table(permission, frozenset(endpoints))
    for endpoint in sorted(matrix.app.view_functions):
        yield from _of_guard(matrix, endpoint)
    for name, module, what, instead, endpoints in sight.DROPPED:
        yield Mistake(f"query: {name}", sight.drop(module, what, instead), endpoints)


def _of_table(permission: Permission, endpoints: frozenset[str]) -> Iterator[Mistake]:
    clauses = POLICY[permission]
    if clauses == ((p.is_anybody,),):
        yield Mistake(f"{permission.label}: nobody", _table(permission, ()), endpoints)
        return
    yield Mistake(f"{permission.label}: everybody", _table(permission, ((p.is_anybody,),)),
                  endpoints)  # fmt: skip
    for number in range(len(clauses)):
        others = clauses[:number] + clauses[number + 1 :]
        yield Mistake(f"{permission.label}: without clause {number + 1}",
                      _table(permission, others), endpoints)  # fmt: skip
        for wider in (p.is_delegation, p.is_sponsor_person):
            if (wider,) not in clauses and not _covers(clauses, wider):
                yield Mistake(f"{permission.label}: {wider.__name__} besides {number + 1}",
                              _table(permission, (*clauses, (wider,))), endpoints)  # fmt: skip


def _covers(clauses: tuple, wider: Any) -> bool:
    return any(set(clause) <= {wider, p.is_sponsor, p.may_read_as_member} for clause in clauses)


def _table(permission: Permission, clauses: tuple) -> Plant:
    return lambda patch: patch.setitem(POLICY, permission, clauses)


def _of_guard(matrix: Matrix, endpoint: str) -> Iterator[Mistake]:
    view = matrix.app.view_functions[endpoint]
    rule = guard.rule_of(matrix.app, endpoint)
    if rule is None or rule.permission is None or POLICY[rule.permission] == ((p.is_anybody,),):
        return
    rules = [one for one in matrix.app.url_map.iter_rules() if one.endpoint == endpoint]
    if not any("GET" in (one.methods or ()) for one in rules):
        return  # the action behind it asks again: a removed guard alone opens nothing

    def unguarded(patch: pytest.MonkeyPatch) -> None:
        def pass_all(**parts: Any) -> Any:
            actor = guard.current_actor()
            if rule.load is None:
                return view.__wrapped__(**parts)
            names = _names_of(rule.load)
            record = rule.load(actor, **{name: parts.pop(name) for name in names})
            return view.__wrapped__(record, **parts)

        pass_all.rule = rule  # type: ignore[attr-defined]
        patch.setitem(matrix.app.view_functions, endpoint, pass_all)

    yield Mistake(f"{endpoint}: guard removed", unguarded, frozenset({endpoint}))


def _names_of(load: Any) -> tuple[str, ...]:
    return tuple(inspect.signature(load).parameters)[1:]
