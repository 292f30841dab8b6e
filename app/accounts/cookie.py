"""What does a browser carry that says who is signed in? A token, and nothing about anybody.

The row of the token decides. The rest of the signed cookie is the secret of the forms and, where
somebody said so in this browser, the language, that the computer is one person's own, and the words of a
sponsor about its money, until somebody signs in or out or acts for another organisation.
"""

from __future__ import annotations

from flask import g, session
from flask_babel import refresh

TOKEN, LANGUAGE, OWN, CONDITIONS = "sign_in", "lang", "own", "conditions"


def token() -> str | None:
    """The token of this browser, if it carries one."""
    found = session.get(TOKEN)
    return found if isinstance(found, str) else None


def remember(new_token: str) -> None:
    """Carry this token from now on, with a new secret for the forms."""
    _empty()
    session[TOKEN] = new_token


def renew(new_token: str) -> None:
    """Carry another token for the same sign-in; forms that are open in other windows still hold."""
    session[TOKEN] = new_token


def forget() -> None:
    """Carry nothing but the language and whose computer it is."""
    _empty()


def keep_language(lang: str) -> None:
    """Show pages in this language in this browser, whoever is signed in."""
    session[LANGUAGE] = lang


def mark_computer(is_own: bool) -> None:
    """Say whether the computer is one person's own: then it may keep unsent text for seven days."""
    if is_own:
        session[OWN] = True
    else:
        session.pop(OWN, None)


def is_own_computer() -> bool:
    """Whether somebody said that this computer is theirs alone."""
    return bool(session.get(OWN))


def keep_conditions(words: str) -> None:
    """Carry what a sponsor wrote about its money to the page it asked for: words stand in no address."""
    if words:
        session[CONDITIONS] = words
    else:
        session.pop(CONDITIONS, None)


def conditions() -> str:
    """What the sponsor wrote last about its money."""
    return str(session.get(CONDITIONS, ""))


def follow_person(lang: str) -> None:
    """Show pages in the person's own language again, which is this one from now on."""
    session.pop(LANGUAGE, None)
    g.lang = lang
    refresh()


def _empty() -> None:
    kept = {key: session[key] for key in (LANGUAGE, OWN) if session.get(key)}
    session.clear()
    g.pop("csrf_token", None)  # Flask-WTF would go on signing with the old secret
    session.update(kept)
