"""Is a picture made anew without what was noted in it, and is a hostile one refused before it costs anything?"""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from app.storage import redrawing
from app.storage.redrawing import redrawn
from app.storage.refusals import Unwelcome
from tests.storage import samples

WORD = b"Qx913vwZk"
PNG, JPEG = "image/png", "image/jpeg"


def made(mode: str, kind: str, **options: Any) -> bytes:
    body = io.BytesIO()
    Image.new(mode, (8, 5)).save(body, format=kind, **options)
    return body.getvalue()


def noted() -> PngImagePlugin.PngInfo:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", WORD.decode())
    notes.add_itxt("XML:com.adobe.xmp", WORD.decode())
    return notes


@pytest.mark.parametrize(("data", "kind"), [
    (made("RGB", "PNG", pnginfo=noted(), icc_profile=WORD), PNG),
    (made("RGB", "JPEG", comment=WORD, icc_profile=WORD), JPEG),
    (made("RGB", "JPEG") + WORD, JPEG),
])  # fmt: skip
def test_nothing_is_left_of_what_was_noted(data: bytes, kind: str) -> None:
    assert WORD in data
    assert WORD not in redrawn(data, kind)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_usual_kind_of_picture_comes_through(mode: str) -> None:
    with Image.open(io.BytesIO(redrawn(made(mode, "PNG"), PNG))) as drawn:
        assert drawn.size == (8, 5)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_usual_kind_of_photograph_comes_through(mode: str) -> None:
    with Image.open(io.BytesIO(redrawn(made(mode, "JPEG"), JPEG))) as drawn:
        assert drawn.size == (8, 5)


def test_dots_stay_as_they_are() -> None:
    picture = Image.new("RGBA", (2, 1))
    picture.putpixel((0, 0), (10, 20, 30, 40))
    body = io.BytesIO()
    picture.save(body, format="PNG")
    with Image.open(io.BytesIO(redrawn(body.getvalue(), PNG))) as drawn:
        assert drawn.getpixel((0, 0)) == (10, 20, 30, 40)


def test_a_large_picture_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image.Image, "load", lambda *_: pytest.fail("it was decoded"))
    with pytest.raises(Unwelcome) as refused:
        redrawn(samples.png(5001, 5000), PNG)
    assert refused.value.message == redrawing.TOO_MANY_PIXELS


@pytest.mark.parametrize(("data", "kind"), [
    (b"", PNG), (samples.png()[:-30], PNG), (samples.jpeg(), JPEG), (made("RGB", "PNG"), JPEG),
    (made("RGB", "GIF"), PNG), (made("I;16", "PNG"), PNG),
    (samples.png().replace(zlib.compress(b"\x00" * 14), b"x" * 10), PNG),
    (b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 2**31) + b"IHDR", PNG),
])  # fmt: skip
def test_what_cannot_be_decoded_is_no_picture(data: bytes, kind: str) -> None:
    with pytest.raises(Unwelcome):
        redrawn(data, kind)
