"""Is this page well made: one title, forms that can be sent, fields that can be named?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

BRAND = " – Enlace"
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
SAFE = {"get", "dialog"}
POINTERS = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "form", "list")


def assert_good_html(text: str) -> None:
    """Fail naming every fault of a whole page."""
    faults = html_faults(text)
    assert not faults, "\n".join(faults)


def html_faults(text: str) -> list[str]:
    """Every fault of a page, in words; empty when it is well made."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    page = parser.parse(text)
    faults = [f"line {place[0]}: {code}" for place, code, _ in parser.errors]
    for check in (_title, _language, _ids, _forms, _labels, _images, _policy):
        faults += check(page)
    return faults


def _title(page: Element) -> Iterator[str]:
    titles = [_words(one) for one in page.iter("title") if one not in _inside(page, "svg")]
    headings = [_words(one) for one in page.iter("h1")]
    if len(headings) != 1:
        yield f"a page has one h1, not {len(headings)}"
    elif titles[:1] != [headings[0] + BRAND]:
        yield f"the title is {titles[:1]}, the heading {headings[0]!r}"


def _language(page: Element) -> Iterator[str]:
    if page.get("lang") not in ("es", "en"):
        yield f"<html lang={page.get('lang')!r}>"


def _ids(page: Element) -> Iterator[str]:
    ids = Counter(one.get("id") for one in page.iter() if one.get("id") is not None)
    yield from (f"id {name!r} is there {count} times" for name, count in ids.items() if count > 1)
    for one in page.iter():
        for pointer in POINTERS:
            for name in (one.get(pointer) or "").split():
                if name not in ids:
                    yield f"<{one.tag} {pointer}={name!r}> points to nothing"


def _forms(page: Element) -> Iterator[str]:
    for form in page.iter("form"):
        if not form.get("action"):
            yield "a form has no action"
        if (form.get("method") or "get").lower() in SAFE:
            continue
        names = {one.get("name") for one in form.iter("input") if one.get("value")}
        if "csrf_token" not in names:
            yield f"the form to {form.get('action')} carries no csrf_token"


def _labels(page: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in page.iter("label") if _words(label)} - {None}
    wrapped = _inside(page, "label")
    for one in page.iter():
        is_field = one.tag in ("select", "textarea") or (
            one.tag == "input" and (one.get("type") or "text").lower() not in UNLABELLED
        )
        named = one.get("id") in labelled or one.get("aria-label") or one.get("aria-labelledby")
        if is_field and not named and one not in wrapped:
            yield f"<{one.tag} name={one.get('name')!r}> has no label"
        if one.tag == "button" and not (_words(one) or named):
            yield "a button has no words"


def _images(page: Element) -> Iterator[str]:
    yield from ("an image has no alt" for one in page.iter("img") if one.get("alt") is None)


def _policy(page: Element) -> Iterator[str]:
    """What the content policy would refuse to run or to apply."""
    for one in page.iter():
        if not isinstance(one.tag, str):
            continue
        if one.tag == "style" or (one.tag == "script" and not one.get("src")):
            yield f"an inline <{one.tag}>"
        for name in one.keys():  # noqa: SIM118 - an element is no mapping
            if name == "style" or name.startswith(("on", "hx-on")):
                yield f"<{one.tag} {name}=…>"


def _inside(page: Element, tag: str) -> set[Element]:
    return {one for outer in page.iter(tag) for one in outer.iter()}


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
