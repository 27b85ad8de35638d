"""Pictures: checked, turned upright, shrunk and re-encoded without their metadata.

A phone writes place, time and serial number into a photo. Re-encoding drops all of it, and also
whatever else hides behind an image header.
"""

from __future__ import annotations

import io
import warnings

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from maplebridge.incidents.records import Picture
from maplebridge.kernel.errors import BadInput, Sentence

LONGEST_SIDE = 2_048  # pixels; enough to read a sign, a tenth of what a phone sends
MOST_PIXELS = 80_000_000  # a decompression bomb is refused before it is decoded
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")


def clean_picture(raw: bytes, *, most_bytes: int) -> Picture:
    """A safe JPEG made from an upload; `BadInput` for anything that is not a picture."""
    if len(raw) > most_bytes:
        raise _bad("picture.too_big", _("The picture is larger than {mb} MB."), most_bytes)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(raw), formats=FORMATS)
            if opened.width * opened.height > MOST_PIXELS:
                raise _bad("picture.too_many_pixels", _("The picture has too many pixels."))
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError,
            Image.DecompressionBombWarning) as error:  # fmt: skip
        raise _bad("picture.unreadable", _("This file is not a picture we can read.")) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=82, optimize=True)
    return Picture(out.getvalue(), "image/jpeg", upright.width, upright.height)


def _bad(code: str, message: Sentence, most_bytes: int = 0) -> BadInput:
    return BadInput(
        code,
        message,
        fields={"picture": message},
        mb=most_bytes // (1024 * 1024),
    )
