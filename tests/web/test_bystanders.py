"""Do libraries that have nothing to do leave requests alone?"""

from __future__ import annotations

from typing import Any

from app.web.bystanders import BYSTANDERS, library_of


def test_no_bystander_looks_at_a_request(app: Any) -> None:
    hooks = (
        app.before_request_funcs,
        app.after_request_funcs,
        app.teardown_request_funcs,
        app.template_context_processors,
    )
    looking = {library_of(hook) for each in hooks for hook in each[None]}
    assert looking.isdisjoint(BYSTANDERS)
    assert "app" in looking
