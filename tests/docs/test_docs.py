"""Do the README and the pages of `docs/` tell what is there, and all of it?"""

from __future__ import annotations

import re
import subprocess
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest

import config
from app.cli.commands import COMMANDS
from app.cli.demo.people import COORDINATOR, SEATS
from app.policy.actor import OrganisationKind, Role
from app.policy.permissions import Permission
from tests.docs import pages
from tests.docs.pages import PAGES, ROOT

TOGETHER = "\n".join(page.read_text() for page in PAGES)
SETTINGS = {
    "ENLACE_" + {"environment": "ENV"}.get(field.name, field.name.upper())
    for field in fields(config.Settings)
}
OUTSIDE = {"ENLACE_PYTHON", "ENLACE_TEST_POSTGRES", "ENLACE_TEST_SEED"}
"""Read by scripts and tests, not by the program."""
LIBRARY_COMMANDS = {"db", "routes", "run", "shell"}
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
IMAGE_MOST = 150_000

each_page = pytest.mark.parametrize("page", PAGES, ids=pages.name)


def tracked() -> set[str]:
    """Every file of the repository, and every folder that holds one."""
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"],
                            cwd=ROOT, check=True, capture_output=True, text=True)  # fmt: skip
    found = {line for line in listed.stdout.splitlines() if (ROOT / line).exists()}
    return found | {parent.as_posix() for line in found for parent in Path(line).parents}


def subcommands(command: click.Command) -> set[str]:
    return set(command.commands) if isinstance(command, click.Group) else set()


def known_commands() -> dict[str, set[str]]:
    return {str(command.name): subcommands(command) for command in COMMANDS}


class TestWhatPagesName:
    @each_page
    def test_links_lead_somewhere(self, page: Path) -> None:
        assert [link for link in pages.links(page) if pages.broken(page, link)] == []

    def test_files_are_there(self) -> None:
        there = tracked()
        roots = {place.partition("/")[0] for place in there} - {"."}
        named = set(pages.files(TOGETHER, roots))
        assert len(named) > 40
        missing = {place for place in named if place not in there}
        assert {each for each in missing if not each.startswith(pages.WRITTEN_BY_A_RUN)} == set()

    @each_page
    def test_targets_of_make_exist(self, page: Path) -> None:
        quoted = "\n".join(re.findall(r"`[^`\n]+`|^ *```.*?^ *```", page.read_text(), re.M | re.S))
        assert pages.targets(quoted) <= TARGETS

    @each_page
    def test_commands_of_flask_exist(self, page: Path) -> None:
        known = known_commands()
        for first, second in pages.commands(page.read_text()):
            assert first in known or first in LIBRARY_COMMANDS, first
            if second and known.get(first):
                assert second in known[first], f"{first} {second}"

    @each_page
    def test_settings_exist(self, page: Path) -> None:
        assert pages.settings(page.read_text()) <= SETTINGS | OUTSIDE

    @each_page
    def test_no_place_on_a_developers_machine_is_named(self, page: Path) -> None:
        assert re.findall(r"/(?:work|home|root|Users)/\S+", page.read_text()) == []


class TestWhatIsThere:
    def test_the_index_lists_every_page(self) -> None:
        index = ROOT / "docs" / "index.md"
        listed = {(index.parent / link).resolve() for link in pages.links(index)}
        assert {pages.name(page) for page in PAGES if page not in listed | {index}} == set()

    def test_every_decision_has_its_number_and_stands_in_the_list(self) -> None:
        folder = ROOT / "docs" / "decisions"
        listed = list(pages.links(folder / "README.md"))
        kept = sorted(page.name for page in folder.glob("*.md") if page.name != "README.md")
        assert listed == kept
        assert [name[:4] for name in kept] == [f"{n:04}" for n in range(1, len(kept) + 1)]

    def test_every_target_of_make_is_explained(self) -> None:
        explained = re.findall(r"^([a-z-]+):.*## \w", (ROOT / "Makefile").read_text(), re.MULTILINE)
        assert set(explained) == TARGETS

    def test_every_command_is_explained(self) -> None:
        page = (ROOT / "docs" / "reference" / "settings.md").read_text()
        explained = set(pages.QUOTED.findall(page[page.index("## Commands") :]))
        known = known_commands()
        wanted = {f"{first} {second}" for first, below in known.items() for second in below}
        wanted |= {first for first, below in known.items() if not below}
        assert wanted <= explained

    def test_every_setting_is_explained(self) -> None:
        assert pages.settings(TOGETHER) >= SETTINGS | OUTSIDE

    def test_every_permission_is_explained(self) -> None:
        page = (ROOT / "docs" / "reference" / "permissions.md").read_text()
        rows = [f"| `{each.label}` | {each.value} |" for each in Permission]
        assert [row for row in rows if row not in page] == []

    def test_every_kind_of_organisation_and_every_role_is_explained(self) -> None:
        page = (ROOT / "docs" / "roles.md").read_text().lower().replace("-", " ")
        words: dict[Any, str] = {Role.MEMBER_READER: "reader of members' editions",
                                 Role.SPONSOR_READER: "reader", Role.SPONSOR_PLEDGER: "pledger",
                                 Role.CIVIL_SOCIETY_FOCAL_POINT: "focal point of civil society"}  # fmt: skip
        for each in (*Role, *OrganisationKind):
            assert words.get(each, each.value.replace("_", " ")) in page, each


class TestTheReadme:
    README = (ROOT / "README.md").read_text()

    def test_it_shows_a_page(self) -> None:
        shown = re.findall(r"!\[[^\]]{20,}\]\((docs/images/[^)]+\.png)\)", self.README)
        assert shown
        for place in shown:
            image = (ROOT / place).read_bytes()
            assert image.startswith(b"\x89PNG")
            assert len(image) < IMAGE_MOST

    def test_it_names_people_who_can_be_chosen(self) -> None:
        tour = self.README[self.README.index("## A tour") : self.README.index("Not built yet")]
        chosen = [line.split("|")[1] for line in tour.splitlines() if line.startswith("| `")]
        keys = {key for column in chosen for key in pages.QUOTED.findall(column)}
        assert keys <= {COORDINATOR[0], *(seat.key for seat in SEATS)}

    def test_its_tour_passes_by_every_role_that_people_have(self) -> None:
        roles = {seat.role for seat in SEATS if f"`{seat.key}`" in self.README}
        assert roles == {seat.role for seat in SEATS}
