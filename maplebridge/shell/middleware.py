"""What happens around every request: an id, headers, the journal cursor, refusals as pages."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import structlog
from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import HttpResponseRedirectBase
from django.middleware.gzip import GZipMiddleware
from django.utils.module_loading import import_string

from maplebridge.kernel import journal
from maplebridge.kernel.errors import MapleError
from maplebridge.shell import context, uploads
from maplebridge.shell.ratelimit import RateLimit
from maplebridge.shell.web import errors

GetResponse = Callable[[HttpRequest], HttpResponseBase]

ID_HEADER = "X-Request-ID"
_GIVEN_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")


@lru_cache(maxsize=4)
def policy(*hosts: str) -> str:
    """Only our own files, and pictures from the hosts of a map service that was chosen."""
    more = "".join(f" {host}" for host in hosts)
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' data: blob:{more}",
            "font-src 'self'",
            f"connect-src 'self'{more}",
            "worker-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


POLICY = policy()
PERMISSIONS = "geolocation=(self), camera=(self), microphone=(self), payment=(), usb=()"

API_PATH = "/api/"
PACKED = ("text/", "application/json", "application/problem+json", "application/geo+json")
LIVE_PATHS = ("/desk", "/field", "/wall", "/follow")


class RequestId:
    """One id a request, in its log lines and its answer, so that a complaint finds its trace."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(ID_HEADER, "")
        name = given if _GIVEN_ID.match(given) else uuid.uuid4().hex
        request.request_id = name  # type: ignore[attr-defined] # read by error pages
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=name)
        response = self.get_response(request)
        response[ID_HEADER] = name
        return response


class PagesOnly:
    """Runs `PAGE_MIDDLEWARE` around pages and leaves it out for the API, hooks included.

    The API's own limit stands in for it there: sessions, cookies, forms and messages are no
    business of a program that shows a token.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.api = RateLimit(get_response)
        self.inner: list[Any] = []
        chain: Any = get_response
        for name in reversed(settings.PAGE_MIDDLEWARE):
            part = import_string(name)(chain)
            self.inner.insert(0, part)
            chain = convert_exception_to_response(part)
        self.pages = chain

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._program(request) if is_api(request) else self.pages(request)

    def _program(self, request: HttpRequest) -> HttpResponseBase:
        """What `CommonMiddleware` and the frame options do for a page and a program needs too."""
        request.get_host()  # refuses a host that is not ours
        answer = self.api(request)
        if not answer.streaming and not answer.has_header("Content-Length"):
            answer["Content-Length"] = str(len(answer.content))  # type: ignore[attr-defined]
        answer.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        return answer

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        return self._first("process_view", self.inner, request, *view)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        return self._first("process_exception", self.inner[::-1], request, error)

    @staticmethod
    def _first(
        hook: str, parts: Sequence[Any], request: HttpRequest, *given: Any
    ) -> HttpResponseBase | None:
        """The first answer of a part that has this hook, as Django asks them."""
        if is_api(request):
            return None
        for part in parts:
            asked = getattr(part, hook, None)
            if asked is not None and (answer := asked(request, *given)) is not None:
                return answer  # type: ignore[no-any-return]  # parts are middleware of Django's
        return None


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith(API_PATH)


class DatabaseAway:
    """A page that keeps what was typed when the database does not answer.

    Catches what a view raises. What a middleware raises reaches `errors.server_error`, which
    shows the same page.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if settings.DEBUG or not isinstance(error, OperationalError | InterfaceError):
            return None
        return errors.database_away(request, error)


class ContentPolicy:
    """Only our own files: no inline script or style, no other host, no frame around us."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        tiles = settings.MAPLEBRIDGE.tiles
        said = policy(*tiles.hosts) if tiles else POLICY
        response.headers.setdefault("Content-Security-Policy", said)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


class Smaller(GZipMiddleware):
    """Pages and lists travel packed. Pictures are packed already, and streams must not wait.

    Django adds random bytes to each, so that their length does not give a secret in them away.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or not kind.startswith(PACKED):
            return response
        return super().process_response(request, response)


class JournalHead:
    """Reads the cursor before a live page reads its rows.

    Read afterwards, an entry recorded in between would be in neither the page nor the stream.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "GET" and request.path.startswith(LIVE_PATHS):
            request.journal_head = journal.head()  # type: ignore[attr-defined] # read by {% live %}
        return self.get_response(request)


class DomainErrors:
    """Refusals become pages or problem documents; redirects become receipts for the draft script.

    A script that follows a redirect would load the next page twice and eat its messages, and it
    could not tell the sign-in page from success. So it is told where to go instead.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseRedirectBase):
            return errors.redirected(request, response)
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """A picture that found no room is told; a report without it is never stored unasked.

        And words that waited on a device are stored as nobody else's than whose they are.
        """
        if context.somebody_else(request):
            return errors.signed_out(request)
        return errors.upload_lost(request) if uploads.lost(request) else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, MapleError):
            return None
        return errors.refusal(request, error)
