"""A bound on what one request may bring, checked before and while it is read.

Django counts words and leaves files alone: without this, anybody could fill the disk with one
request to the portal.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST_FILES = 4  # the pictures of one form


class TooMuch(RequestDataTooBig):
    """More than the largest form of ours; `errors.bad_request` says so in words."""


def most_bytes() -> int:
    """What all files of one request may have together."""
    return MOST_FILES * int(settings.MAPLEBRIDGE.upload_max_mb) * 1024 * 1024


class LimitedUpload(FileUploadHandler):
    """The first of the upload handlers: stops reading, keeps nothing itself."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.taken = 0  # bytes of all files so far

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Refuse by what the request says of itself; nothing was read yet."""
        if content_length > most_bytes() + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooMuch

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the chunk on, unless there were too many: what a request says may be wrong."""
        self.taken += len(raw_data)
        if self.taken > most_bytes():
            raise TooMuch
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """Another handler holds the file."""
        return None
