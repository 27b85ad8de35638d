"""Nobody fills the disk by one request: what is far too large is not read to its end."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory

from maplebridge.shell.uploads import LimitedUpload, TooMuch
from maplebridge.shell.web import errors

MB = 1024 * 1024


@pytest.fixture(autouse=True)
def one_megabyte(settings: Any, db: None) -> Iterator[None]:
    settings.MAPLEBRIDGE = replace(settings.MAPLEBRIDGE, upload_max_mb=1)
    cache.clear()
    yield
    cache.clear()


def file_of(size: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("photo.jpg", b"x" * size, content_type="image/jpeg")


class Counting(io.BytesIO):
    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        got = super().read(size)
        self.taken += len(got)
        return got


def test_more_than_four_pictures_of_the_largest_size_are_refused_in_words() -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    client.get("/")  # without its cookie a form is refused before it is read at all
    answer = client.post("/", {"narrative": "路灯不亮", "picture": file_of(7 * MB)})
    assert answer.status_code == 413
    page = answer.content.decode()
    assert str(errors.KEPT) in page or "is kept on this device" in page
    assert "1 MB" in page


def test_a_script_reads_it_as_a_problem_document() -> None:
    answer = Client().post("/", {"picture": file_of(7 * MB)}, headers={errors.DRAFT_HEADER: "1"})
    assert (answer.status_code, answer.json()["code"]) == (413, "upload.too_much")


def test_nothing_is_read_of_a_request_that_says_it_is_too_large() -> None:
    made = RequestFactory().post("/", {"picture": file_of(7 * MB)})
    body = Counting(made.environ["wsgi.input"].read())
    request = WSGIRequest({**made.environ, "wsgi.input": body})
    with pytest.raises(TooMuch):
        _ = request.POST
    assert body.taken == 0


def test_a_request_that_grows_beyond_what_it_said_is_cut() -> None:
    handler = LimitedUpload()
    handler.handle_raw_input(io.BytesIO(), {}, 100, "", None)
    handler.new_file("picture", "photo.jpg", "image/jpeg", None)
    with pytest.raises(TooMuch):
        for at in range(6):
            handler.receive_data_chunk(b"x" * MB, at * MB)
    assert at == 4


def test_what_fits_goes_on_to_the_form() -> None:
    request = RequestFactory().post("/", {"picture": [file_of(MB) for _ in range(4)]})
    files = request.FILES.getlist("picture")
    assert [file.size for file in files] == [MB] * 4
    request.close()  # they lie in the folder for temporary files


def test_too_many_words_without_a_file_get_the_same_page() -> None:
    answer = Client().post("/", {"narrative": "x" * (3 * MB)})
    assert answer.status_code == 413


def test_the_handler_is_the_first() -> None:
    assert django_settings.FILE_UPLOAD_HANDLERS[0] == "maplebridge.shell.uploads.LimitedUpload"
