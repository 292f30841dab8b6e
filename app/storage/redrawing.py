"""How is a picture made anew, so that nothing is left of what its camera or program noted in it?

Where and when it was taken, with which telephone, what was cut away, what was hidden behind its end: only
the dots are kept, drawn into a file of our own.
"""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

from app.storage.pictures import TOO_MANY_PIXELS
from app.storage.refusals import Unwelcome
from app.storage.texts import OTHER_KIND

MOST_PIXELS = 25_000_000
"""Of a picture that is decoded here; each takes up to four bytes of memory, several times over."""
QUALITY = 90
NAMES = {"image/png": "PNG", "image/jpeg": "JPEG"}
"""Media type -> how the library calls it."""
_DRAWN_IN = {"PNG": {"L": "L", "RGB": "RGB", "1": "L"}, "JPEG": {"L": "L"}}
"""In which colours a picture is kept as it is; any other is drawn in those of a screen."""
_KNOWN = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr"})


def redrawn(data: bytes, media_type: str) -> bytes:
    """The picture in a file of its own. Raises Unwelcome where it cannot be decoded, or only at great cost."""
    name = NAMES[media_type]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[name]) as picture:
                _refuse_large(picture.size)
                return _drawn(picture, name)
    except Unwelcome:
        raise
    except Exception:  # whatever a decoder says of hostile bytes, they are no picture
        raise Unwelcome(OTHER_KIND) from None


def _refuse_large(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise Unwelcome(TOO_MANY_PIXELS, megapixels=MOST_PIXELS // 1_000_000)


def _drawn(picture: Image.Image, name: str) -> bytes:
    if picture.mode not in _KNOWN:
        raise Unwelcome(OTHER_KIND)
    upright = ImageOps.exif_transpose(picture)
    plain = upright.convert(_colours(upright, name))
    made = Image.frombytes(
        plain.mode, plain.size, plain.tobytes()
    )  # the dots, and nothing beside them
    body = io.BytesIO()
    options = {"quality": QUALITY, "optimize": True} if name == "JPEG" else {}
    made.save(body, format=name, **options)
    return body.getvalue()


def _colours(picture: Image.Image, name: str) -> str:
    if name == "PNG" and (picture.mode in ("LA", "PA", "RGBA") or "transparency" in picture.info):
        return "RGBA"
    return _DRAWN_IN[name].get(picture.mode, "RGB")
