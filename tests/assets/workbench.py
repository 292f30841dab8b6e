"""What do the components look like and do by themselves, without the rest of Enlace?

A small application for tests: pages drawn with the real templates over a format of their own, and
answers kept in memory that are saved field by field as the product saves them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml
from flask import Flask, Response, g, redirect, render_template, request

from app.formats.countries import choices_of
from app.formats.load import load_format
from app.web.input_names import told_apart
from app.web.security_headers import HEADERS
from app.web.template_globals import Components
from tests.assets.bench_drawing import draw
from tests.assets.bench_saving import add_saving
from tests.assets.bench_state import Bench

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
MANIFEST = json.loads((ROOT / "app/static/dist/manifest.json").read_text())
FRAGMENTS = ROOT / "translations/fragments"
SERVED = {name: (ROOT / "app/static/dist" / name).read_bytes() for name in MANIFEST.values()}
SPANISH: Mapping[str, Any] = {
    message: words
    for path in (
        *map(FRAGMENTS.joinpath, ("look.es.yaml", "mistakes.es.yaml", "saving.es.yaml")),
        HERE / "words.es.yaml",
    )
    for message, words in yaml.safe_load(path.read_text()).items()
}
LIST = yaml.safe_load((HERE / "records.yaml").read_text())


def gettext(message: str, **values: Any) -> str:
    words = SPANISH.get(message, message) if g.get("lang", "es") == "es" else message
    return words % values if values else words


def ngettext(one: str, many: str, n: int, **values: Any) -> str:
    words = (
        SPANISH.get(f"{one}|{many}", [one, many]) if g.get("lang", "es") == "es" else (one, many)
    )
    return words[n != 1] % {"num": n, **values}


def create_app(document: Path | None = None) -> Flask:
    """The bench as an application; its state is `app.bench`."""
    app = Flask(__name__, template_folder=str(HERE / "templates"), static_folder=None)
    app.secret_key = "of the bench"
    app.jinja_loader.searchpath.append(str(ROOT / "templates"))  # type: ignore[union-attr]
    app.bench = Bench()  # type: ignore[attr-defined]
    app.document = load_format(document or HERE / "every_kind.yaml")  # type: ignore[attr-defined]
    _prepare_templates(app)
    _add_pages(app)
    add_saving(app)
    return app


def _prepare_templates(app: Flask) -> None:
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.trim_blocks = env.lstrip_blocks = True
    env.globals.update(
        ui=Components(app), static=lambda name: f"/static/{MANIFEST[name]}", csrf_token=lambda: app.bench.token,  # type: ignore[attr-defined]
        form_key=lambda: "key-of-this-form-0001", acting_id=lambda: "hn", country_choices=choices_of, told_apart=told_apart,
    )  # fmt: skip

    @app.context_processor
    def about() -> dict[str, Any]:
        here = request.path
        nav = [
            (gettext("What waits for me"), "/list", here == "/list"),
            (gettext("Needs"), "/", here == "/"),
        ]
        return {
            "actor": SimpleNamespace(
                name="Ana Reyes", organisation_name="Honduras", person_id=app.bench.person,  # type: ignore[attr-defined]
                organisation_id="hn", memberships_count=1, role_label=gettext("focal point"),
            ) if app.bench.signed_in else None,  # type: ignore[attr-defined]
            "lang": g.lang, "demonstration": True, "here": here,
            "nav": [*nav, (gettext("Calls"), "/calls", False), (gettext("Report"), "/report", here == "/report")],
        }  # fmt: skip

    @app.before_request
    def language() -> None:
        g.lang = request.args.get("lang") or request.cookies.get("lang") or "es"

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.update(HEADERS)
        return response


def _add_pages(app: Flask) -> None:
    @app.get("/static/<path:name>")
    def static_file(name: str) -> Response:
        types = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
        return Response(SERVED[name], content_type=types[name.rpartition(".")[2]])

    @app.get("/")
    @app.get("/draft/<section>")
    def draft(section: str | None = None) -> str:
        shown = app.document.section(section) if section else app.document.sections[0]  # type: ignore[attr-defined]
        return render_template(
            "draft.html",
            sensitive="sensitive" in request.args,
            own_computer=app.bench.own_computer,
            **app.bench.session,
            **draw(app, shown),
        )  # type: ignore[attr-defined]

    @app.get("/list")
    @app.get("/report")
    def records() -> str:
        return render_template("list.html", **LIST)

    @app.get("/form")
    def form() -> str:
        return render_template("form.html", wrong=bool(request.args.get("wrong")))

    @app.get("/error/<int:status>")
    def error(status: int) -> str:
        kept = {"title": "Detección de casos", "gap": "En los puestos fronterizos no se detectan."}
        return render_template(
            f"errors/{status}.html", kept=list(kept.items()) if request.args.get("kept") else None
        )

    @app.post("/sent")
    def sent() -> Any:
        app.bench.posts.append(dict(request.form.lists()))  # type: ignore[attr-defined]
        time.sleep(app.bench.slow)  # type: ignore[attr-defined]
        return redirect("/list", 303)

    app.add_url_rule("/demo/mail", "demonstration.mail", lambda: "")
    app.add_url_rule("/notices", "notices.index", lambda: "")
    app.add_url_rule("/me", "accounts.me", lambda: "")
    app.add_url_rule("/sign-in", "accounts.sign_in", lambda: "<title>Sign in</title>")
    app.add_url_rule("/sign-out", "accounts.sign_out", lambda: "", methods=["POST"])
    app.add_url_rule("/language", "accounts.set_language", _language, methods=["POST"])


def _language() -> Response:
    response = redirect(request.form.get("next") or "/", 303)
    response.set_cookie("lang", request.form.get("lang") or request.form["_lang"])
    return response  # type: ignore[return-value]
