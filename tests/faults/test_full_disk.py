"""A full disk costs the picture, never the report."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from tests.system.disk import no_room_in
from tests.system.forms import values_of
from tests.system.installation import Installation
from tests.system.visitor import Visitor, filled_form

pytestmark = pytest.mark.slow

SENTENCE = {
    "zh-CN": "图片没能保存。您可以先不带图片发送。",
    "en": "The picture could not be stored. You can send without it.",
}


def photo(width: int = 640, height: int = 480) -> bytes:
    """Noise, which no encoder makes small: about 400 KB, read in memory."""
    pixels = random.Random(7).randbytes(width * height * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (width, height), pixels).save(out, "JPEG", quality=90)
    return out.getvalue()


def phone_photo() -> bytes:
    """About 5 MB, as a phone sends it: more than is read in memory."""
    made = photo(2800, 2000)
    assert 4_500_000 < len(made) < 7_000_000
    return made


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


def test_a_large_photo_that_finds_no_room_while_it_is_read_costs_only_itself(
    house: Installation,
) -> None:
    """More than two megabytes wait in the folder for temporary files until they are checked."""
    count = house.database.count
    shot = {"picture": ("photo.jpg", phone_photo(), "image/jpeg")}
    spool = house.folder / "spool"
    with no_room_in(spool), house.serving(TMPDIR=str(spool)) as server:
        if spool.is_file():
            pytest.skip("needs a disk that fills up, which only root can mount")
        for done, (language, sentence) in enumerate(SENTENCE.items()):
            form = filled_form()
            with Visitor(server.url, language=language) as person:
                answer = person.submit("/", form, files=shot)
                assert (answer.status_code, sentence in answer.text) == (503, True)
                assert count("SELECT count(*) FROM incidents_incident") == done
                words = values_of(answer.text, "/")
                assert words["narrative"] == [form["narrative"]]
                again = person.post("/", words)
                assert again.status_code == 302, again.text
        assert count("SELECT count(*) FROM incidents_incident") == len(SENTENCE)
        assert count("SELECT count(*) FROM incidents_attachment") == 0
        assert [path for path in spool.rglob("*") if path.is_file()] == []
