"""Does the page on data protection say of every field of a case what it is for, under its true class?"""

from __future__ import annotations

import re

from app.cases.common_format.format import CASE
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "data-protection.md").read_text()
ROW = re.compile(r"^\| ((?:`\w+` ?)+)\| ([^|]+)\| ([^|]+) \|$", re.MULTILINE)


def told() -> dict[str, tuple[str, str]]:
    """Field -> its class and what it is for, as the page says."""
    return {
        key: (classes, why)
        for keys, classes, why in ROW.findall(PAGE)
        for key in re.findall(r"`(\w+)`", keys)
    }


def test_every_field_has_its_purpose() -> None:
    said = told()
    for field in CASE.fields:
        for each in field.cells or (field,):
            if each.key in said:
                assert each.klass.value in said[each.key][0], each.key
    published = (ROOT / "tests/cases/common_format/common-format-v1.psv").read_text()
    keys = {line.split("|")[1] for line in published.splitlines()[1:]}
    assert keys - said.keys() == set()
