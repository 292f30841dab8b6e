"""Is what is served light, whole, and what it says it is?"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import brotli
import pytest

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "app/static/dist"
MANIFEST = json.loads((DIST / "manifest.json").read_text())
VENDOR = json.loads((ROOT / "app/static/vendor.json").read_text())
SERVED = [DIST / name for name in MANIFEST.values()]


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("enlace.css", 11_200),
        ("htmx.js", 13_500),
        ("enlace.js", 7_000),
        ("passkey.js", 900),
        ("unsent.js", 900),
        ("writing.js", 950),
        ("mark.svg", 400),
    ],
)
def test_a_file_is_light(name, limit):
    assert len(gzip.compress((DIST / MANIFEST[name]).read_bytes(), 9)) <= limit


@pytest.mark.parametrize("path", SERVED, ids=lambda path: path.name)
def test_the_name_tells_the_content(path):
    fingerprint = path.name.split(".")[-2]
    assert hashlib.sha256(path.read_bytes()).hexdigest().startswith(fingerprint)
    assert len(fingerprint) >= 10


@pytest.mark.parametrize("path", SERVED, ids=lambda path: path.name)
def test_the_compressed_copies_are_the_same_file(path):
    content = path.read_bytes()
    assert gzip.decompress(Path(f"{path}.gz").read_bytes()) == content
    assert brotli.decompress(Path(f"{path}.br").read_bytes()) == content


def test_nothing_lies_about_that_is_not_served():
    expected = {p.name + end for p in SERVED for end in ("", ".gz", ".br")} | {"manifest.json"}
    assert {path.name for path in DIST.iterdir()} == expected


OURS = ("enlace.js", "opened.js", "passkey.js", "unsent.js", "writing.js")


@pytest.mark.parametrize("word", ["GDS Transport", "crest", "@font-face", "http://", "https://"])
def test_the_styles_hold_nothing_that_is_not_ours_to_use(word):
    css = (DIST / MANIFEST["enlace.css"]).read_text()
    if word == "http://":  # the name of SVG's own language is no address
        css = css.replace("http://www.w3.org/2000/svg", "")
    assert word not in css


def test_no_script_needs_what_the_content_policy_forbids():
    ours = "".join((DIST / MANIFEST[name]).read_text() for name in OURS)
    assert not re.search(r"\beval\(|new Function|innerHTML|document\.write", ours)
    assert "sourceMappingURL" not in ours + (DIST / MANIFEST["htmx.js"]).read_text()


@pytest.mark.parametrize("part", VENDOR, ids=lambda part: part["name"])
def test_what_is_taken_from_elsewhere_is_unchanged_and_free(part):
    assert hashlib.sha256((ROOT / part["file"]).read_bytes()).hexdigest() == part["sha256"]
    assert part["licence"] in ("MIT", "0BSD", "BSD-0-Clause", "MPL-2.0")
    assert part["licence"] != "MPL-2.0" or part["use"].startswith("tests only")


def test_the_lock_names_no_place_to_load_from():
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    wanted = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
