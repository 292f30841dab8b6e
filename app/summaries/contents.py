"""What becomes of a summary's content when it is reworded, shortened, or sent on silence?"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Content = dict[str, Any]
Words = Mapping[str, Mapping[str, str]]
LANGUAGES = ("es", "en")
UNTITLED = {"es": "Necesidad de capacitación", "en": "Training need"}


@dataclass(frozen=True)
class Difference:
    """One item as it was and as it would be; None where it is not there."""

    label: dict[str, str]
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def items(content: Content) -> Iterator[dict[str, Any]]:
    """Every item of a content, in its order."""
    for section in content["sections"]:
        yield from section["items"]


def changed(content: Content, words: Words, left_out: frozenset[str]) -> Content:
    """The content with other words in items that are no table, and without what is left out.

    `left_out` holds keys of items, or "audience.region" for the column of a table.
    """

    def mended(item: dict[str, Any]) -> dict[str, Any] | None:
        if item["key"] in left_out:
            return None
        if "table" in item:
            return _with_columns(item, lambda n, key: f"{item['key']}.{key}" not in left_out)
        said = words.get(item["key"], {})
        item["value"] = {lang: said.get(lang) or item["value"][lang] for lang in LANGUAGES}
        return item

    return _mapped(content, mended)


def silent(before: Content, after: Content) -> Content:
    """What silence permits of a change: no country, nothing reworded, nothing that a country releases.

    What does not say whether it needs a release is left out too.
    """
    agreed = {item["key"]: item.get("value") for item in items(before)}

    def kept(item: dict[str, Any]) -> dict[str, Any] | None:
        if item.get("needs_release", True):
            return None
        if "table" in item:
            held = item["table"].get("needs_release")
            return _with_columns(item, lambda n, _: held is not None and not held[n])
        is_reworded = item["key"] in agreed and agreed[item["key"]] != item["value"]
        return None if is_reworded else item

    return {**_mapped(after, kept), "country": None}


def differences(before: Content, after: Content) -> list[Difference]:
    """The items that are not the same in both, in the order of the first, then of the second."""
    old, new = ({item["key"]: item for item in items(each)} for each in (before, after))
    return [
        Difference((old.get(key) or new[key])["label"], old.get(key), new.get(key))
        for key in dict.fromkeys([*old, *new])
        if old.get(key) != new.get(key)
    ]


def _mapped(
    content: Content, mend: Callable[[dict[str, Any]], dict[str, Any] | None]
) -> Content:  # fmt: skip
    after = copy.deepcopy(content)
    for section in after["sections"]:
        mended = [mend(item) for item in section["items"]]
        section["items"] = [item for item in mended if item is not None]
    after["sections"] = [section for section in after["sections"] if section["items"]]
    if after["sections"] != content["sections"]:
        after["title"] = _title(after)
    return after


def _title(content: Content) -> dict[str, str]:
    """What a summary is called by what stands in it: its title, else its themes, else what it is."""
    said = {item["key"]: item.get("value") for item in items(content)}
    return said.get("title") or said.get("themes") or UNTITLED


def _with_columns(
    item: dict[str, Any], keeps: Callable[[int, str], bool]
) -> dict[str, Any] | None:  # fmt: skip
    """A table with the columns that are kept; None if none but the names of its lines would stay."""
    table = item["table"]
    keys = table.get("keys", [""] * len(table["columns"]))
    kept = [place for place, key in enumerate(keys) if keeps(place, key)]
    if not any(keys[place] for place in kept):
        return None
    lists = ("columns", "numbers", "keys", "free_texts", "needs_release")
    item["table"] = {
        **{name: [table[name][place] for place in kept] for name in lists},
        "rows": [[row[place] for place in kept] for row in table["rows"]],
    }
    return item
