"""How does the first person come into an empty installation?"""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from app.audit.commit import committed
from app.organisations import actions, catalogue
from app.web.errors import Refusal


@click.command("found")
@click.option("--name", prompt="Name of the first coordinator")
@click.option("--email", prompt="Mail address")
@click.option("--lang", type=click.Choice(["es", "en"]), default="es", show_default=True)
@with_appcontext
def found(name: str, email: str, lang: str) -> None:
    """Found the Technical Secretariat: its first coordinator gets a mail to choose a password."""
    if current_app.config["ENLACE"].is_demonstration:
        raise SystemExit("The demonstration brings its own people.")
    st = catalogue.SECRETARIAT
    try:
        with committed():
            actions.found(
                name=name,
                email=email,
                lang=lang,
                name_es=st.name_es,
                name_en=st.name_en,
                zone=st.zone,
            )
    except Refusal as refusal:
        raise SystemExit(refusal.message) from None
    click.echo("Founded. The mail with the link goes out within a minute, or with `outbox drain`.")
