"""What does the policy table allow, to whom, and why?"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import click
from flask.cli import AppGroup

from app.cli.actors import NoSuchActor, actor_of, organisation_id_of
from app.db.transactions import transaction
from app.policy.actor import ROLES_OF, Actor, OrganisationKind, Role
from app.policy.engine import allowed, might
from app.policy.permissions import Permission
from app.policy.predicates import RECORD_FACTS
from app.policy.table import POLICY, Clause

policy = AppGroup("policy", help="The one table that says who may do what.")
LABELS = {permission.label: permission for permission in Permission}


@policy.command("show")
def show() -> None:
    """Each permission, its sentence, and the facts of which one line must hold."""
    for permission in Permission:
        click.echo(f"{permission.label}: {permission.value}")
        for clause in POLICY[permission]:
            click.echo("    " + " and ".join(fact.__name__ for fact in clause))


@policy.command("matrix")
def matrix() -> None:
    """Each permission and the roles that might have it, as a table in Markdown."""
    for line in table():
        click.echo(line)


@policy.command("reference")
def write_reference() -> None:
    """The page docs/reference/permissions.md."""
    click.echo(reference(), nl=False)


def reference() -> str:
    """The page that says who may do what, for people: made from the table, never written by hand."""
    lines = [
        "# Permissions", "",
        "Made by `flask policy reference` from `app/policy/table.py`; a test holds both equal.",
        "A role with * depends on the record: it must belong to the organisation acted for.", "",
        *table(), "",
        "Which records exist for somebody is decided before this by the queries, and whether a state"
        " allows the act after it by the workflow.", "", "## Each rule", "",
    ]  # fmt: skip
    for permission in Permission:
        clauses = (" and ".join(fact.__name__ for fact in clause) for clause in POLICY[permission])
        lines.append(f"- `{permission.label}`: " + "; or ".join(clauses))
    return "\n".join(lines) + "\n"


def table() -> Iterator[str]:
    """The lines of the matrix. A mark with * depends on the record."""
    yield "| permission | allows to | who |"
    yield "|---|---|---|"
    for permission in Permission:
        who = ", ".join(_holders(permission)) or "nobody"
        yield f"| `{permission.label}` | {permission.value} | {who} |"


def _holders(permission: Permission) -> Iterator[str]:
    for kind, roles in ROLES_OF.items():
        for role in roles:
            if might(somebody := _anybody(kind, role), permission):
                says_kind = len(roles) == 1 and role.value != kind.value
                name = f"{kind.value} {role.value}" if says_kind else role.value
                yield name + ("" if _on_any_record(somebody, permission) else "*")


def _on_any_record(actor: Actor, permission: Permission) -> bool:
    """Whether it does not matter to whom the record belongs."""
    return allowed(actor, permission, SimpleNamespace(organisation_id="somewhere else"))


def _anybody(kind: OrganisationKind, role: Role) -> Actor:
    return Actor(
        person_id="somebody", session_id="", name="", lang="es", organisation_id="somewhere",
        organisation_kind=kind, organisation_name="", country=None, roles=frozenset({role}),
    )  # fmt: skip


@policy.command("explain")
@click.argument("person")
@click.argument("permission", type=click.Choice(sorted(LABELS)))
@click.option("--as", "organisation", help="Key of the organisation acted for.")
@click.option("--record-of", help="Key of the organisation to which the record belongs.")
def explain(person: str, permission: str, organisation: str | None, record_of: str | None) -> None:
    """Why PERSON (key, address or id) may or may not do PERMISSION."""
    try:
        with transaction(writing=False):
            actor = actor_of(person, organisation)
            owner = organisation_id_of(record_of) if record_of else actor.organisation_id
    except NoSuchActor as fault:
        raise SystemExit(str(fault)) from None
    record = SimpleNamespace(organisation_id=owner)
    roles = ", ".join(sorted(actor.roles)) or "no role"
    click.echo(f"{roles} of {actor.organisation_name}: {LABELS[permission].value}")
    allows = [_explain(clause, actor, record) for clause in POLICY[LABELS[permission]]]
    click.echo("→ allowed" if any(allows) else "→ refused")


def _explain(clause: Clause, actor: Actor, record: SimpleNamespace) -> bool:
    held = {
        fact.__name__: fact(actor, record) if fact in RECORD_FACTS else fact(actor)  # type: ignore[call-arg]
        for fact in clause
    }
    click.echo("  " + "  ".join(f"{'✓' if holds else '✗'} {name}" for name, holds in held.items()))
    return all(held.values())
