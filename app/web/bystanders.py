"""Which libraries look at every request, and find nothing to do?

They took a tenth of a page's time. What they are used for does not need their hooks: sign-in counts
its attempts itself (`accounts/throttle.py`), a view limited by Flask-Limiter's decorator asks for
itself, and who is signed in is found by `organisations/acting.py` alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Flask

BYSTANDERS = frozenset({"flask_limiter", "flask_login", "flask_principal"})
"""Libraries whose hooks are taken away."""


def excuse(app: Flask) -> None:
    """Take the bystanders' hooks off the application, once all libraries are bound to it."""
    every: tuple[dict[Any, list[Any]], ...] = (
        app.before_request_funcs,
        app.after_request_funcs,
        app.teardown_request_funcs,
        app.template_context_processors,
    )
    for hooks in every:
        hooks[None] = [hook for hook in hooks[None] if library_of(hook) not in BYSTANDERS]


def library_of(hook: Callable[..., Any]) -> str:
    """The package that a hook comes from."""
    plain = hook.func if isinstance(hook, partial) else hook
    return plain.__module__.partition(".")[0]
