"""Pictures: checked, turned upright, shrunk and re-encoded without their metadata.

A phone writes place, time and serial number into a photo. Re-encoding drops all of it, and also
whatever else hides behind an image header.
"""

from __future__ import annotations

import io
import threading
from math import ceil

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from maplebridge.incidents.records import Picture
from maplebridge.kernel.errors import BadInput, Sentence

LONGEST_SIDE = 2_048  # pixels; enough to read a sign, a tenth of what a phone sends
MOST_PIXELS = 25_000_000  # decoded they take 100 MB; a small file may claim a thousand times that
# A plain JPEG is decoded at a fraction of its size. One that comes in passes is not: the decoder
# holds all its coefficients at once, and so it has the limit of the other kinds.
MOST_JPEG_PIXELS = 52_000_000  # phones of 50 megapixels
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
SCALABLE = frozenset({"L", "RGB", "RGBA", "CMYK"})  # modes that can be shrunk as they are
# Page threads take turns: eight large pictures at once would need the memory of the machine.
DECODING = threading.BoundedSemaphore(1)


def clean_picture(raw: bytes, *, most_bytes: int) -> Picture:
    """A safe JPEG made from an upload; `BadInput` for anything that is not a picture."""
    if len(raw) > most_bytes:
        raise _bad("picture.too_big", _("The picture is larger than {mb} MB."), most_bytes)
    with DECODING:
        try:
            small = _decoded(raw)
        except BadInput:
            raise
        # A damaged file makes the decoder fail in every way there is, TypeError included.
        except Exception as error:
            unreadable = _("This file is not a picture we can read.")
            raise _bad("picture.unreadable", unreadable) from error
    out = io.BytesIO()
    small.save(out, "JPEG", quality=82, optimize=True)
    return Picture(out.getvalue(), "image/jpeg", small.width, small.height)


def _decoded(raw: bytes) -> Image.Image:
    """The picture upright, in RGB, not longer than `LONGEST_SIDE`."""
    try:
        opened = Image.open(io.BytesIO(raw), formats=FORMATS)
        too_many = opened.width * opened.height > _most_pixels(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        too_many = True
    if too_many:  # known from the header; nothing was decoded yet
        raise _bad("picture.too_many_pixels", _("The picture has too many pixels."))
    # A JPEG is decoded at half, a quarter or an eighth of its size, never below what is kept.
    # Both sides are named: asked for a square, a wide picture would be decoded whole.
    share = min(1.0, LONGEST_SIDE / max(opened.size))
    opened.draft("RGB", (ceil(opened.width * share), ceil(opened.height * share)))
    plain = opened if opened.mode in SCALABLE else opened.convert("RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # before turning: both copies are small then
    return ImageOps.exif_transpose(plain).convert("RGB")


def _most_pixels(opened: Image.Image) -> int:
    plain = opened.format in {"JPEG", "MPO"} and not opened.info.get("progressive")
    return MOST_JPEG_PIXELS if plain else MOST_PIXELS


def _bad(code: str, message: Sentence, most_bytes: int = 0) -> BadInput:
    return BadInput(
        code,
        message,
        fields={"picture": message},
        mb=most_bytes // (1024 * 1024),
    )
