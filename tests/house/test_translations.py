"""Does the gathering of sentences find what is missing, unused or differs?"""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from scripts import translations

ROOT = Path(__file__).resolve().parents[2]
CODE = """
from app.formats.words import N_
from flask_babel import gettext as _, ngettext
title = N_("Needs")
def say(count, name):
    return _("Good morning, %(name)s", name=name) + ngettext("%(num)d need", "%(num)d needs", count)
"""
FRAGMENT = """
"Needs": "Necesidades"
"Good morning, %(name)s": "Buenos días, %(name)s"
"%(num)d need|%(num)d needs": ["%(num)d necesidad", "%(num)d necesidades"]
"Save": "Guardar"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "babel.cfg").write_text((ROOT / "babel.cfg").read_text())
    for folder in ("app", "templates", "translations/fragments"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "app" / "words.py").write_text(CODE)
    (tmp_path / "templates" / "page.html").write_text('<button>{{ _("Save") }}</button>')
    (tmp_path / "translations" / "fragments" / "all.es.yaml").write_text(FRAGMENT)
    return tmp_path


def edit(project: Path, old: str, new: str) -> None:
    path = project / "translations" / "fragments" / "all.es.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def check(project: Path) -> int:
    return translations.main(["--check"], project)


def test_what_was_gathered_is_complete_and_speaks(project: Path) -> None:
    assert translations.main([], project) == 0
    assert check(project) == 0
    spanish = gettext.translation("messages", project / "translations", ["es"])
    assert spanish.gettext("Save") == "Guardar"
    assert spanish.gettext("Needs") == "Necesidades"
    assert [spanish.ngettext("%(num)d need", "%(num)d needs", n) for n in (1, 2)] == [
        "%(num)d necesidad",
        "%(num)d necesidades",
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"Save": "Guardar"\n', "", "templates/page.html:1: no Spanish for 'Save'"),
        ('"Save": "Guardar"', '"Save": ""', "no Spanish for 'Save'"),
        ('"Save":', '"Sign": "Firmar"\n"Save":', "all.es.yaml:5: 'Sign' is said nowhere any more"),
        ("Buenos días, %(name)s", "Buenos días", "differs in its placeholders: []"),
        ("Buenos días, %(name)s", "Buenos días, %(nombre)s", "differs in its placeholders"),
        (
            '["%(num)d necesidad", "%(num)d necesidades"]',
            '["%(num)d necesidad"]',
            "differs in the number of",
        ),
        ('["%(num)d necesidad", ', '["%(num)d necesidad", "%(num)d", ', "the number of its forms"),
        ('"Save":', '"Save": "Conservar"\n"Save":', "'Save' is said otherwise in"),
    ],
)
def test_a_fault_is_named_with_its_place(
    project: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, words: str
) -> None:
    edit(project, old, new)
    assert translations.main([], project) == 1
    assert words in capsys.readouterr().err


def test_a_catalogue_that_is_behind_is_named(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    translations.main([], project)
    edit(project, "Guardar", "Guarde")
    assert check(project) == 1
    assert capsys.readouterr().err.count("is not up to date: make translations") == 2


def test_checking_writes_nothing(project: Path) -> None:
    assert check(project) == 1
    assert not (project / "translations" / "es").exists()


def test_a_sentence_mended_in_the_catalogue_is_kept(project: Path) -> None:
    translations.main([], project)
    edit(project, '"Save": "Guardar"\n', "")
    assert translations.main([], project) == 0
    assert 'msgstr "Guardar"' in translations.po_path(project).read_text()


def test_a_sentence_nobody_says_leaves_the_catalogue(project: Path) -> None:
    translations.main([], project)
    (project / "templates" / "page.html").write_text("")
    edit(project, '"Save": "Guardar"\n', "")
    translations.main([], project)
    assert "Guardar" not in translations.po_path(project).read_text()


def test_a_template_that_cannot_be_read_is_an_error(project: Path) -> None:
    (project / "templates" / "page.html").write_text("{% if %}")
    with pytest.raises(Exception, match="Expected an expression"):
        translations.main([], project)


def test_our_own_interface_is_complete_in_spanish(capsys: pytest.CaptureFixture[str]) -> None:
    assert translations.main(["--check"]) == 0, capsys.readouterr().err
