"""Does the judge of pages see each fault?"""

from __future__ import annotations

import pytest

from tests.support.good_html import assert_good_html, html_faults

PAGE = """<!doctype html>
<html lang="es"><head><meta charset="utf-8"><title>Necesidades – Enlace</title>
<script src="/static/enlace.js" defer></script></head><body>
<h1>Necesidades</h1>
<form action="/needs" method="post" id="work">
<input type="hidden" name="csrf_token" value="x">
<label for="title">Título</label><input id="title" name="title" aria-describedby="hint">
<p id="hint">Por ejemplo</p>
<label>Sí <input type="radio" name="agreed" value="yes"></label>
<button>Guardar</button></form>
<form action="/needs"><input aria-label="Buscar" name="q"></form>
<img src="/a.png" alt=""></body></html>"""


def test_a_good_page_has_no_fault() -> None:
    assert_good_html(PAGE)


@pytest.mark.parametrize(
    ("good", "bad", "words"),
    [
        ("<title>Necesidades – Enlace", "<title>Enlace", "the title is"),
        ("<h1>Necesidades</h1>", "", "one h1, not 0"),
        ("<h1>Necesidades</h1>", "<h1>Necesidades</h1><h1>Otra</h1>", "one h1, not 2"),
        ('<html lang="es">', "<html>", "<html lang=None>"),
        ('id="hint"', 'id="title"', "id 'title' is there 2 times"),
        ('<label for="title">', '<label for="titel">', "points to nothing"),
        ('aria-describedby="hint"', 'aria-describedby="hint error"', "'error'> points to nothing"),
        ('<label for="title">Título</label>', "", "<input name='title'> has no label"),
        ('<label for="title">Título</label>', '<label for="title"></label>', "has no label"),
        ('<label for="title">Título</label><input id="title"', "<input", "has no label"),
        ('<form action="/needs" method="post"', '<form method="post"', "a form has no action"),
        ('name="csrf_token" value="x"', 'name="csrf_token"', "carries no csrf_token"),
        ("<button>Guardar<", "<button><", "a button has no words"),
        (' alt=""', "", "no alt"),
        ("<h1>", '<h1 style="color:red">', "<h1 style=…>"),
        ("<h1>", '<h1 onclick="x()">', "<h1 onclick=…>"),
        ("<h1>", '<h1 hx-on:click="x()">', "<h1 hx-on:click=…>"),
        (' src="/static/enlace.js"', "", "an inline <script>"),
        ("</form>\n<form", "</form></div>\n<form", "end-tag-too-early"),
    ],
)
def test_a_fault_is_named(good: str, bad: str, words: str) -> None:
    assert good in PAGE
    assert words in "\n".join(html_faults(PAGE.replace(good, bad, 1)))
