"""A full disk costs the picture, never the report."""

from __future__ import annotations

import io
import os
import random
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from tests.system.installation import Installation
from tests.system.visitor import Visitor, filled_form

pytestmark = pytest.mark.slow

SENTENCE = {
    "zh-CN": "图片没能保存。您可以先不带图片发送。",
    "en": "The picture could not be stored. You can send without it.",
}


def photo() -> bytes:
    """Noise, which no encoder makes small: about 400 KB."""
    pixels = random.Random(7).randbytes(640 * 480 * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (640, 480), pixels).save(out, "JPEG", quality=90)
    return out.getvalue()


@contextmanager
def no_room_in(folder: Path) -> Iterator[None]:
    """A disk of 64 KB where we may mount one; else a place where no file can be made."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    as_root = os.geteuid() == 0
    if as_root and not subprocess.run(mount, capture_output=True, check=False).returncode:
        try:
            yield
        finally:
            subprocess.run(["umount", str(folder)], check=True)
        return
    folder.rmdir()
    folder.write_text("a file where a folder is needed")
    yield
    folder.unlink()


def test_a_full_disk_costs_the_picture_and_never_the_report(house: Installation) -> None:
    count = house.database.count
    shot = {"picture": ("photo.jpg", photo(), "image/jpeg")}
    uploads = house.folder / "uploads"
    with no_room_in(uploads), house.serving() as server:
        for done, (language, sentence) in enumerate(SENTENCE.items()):
            form = filled_form()
            with Visitor(server.url, language=language) as person:
                answer = person.submit("/", form, files=shot)
                assert answer.status_code == 503
                assert sentence in answer.text
                assert count("SELECT count(*) FROM incidents_incident") == done
                assert count("SELECT count(*) FROM incidents_report") == done
                assert count("SELECT count(*) FROM incidents_attachment") == 0
                assert person.submit("/", form).status_code == 302
        assert count("SELECT count(*) FROM incidents_incident") == len(SENTENCE)
        assert count("SELECT count(*) FROM incidents_attachment") == 0


def test_a_picture_that_did_not_fit_leaves_no_half_file(house: Installation) -> None:
    uploads = house.folder / "uploads"
    with no_room_in(uploads), house.serving() as server, Visitor(server.url) as person:
        shot = {"picture": ("photo.jpg", photo(), "image/jpeg")}
        assert person.submit("/", filled_form(), files=shot).status_code == 503
        if uploads.is_file():
            pytest.skip("needs a disk that fills up, which only root can mount")
        assert [path for path in uploads.rglob("*") if path.is_file()] == []
