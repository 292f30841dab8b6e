"""Are these decisions still the ones that people agreed on? Written by hand, apart from the table."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from app.policy.actor import Actor, OrganisationKind, Role
from app.policy.engine import Forbidden, allowed, might, require
from app.policy.permissions import Permission
from app.policy.table import POLICY

OWN, FOREIGN, NONE = "own", "foreign", "none"

GOLDEN = """
contributor                delegation     need-start           none     yes
contributor                delegation     need-edit            own      yes
contributor                delegation     need-edit            foreign  no
contributor                delegation     need-certify         own      no
contributor                delegation     need-withdraw        own      no
contributor                delegation     need-ready           own      yes
contributor                delegation     need-ready           foreign  no
contributor                delegation     need-discard         own      yes
contributor                delegation     need-discard         foreign  no
contributor                delegation     need-revise          own      yes
contributor                delegation     need-read            own      yes
contributor                delegation     need-read            foreign  no
contributor                delegation     need-review          own      no
contributor                delegation     summary-decide       own      no
contributor                delegation     colleagues-invite    none     no
contributor                delegation     report-read          none     yes
focal_point                delegation     need-certify         own      yes
focal_point                delegation     need-certify         foreign  no
focal_point                delegation     need-withdraw        own      yes
focal_point                delegation     need-withdraw        foreign  no
focal_point                delegation     summary-decide       own      yes
focal_point                delegation     summary-decide       foreign  no
focal_point                delegation     summary-prepare      own      no
focal_point                delegation     summary-route        own      no
focal_point                delegation     colleagues-invite    none     yes
focal_point                delegation     people-invite        none     no
focal_point                delegation     need-review          own      no
focal_point                delegation     report-prepare       none     no
focal_point                delegation     call-answers-read    none     no
alternate                  delegation     need-certify         own      yes
alternate                  delegation     need-certify         foreign  no
alternate                  delegation     summary-decide       own      yes
legal_adviser              delegation     need-read            own      yes
legal_adviser              delegation     need-edit            own      no
legal_adviser              delegation     need-ready           own      no
legal_adviser              delegation     need-discard         own      no
legal_adviser              delegation     need-start           none     no
legal_adviser              delegation     file-read            foreign  no
member_reader              delegation     report-read          none     yes
member_reader              delegation     need-list            none     no
member_reader              presidency     report-read          none     yes
member_reader              presidency     need-read            foreign  no
member_reader              presidency     report-figure-open   none     no
case_officer               delegation     need-read            own      no
case_officer               delegation     call-read            none     no
child_protection_officer   delegation     need-list            none     no
document_officer           delegation     file-read            own      no
officer                    secretariat    need-review          foreign  yes
officer                    secretariat    need-read            foreign  yes
officer                    secretariat    need-edit            foreign  no
officer                    secretariat    need-file            none     yes
officer                    secretariat    need-filing-answer   foreign  no
officer                    secretariat    need-filing-confirm  foreign  no
focal_point                delegation     need-filing-answer   own      yes
focal_point                delegation     need-filing-confirm  own      no
contributor                delegation     need-filing-answer   own      no
officer                    secretariat    need-ready           foreign  no
officer                    secretariat    need-discard         foreign  no
officer                    secretariat    need-certify         foreign  no
officer                    secretariat    summary-decide       foreign  no
officer                    secretariat    summary-route        foreign  yes
officer                    secretariat    summary-answer       none     no
officer                    secretariat    report-publish       none     no
officer                    secretariat    organisation-manage  none     no
officer                    secretariat    people-invite        none     no
officer                    secretariat    call-open            none     yes
coordinator                secretariat    report-publish       none     yes
coordinator                secretariat    organisation-manage  none     yes
coordinator                secretariat    people-invite        none     yes
coordinator                secretariat    need-withdraw        foreign  no
sponsor_reader             sponsor        summary-read         none     yes
sponsor_reader             sponsor        summary-answer       none     no
sponsor_reader             sponsor        need-read            foreign  no
sponsor_pledger            sponsor        summary-answer       none     yes
sponsor_pledger            sponsor        need-list            none     no
sponsor_pledger            sponsor        report-read          none     no
sponsor_pledger            sponsor        file-read            foreign  no
sponsor_pledger            sponsor        summary-log-read     foreign  no
observer                   observer       report-read          none     no
observer                   observer       need-list            none     no
observer                   observer       desk-read            none     yes
civil_society_focal_point  civil_society  summary-read         none     no
operator                   operator       need-read            foreign  no
operator                   operator       organisation-list    none     no
operator                   operator       own-account          none     yes
"""
"""role, organisation acted for, permission, whose record, whether it is allowed"""
ROWS = [tuple(line.split()) for line in GOLDEN.strip().splitlines()]
BY_LABEL = {permission.label: permission for permission in Permission}


def actor(role: str, kind: str) -> Actor:
    return Actor(
        person_id="p", session_id="s", name="", lang="es", organisation_id=OWN, country="HN",
        organisation_kind=OrganisationKind(kind), organisation_name="", roles=frozenset({Role(role)}),
    )  # fmt: skip


@pytest.mark.parametrize(("role", "kind", "label", "whose", "is_allowed"), ROWS)
def test_the_table_decides_as_was_agreed(
    role: str, kind: str, label: str, whose: str, is_allowed: str
) -> None:
    record = None if whose == NONE else SimpleNamespace(organisation_id=whose)
    asks, permission = actor(role, kind), BY_LABEL[label]
    assert allowed(asks, permission, record) == (is_allowed == "yes")
    if is_allowed == "yes":
        require(asks, permission, record)
    else:
        with pytest.raises(Forbidden) as refused:
            require(asks, permission, record)
        assert refused.value.permission is permission


def test_there_are_enough_rows_and_none_twice() -> None:
    assert len(ROWS) >= 60
    assert len({row[:4] for row in ROWS}) == len(ROWS)


def test_what_is_allowed_on_some_record_might_be_allowed() -> None:
    for role, kind, label, _whose, is_allowed in ROWS:
        if is_allowed == "yes":
            assert might(actor(role, kind), BY_LABEL[label])


def test_every_permission_has_its_rule_and_every_rule_its_permission() -> None:
    assert set(POLICY) == set(Permission)


def test_a_role_without_its_organisation_opens_nothing_of_a_delegation() -> None:
    # A contributor's role carried over to a sponsor's side must not bring a delegation's rights.
    for permission in (Permission.NEED_EDIT, Permission.NEED_CERTIFY, Permission.NEED_START):
        own = SimpleNamespace(organisation_id=OWN)
        assert not allowed(actor("focal_point", "sponsor"), permission, own)
    pledger = actor("sponsor_pledger", "delegation")
    assert not allowed(pledger, Permission.SUMMARY_ANSWER, None)


def test_the_secretariat_writes_in_what_waits_for_its_countrys_word_and_nowhere_else() -> None:
    officer = actor("officer", "secretariat")
    for on_behalf in (True, False):
        record = SimpleNamespace(organisation_id=FOREIGN, on_behalf=on_behalf)
        assert allowed(officer, Permission.NEED_EDIT, record) is on_behalf
        assert allowed(officer, Permission.NEED_FILING_CONFIRM, record) is on_behalf
        assert not allowed(officer, Permission.NEED_CERTIFY, record)
