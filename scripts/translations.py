"""Is every sentence of the interface said in Spanish too, and nothing else?

English stands in the code and in the templates; Spanish in translations/fragments/*.es.yaml, which
this merges into one catalogue (translations/es/LC_MESSAGES/messages.po and .mo). With --check it
writes nothing and fails on a missing or unused sentence, on placeholders that differ, and on a
catalogue that is not up to date. Plurals: "one|many": ["singular", "plural"].
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "N_": None,
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
ROOT = Path(__file__).resolve().parents[1]
NO_DATE = datetime(2004, 5, 24, 14, tzinfo=UTC)
"""Babel writes a date into each catalogue; a fixed one changes only when a sentence does."""

Id = str | tuple[str, str]
Said = str | tuple[str, ...]


@dataclass
class Catalogue:
    """The sentences in use, what they are in Spanish, and everything that is wrong with that."""

    said: dict[Id, Said] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def sentences_in_use(root: Path) -> dict[Id, str]:
    """Every sentence marked for translation, with the first place where it stands."""
    with (root / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found: dict[Id, str] = {}
    for path, line, message, _, _ in extract_from_dir(
        str(root), methods, options, KEYWORDS, directory_filter=_is_ours
    ):
        found.setdefault(_as_id(message), f"{path}:{line}")
    return found


def _is_ours(folder: str) -> bool:
    return Path(folder).name not in {"node_modules", "instance", "tests"} and not Path(
        folder
    ).name.startswith(".")


def _as_id(message: object) -> Id:
    return (str(message[0]), str(message[1])) if isinstance(message, tuple | list) else str(message)


def fragments(root: Path) -> Iterator[tuple[Id, Said, str]]:
    """Every sentence translated by hand, with the place where it stands."""
    for path in sorted((root / "translations" / "fragments").glob("*.es.yaml")):
        node = yaml.compose(path.read_text(), Loader=yaml.SafeLoader)
        for key, value in node.value if node is not None else ():
            place = f"{path.relative_to(root)}:{key.start_mark.line + 1}"
            if isinstance(value, yaml.SequenceNode):
                one, _, many = key.value.partition("|")
                yield (one, many), tuple(form.value for form in value.value), place
            else:
                yield key.value, value.value, place


def gathered(root: Path) -> Catalogue:
    """What the catalogue has to hold, from code, templates, fragments and the present catalogue."""
    used = sentences_in_use(root)
    result = Catalogue()
    _take_fragments(root, used, result)
    for message, said in _present(root).items():
        if message in used and not _differing_placeholders(message, said):
            result.said.setdefault(message, said)
    for message, place in used.items():
        if not all(_forms(result.said.get(message, ""))):
            result.faults.append(f"{place}: no Spanish for {_shown(message)}")
    return result


def _take_fragments(root: Path, used: dict[Id, str], result: Catalogue) -> None:
    places: dict[Id, str] = {}
    for message, said, place in fragments(root):
        fault = ""
        if message not in used:
            fault = "is said nowhere any more"
        elif message in places and result.said[message] != said:
            fault = f"is said otherwise in {places[message]}"
        elif differing := _differing_placeholders(message, said):
            fault = f"differs in {differing}"
        if fault:
            result.faults.append(f"{place}: {_shown(message)} {fault}")
        else:
            result.said[message], places[message] = said, place


def _present(root: Path) -> dict[Id, Said]:
    """Sentences may also have been mended in the catalogue itself."""
    path = po_path(root)
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {
            _as_id(one.id): tuple(one.string) if one.pluralizable else one.string
            for one in read_po(file, locale="es")
            if one.id
        }


def _differing_placeholders(message: Id, said: Said) -> str:
    allowed = [sorted(PLACEHOLDER.findall(form)) for form in _forms(message)]
    for form in _forms(said):
        if form and (there := sorted(PLACEHOLDER.findall(form))) not in allowed:
            return f"its placeholders: {there} for {allowed[-1]}"
    if len(_forms(message)) != len(_forms(said)):
        return "the number of its forms"
    return ""


def _forms(said: Said) -> tuple[str, ...]:
    return said if isinstance(said, tuple) else (said,)


def _shown(message: Id) -> str:
    return repr("|".join(_forms(message)))


def po_path(root: Path) -> Path:
    return root / "translations" / "es" / "LC_MESSAGES" / "messages.po"


def written(catalogue: Catalogue) -> dict[str, bytes]:
    """The files of the catalogue, by suffix."""
    spanish = Catalog(
        locale="es",
        project="Enlace",
        creation_date=NO_DATE,
        revision_date=NO_DATE,
        fuzzy=False,
        header_comment="# Made by `make translations`; the sentences stand in translations/fragments.",
    )
    for message, said in catalogue.said.items():
        spanish.add(message, said)
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, spanish, sort_output=True, no_location=True, width=100)
    write_mo(mo, spanish)
    return {".po": po.getvalue(), ".mo": mo.getvalue()}


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing, only say what is wrong"
    )
    is_check = parser.parse_args(arguments).check
    catalogue = gathered(root)
    for suffix, content in written(catalogue).items():
        path = po_path(root).with_suffix(suffix)
        if not is_check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        elif not path.exists() or path.read_bytes() != content:
            catalogue.faults.append(
                f"{path.relative_to(root)} is not up to date: make translations"
            )
    print(*catalogue.faults, sep="\n", file=sys.stderr)
    print(f"{len(catalogue.said)} sentences in Spanish, {len(catalogue.faults)} faults")
    return 1 if catalogue.faults else 0


if __name__ == "__main__":
    sys.exit(main())
