"""Can everybody use this page, as far as a machine can tell?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def assert_accessible(page: Page) -> None:
    """Fail naming each rule that axe finds broken on the page, and the elements that break it."""
    findings = accessibility_findings(page)
    assert not findings, f"{page.url}\n" + "\n".join(findings)


def accessibility_findings(page: Page) -> list[str]:
    """What axe finds: rule, what it asks for, and the selectors of the elements."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text())
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [_sentence(violation) for violation in result["violations"]]


def _sentence(violation: dict[str, Any]) -> str:
    elements = ", ".join(" ".join(map(str, node["target"])) for node in violation["nodes"])
    return f"{violation['id']} ({violation['impact']}): {violation['help']}: {elements}"
