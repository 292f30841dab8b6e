"""Which words came along with a file that is too large?

The body is read to its end without keeping the file: the words can be shown again, and a browser that
is still sending gets the answer instead of a line that breaks off.
"""

from __future__ import annotations

import io
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.formparser import FormDataParser
from werkzeug.wsgi import get_input_stream

MOST = 96 * 1024 * 1024
"""Bytes read at the most for the sake of the words; what is longer is not read at all."""


class Nowhere(io.BytesIO):
    """A file that keeps nothing of what is written to it."""

    def write(self, data: Any, /) -> int:
        return len(data)


def read_words() -> bool:
    """Give the request its words, without its files; whether that could be done."""
    length, allowed = request.content_length, request.max_content_length
    if length is None or allowed is None or not allowed < length <= MOST:
        return False  # it was something else that was too large, and part of it is read already
    parser = FormDataParser(
        stream_factory=lambda *_parts, **_more: Nowhere(),
        max_form_memory_size=request.max_form_memory_size,
        max_form_parts=request.max_form_parts,
    )
    try:
        stream = get_input_stream(request.environ)
        _rest, form, _files = parser.parse(
            stream, request.mimetype, length, request.mimetype_params
        )
    except (HTTPException, OSError):
        return False
    request.__dict__.update(form=form, files=MultiDict(), stream=io.BytesIO())
    return True
