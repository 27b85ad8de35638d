"""A bound on what one request may bring, checked before and while it is read.

Django counts words and leaves files alone: without this, anybody could fill the disk with one
request to the portal.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    SkipFile,
    TemporaryFileUploadHandler,
)
from django.http import HttpRequest

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


class SpooledUpload(TemporaryFileUploadHandler):
    """The last of the handlers: a disk without room costs the file, and the words are read on.

    An error raised here would end the reading, and with it all the words that stand behind the
    picture. So the file is dropped, the request remembers it, and `DomainErrors` refuses.
    """

    request: HttpRequest
    file: TemporaryUploadedFile

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Make the temporary file; a full disk may have no room for its name."""
        try:
            super().new_file(*args, **kwargs)
        except OSError:
            self._drop()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write on, unless an earlier chunk found no room."""
        if hasattr(self, "file"):
            try:
                self.file.write(raw_data)
            except OSError:
                self._drop()
        return None

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """The file; what was still buffered may be what does not fit."""
        if not hasattr(self, "file"):
            return None
        try:
            return super().file_complete(file_size)
        except OSError:
            self._drop()
            return None

    def _drop(self) -> None:
        self.request.upload_lost = True  # type: ignore[attr-defined] # read by `lost`
        with suppress(AttributeError, OSError):  # closing writes what is buffered, and fails again
            self.file.close()
        self.__dict__.pop("file", None)  # Django would close it once more


class WithoutFiles(FileUploadHandler):
    """For a request that was refused before it was read: its words are wanted, no file of it."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Read on behind the file."""
        self.request.upload_dropped = True  # type: ignore[union-attr] # read by `had_files`
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Nothing comes here."""
        return None

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """No file."""
        return None


def had_files(request: HttpRequest) -> bool:
    """Whether files came with this form; for one that was read."""
    if hasattr(request, "upload_lost") or hasattr(request, "upload_dropped"):
        return True
    return any(file.size for _name, files in request.FILES.lists() for file in files)


def lost(request: HttpRequest) -> bool:
    """Whether a file of this form found no room; reads the form if nobody did so far."""
    if request.method == "POST" and request.content_type == "multipart/form-data":
        _ = request.FILES
    return bool(getattr(request, "upload_lost", False))
