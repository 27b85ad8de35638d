"""Whatever is sent as a picture ends as a small JPEG or as one sentence, and costs little."""

from __future__ import annotations

import io
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PIL import Image

from maplebridge.incidents import pictures
from maplebridge.incidents.pictures import LONGEST_SIDE, clean_picture
from maplebridge.kernel.errors import BadInput

MOST = 12 * 1024 * 1024
ROOT = Path(__file__).resolve().parents[3]
# The highest water of a process of its own: width, height, and the kilobytes that it took.
MEASURED = """
import os, re, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "maplebridge.config.settings"
import django
django.setup()
from maplebridge.incidents.pictures import clean_picture
def high():
    return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
given = sys.stdin.buffer.read()
before = high()
made = clean_picture(given, most_bytes=12 * 1024 * 1024)
print(made.width, made.height, high() - before)
"""
ORIENTATION, X_RESOLUTION = 0x0112, 0x011A


def raw(
    kind: str,
    size: tuple[int, int],
    mode: str = "RGB",
    *,
    turned: int = 0,
    in_passes: bool = False,
) -> bytes:
    exif = Image.Exif()
    if turned:
        exif[ORIENTATION] = turned
        exif[X_RESOLUTION] = 72.0
    out = io.BytesIO()
    more = {"progressive": True} if in_passes else {}
    Image.new(mode, size).save(out, kind, exif=exif.tobytes() if turned else b"", **more)
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
    "given",
    [
        raw("JPEG", (8_700, 6_000), "L"),
        raw("JPEG", (5_001, 5_000), "L", in_passes=True),
        raw("WEBP", (5_001, 5_000)),
    ],
    ids=["more than any phone", "in passes", "another kind"],
)
def test_what_cannot_be_decoded_small_has_the_lower_limit(given: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        clean_picture(given, most_bytes=MOST)
    assert refused.value.code == "picture.too_many_pixels"


@pytest.mark.parametrize(
    ("size", "made"), [((8_160, 6_144), (2_048, 1_542)), ((16_000, 3_100), (2_048, 397))]
)
def test_a_photo_of_fifty_megapixels_is_taken_and_never_decoded_whole(
    size: tuple[int, int], made: tuple[int, int]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURED],
        cwd=ROOT,
        input=raw("JPEG", size),
        capture_output=True,
        check=True,
    )
    width, height, kilobytes = (int(word) for word in done.stdout.split())
    assert (width, height) == made
    assert kilobytes < 100_000  # whole, it would take 150 MB and a copy


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
