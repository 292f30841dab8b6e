"""Which addresses does Enlace have, with the communication of a test wherever a record is named?"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask

from tests.access.matrix import ENDINGS, PARTS

OF_CASES = {"section": "persons", "key": "investigation_notes", "table": "persons", "row": "girl",
            "cell": "surname"}  # fmt: skip


def every(app: Flask, method: str, ids: Mapping[str, str]) -> list[str]:
    """Every address that answers this method, but streams and files that are no page's. `ids` are by the name
    of the parameter; a record of another kind is named by the id of the case."""
    found = []
    for rule in app.url_map.iter_rules():
        if method not in (rule.methods or ()) or rule.endpoint.endswith((".live", "static")):
            continue
        parts = {
            name: ids.get(name) or PARTS.get(name) or ids["case_id"] for name in rule.arguments
        }
        if "ending" in parts:
            parts["ending"] = ENDINGS[rule.endpoint]
        if rule.endpoint.startswith("cases."):
            parts |= {name: each for name, each in OF_CASES.items() if name in parts}
        with app.test_request_context():
            found.append(app.url_for(rule.endpoint, **parts))
    return sorted(set(found))
