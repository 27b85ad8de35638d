"""Whatever is sent as a picture ends as a small JPEG or as one sentence, and costs little."""

from __future__ import annotations

import io
import threading

import pytest
from PIL import Image

from maplebridge.incidents import pictures
from maplebridge.incidents.pictures import LONGEST_SIDE, clean_picture
from maplebridge.kernel.errors import BadInput

MOST = 12 * 1024 * 1024
ORIENTATION, X_RESOLUTION = 0x0112, 0x011A


def raw(kind: str, size: tuple[int, int], mode: str = "RGB", *, turned: int = 0) -> bytes:
    exif = Image.Exif()
    if turned:
        exif[ORIENTATION] = turned
        exif[X_RESOLUTION] = 72.0
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, exif=exif.tobytes() if turned else b"")
    return out.getvalue()


def damaged() -> bytes:
    """A turned photo whose resolution says that it is text."""
    whole = raw("JPEG", (40, 30), turned=6)
    rational = b"\x01\x1a\x00\x05"
    assert rational in whole
    return whole.replace(rational, b"\x01\x1a\x00\x02")


@pytest.mark.parametrize(
    "given", [damaged(), b"", b"GIF89a", raw("PNG", (900, 900))[:200], raw("JPEG", (90, 90))[:-200]]
)
def test_a_damaged_picture_is_a_sentence(given: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        clean_picture(given, most_bytes=MOST)
    assert refused.value.code == "picture.unreadable"


@pytest.mark.parametrize("size", [(5_001, 5_000), (9_400, 9_400), (14_000, 14_000)])
def test_too_many_pixels_are_refused_before_they_are_decoded(size: tuple[int, int]) -> None:
    with pytest.raises(BadInput) as refused:
        clean_picture(raw("PNG", size, "1"), most_bytes=MOST)
    assert refused.value.code == "picture.too_many_pixels"


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"),
     ("PNG", "I;16"), ("PNG", "LA"), ("GIF", "P"), ("BMP", "RGB"), ("WEBP", "RGBA")],
)  # fmt: skip
def test_every_kind_becomes_a_small_jpeg(kind: str, mode: str) -> None:
    made = clean_picture(raw(kind, (2_500, 1_250), mode), most_bytes=MOST)
    assert (made.width, made.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert made.content_type == "image/jpeg"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_turned_photo_stands_upright_and_forgets_where_it_was(kind: str) -> None:
    made = clean_picture(raw(kind, (3_000, 1_500), turned=6), most_bytes=MOST)
    assert (made.width, made.height) == (LONGEST_SIDE // 2, LONGEST_SIDE)
    assert not Image.open(io.BytesIO(made.content)).getexif()


def test_one_picture_is_decoded_at_a_time() -> None:
    """Eight page threads with eight large pictures must not need eight times the memory."""
    given = raw("JPEG", (40, 30))
    other = threading.Thread(target=clean_picture, args=(given,), kwargs={"most_bytes": MOST})
    with pictures.DECODING:
        other.start()
        other.join(0.3)
        assert other.is_alive()
    other.join(10)
    assert not other.is_alive()
