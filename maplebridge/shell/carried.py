"""What somebody typed, carried by the page that could not take it: nothing is typed twice.

With scripts a draft does this. Without them the words would stand only in the form before, which
a browser may have forgotten; so the page holds them in a form of its own.

The danger is a form that another site filled in: pressed here, it would be sent as ours. So only
what came from our own pages is carried.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest, DisallowedHost, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.utils.datastructures import MultiValueDict

from maplebridge.shell import uploads

MOST_CHARS = 60_000  # of all names and values; the longest report has a sixth of it
MOST_FIELDS = 400
MOST_UNREAD = 16 * 1024 * 1024  # bytes of a request that was refused before it was read
NEVER = ("/signin/", "/signout/", "/language/", "/text/", "/api/")
_SECRET = re.compile(r"password|token|secret", re.IGNORECASE)
_MACHINE = re.compile(r"[!-~]*")  # codes, keys, numbers: nothing that reads as words
_UNREADABLE = (
    UnreadablePostError,  # the browser has gone
    RawPostDataException,
    MultiPartParserError,
    BadRequest,
    SuspiciousOperation,  # far too large, or far too many fields
    OSError,
    ValueError,  # a length that is none
)


@dataclass(frozen=True, slots=True)
class Carried:
    action: str  # path on this server
    fields: tuple[tuple[str, str], ...]
    words: tuple[str, ...]  # those of the values that a person reads
    token: str
    files: bool  # some were sent, and are not here


def carried(request: HttpRequest) -> Carried | None:
    """The form that was sent; None when there is none, or none that may be carried."""
    if request.method != "POST" or request.path.startswith(NEVER) or not _is_ours(request):
        return None
    sent = _read(request)
    if sent is None:
        return None
    fields = tuple((n, v) for n, vs in sent.lists() for v in vs if not _SECRET.search(n))
    if not fields or len(fields) > MOST_FIELDS:
        return None
    if sum(len(name) + len(value) for name, value in fields) > MOST_CHARS:
        return None  # half of a form would be worse than none
    return Carried(
        action=request.get_full_path(),
        fields=fields,
        words=tuple(v for _name, v in fields if v.strip() and not _MACHINE.fullmatch(v)),
        token=_token(request),
        files=uploads.had_files(request),
    )


def host_of(request: HttpRequest) -> set[str]:
    """Our own name in this request, as a set; empty when the name is what is wrong."""
    try:
        return {request.get_host()}
    except DisallowedHost:
        return set()


def _is_ours(request: HttpRequest) -> bool:
    """Whether a page of ours sent this: by its origin, else by its address."""
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    parts = urlsplit(said)
    return parts.scheme in {"http", "https"} and parts.netloc in host_of(request)


def _read(request: HttpRequest) -> MultiValueDict[str, str] | None:
    """The fields; of a form that nobody read so far only the words, never a file."""
    try:
        if not hasattr(request, "_files"):
            if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_UNREAD:
                return None
            request.upload_handlers = [uploads.WithoutFiles(request)]
        return request.POST
    except _UNREADABLE:
        return None


def _token(request: HttpRequest) -> str:
    """A fresh token for the cookie this browser has, also before the check for it has run."""
    if "CSRF_COOKIE" not in request.META:
        CsrfViewMiddleware(lambda _r: HttpResponse()).process_request(request)
    return get_token(request)
