"""What somebody typed, carried by the page that could not take it: nothing is typed twice.

With scripts a draft does this. Without them the words would stand only in the form before, which
a browser may have forgotten; so the page holds them in a form of its own.

The danger is a form that another site filled in: pressed here, it would be sent as ours. So only
what came from our own pages is carried. What may never be carried, `kernel.carrying` says.
"""

from __future__ import annotations

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.utils.datastructures import MultiValueDict

from maplebridge.kernel.carrying import Carried, handed_on, is_ours, waiting
from maplebridge.shell import uploads

MOST_UNREAD = 16 * 1024 * 1024  # bytes of a request that was refused before it was read
_UNREADABLE = (
    UnreadablePostError,  # the browser has gone
    RawPostDataException,
    MultiPartParserError,
    BadRequest,
    SuspiciousOperation,  # far too large, or far too many fields
    OSError,
    ValueError,  # a length that is none
)


def carried(request: HttpRequest) -> Carried | None:
    """The form that was sent; None when there is none, or none that may be carried."""
    if request.method != "POST" or not is_ours(request):
        return None
    if hasattr(request, "sensitive_post_parameters"):  # set by the view that takes the secret
        return handed_on(request)
    sent = _read(request)
    if sent is None:
        return None
    fields = ((name, value) for name, values in sent.lists() for value in values)
    form = waiting(request.get_full_path(), fields, uploads.had_files(request))
    # A sign-in that failed is no form to be sent again, but the one it was to hand on is.
    return form or handed_on(request)


def fresh_token(request: HttpRequest) -> str:
    """A token for the cookie this browser has, also before the check for it has run."""
    if "CSRF_COOKIE" not in request.META:
        CsrfViewMiddleware(lambda _r: HttpResponse()).process_request(request)
    return get_token(request)


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
