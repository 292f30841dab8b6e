"""Does a request that gunicorn cannot read get a page in both languages?"""

from __future__ import annotations

from typing import Any

import pytest
from gunicorn.http.errors import InvalidRequestLine, LimitRequestHeaders, LimitRequestLine

from app.cli import web_worker


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (LimitRequestLine(5000, 4094), b"414 "),
        (LimitRequestHeaders("too many"), b"431 "),
        (InvalidRequestLine("what was <b>asked</b>"), b"400 "),
    ],
)
def test_it_gets_a_page_in_both_languages_without_what_was_asked(
    monkeypatch: pytest.MonkeyPatch, fault: Any, status: bytes
) -> None:
    sent: list[bytes] = []
    monkeypatch.setattr(web_worker, "write_nonblock", lambda _client, data: sent.append(data))
    worker = object.__new__(web_worker.Worker)
    worker.log = type("Log", (), {"warning": staticmethod(lambda *_words: None)})()
    worker.handle_error(None, None, ("127.0.0.1", 1), fault)
    head, _blank, body = sent[0].partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 " + status)
    assert f"Content-Length: {len(body)}".encode() in head
    assert "No se cambió nada".encode() in body
    assert b"Nothing was changed" in body
    assert b"asked" not in body
