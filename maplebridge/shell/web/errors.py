"""Refusals, absences and breakdowns, as a page for people or a problem document for scripts."""

from __future__ import annotations

import json
import sys
import traceback
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

import structlog
from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseRedirectBase
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maplebridge.kernel.actor import ActorKind, actor_of
from maplebridge.kernel.errors import BadInput, MapleError, Sentence
from maplebridge.shell import context

log = structlog.get_logger(__name__)

DRAFT_HEADER = "X-Maplebridge-Draft"
LOCATION_HEADER = "X-Maplebridge-Location"
PROBLEM = "application/problem+json"
DATABASE_RETRY = 5  # seconds


@dataclass(frozen=True, slots=True)
class Trouble:
    status: int
    code: str
    title: Sentence
    sentence: Sentence
    hints: tuple[Sentence, ...] = ()
    sign_in: bool = False
    retry_after: int = 0  # seconds
    bare: bool = False  # draw nothing that needs the database


KEPT = gettext_lazy("What you typed is kept on this device and is still there when you go back.")
DANGER = gettext_lazy("In danger do not wait: call 110, 119 or 120.")
ASK = gettext_lazy("If it happens again, tell the station the number at the bottom of this page.")


def refusal(request: HttpRequest, error: MapleError) -> HttpResponse:
    """A refusal by one of our own rules; a visitor without a post is sent to sign in."""
    if error.status == HTTPStatus.FORBIDDEN and actor_of(request).kind is ActorKind.RESIDENT:
        return _sign_in_first(request)
    hints: tuple[Sentence, ...] = (KEPT,) if request.method == "POST" else ()
    fields = {k: str(v) for k, v in error.fields.items()} if isinstance(error, BadInput) else {}
    trouble = Trouble(error.status, error.code, _title(error.status), error.sentence(), hints)
    return answer(request, trouble, fields)


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    if request.method in ("GET", "HEAD") and not wants_problem(request):
        return HttpResponseRedirect(sign_in_url(request.get_full_path()))
    return answer(request, _signed_out())


def _signed_out() -> Trouble:
    return Trouble(
        HTTPStatus.FORBIDDEN,
        "signed_out",
        _("You are not signed in"),
        _("Your shift's sign-in has ended, or this page was open for very long."),
        (KEPT,),
        sign_in=True,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from an old page, or from another site; what was typed stays in its page."""
    trouble = Trouble(
        HTTPStatus.FORBIDDEN,
        "csrf",
        _("This page was open for too long"),
        _("The form could not be checked as yours, so nothing was changed."),
        (KEPT, _("Go back, load the page again and send it once more."), DANGER),
    )
    return answer(request, trouble)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_much(request)
    trouble = Trouble(
        HTTPStatus.BAD_REQUEST, "bad_request", _title(400), _("The request could not be read.")
    )
    return answer(request, trouble)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if actor_of(request).kind is ActorKind.RESIDENT:
        return _sign_in_first(request)
    sentence = _("Your post does not open this page.")
    return answer(request, Trouble(HTTPStatus.FORBIDDEN, "not_allowed", _title(403), sentence))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = _("There is nothing at this address, or it is not open to you.")
    hints: tuple[Sentence, ...] = (_("Check the code: nine letters and figures."),)
    trouble = Trouble(HTTPStatus.NOT_FOUND, "not_found", _title(404), sentence, hints)
    return answer(request, trouble)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our own mistake. A database that is away shows here too, when a middleware met it first."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        return database_away(request, error)
    if error is not None:
        _note("page failed", request, error)
    trouble = Trouble(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal",
        _("Something broke on our side"),
        _("It is not your fault, and we have a note of it."),
        (KEPT, ASK, DANGER),
        bare=True,
    )
    return answer(request, trouble)


def database_away(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The database does not answer: keep what was typed, try again by itself."""
    _note("database away", request, error)
    trouble = Trouble(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "database_away",
        _("The records cannot be reached right now"),
        _("Nothing was lost. Please try again in a few seconds."),
        (KEPT, DANGER),
        retry_after=DATABASE_RETRY,
        bare=True,
    )
    return answer(request, trouble)


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    trouble = Trouble(
        HTTPStatus.TOO_MANY_REQUESTS,
        "too_many",
        _("Too many at once"),
        _("Very many messages came from your connection. Please try again in a minute."),
        (KEPT, DANGER),
        retry_after=wait,
        bare=True,
    )
    return answer(request, trouble)


def too_much(request: HttpRequest) -> HttpResponse:
    """More than any form of ours sends; it was not read to its end."""
    said = _(
        "A picture may have {mb} MB, and four fit into one message. Send fewer or smaller ones."
    )
    trouble = Trouble(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "upload.too_much",
        _("That is too large to be sent"),
        said.format(mb=settings.MAPLEBRIDGE.upload_max_mb),
        (KEPT, DANGER),
        bare=True,
    )
    return answer(request, trouble)


def receipt(request: HttpRequest, response: HttpResponseRedirectBase) -> HttpResponse:
    """A redirect after a stored form, said so that a script can tell it from being signed out."""
    if urlsplit(response.url).path == settings.LOGIN_URL and request.path != settings.LOGIN_URL:
        return answer(request, _signed_out())
    said = HttpResponse(status=HTTPStatus.NO_CONTENT)
    said[LOCATION_HEADER] = response.url
    said.cookies = response.cookies
    return said


def answer(
    request: HttpRequest, trouble: Trouble, fields: dict[str, str] | None = None
) -> HttpResponse:
    """The trouble in the form the caller reads."""
    if wants_problem(request):
        response = _problem(request, trouble, fields or {})
    else:
        response = HttpResponse(_page(request, trouble, fields or {}), status=trouble.status)
    if trouble.retry_after:
        response["Retry-After"] = str(trouble.retry_after)
    response["Cache-Control"] = "no-store"
    return response


def wants_problem(request: HttpRequest) -> bool:
    if DRAFT_HEADER in request.headers or "HX-Request" in request.headers:
        return True
    accepts = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or ("json" in accepts and "html" not in accepts)


def sign_in_url(after: str) -> str:
    return f"{settings.LOGIN_URL}?{urlencode({'next': after})}"


def _problem(request: HttpRequest, trouble: Trouble, fields: dict[str, str]) -> HttpResponse:
    body = {
        "type": "about:blank",
        "title": str(trouble.title),
        "status": int(trouble.status),
        "detail": str(trouble.sentence),
        "code": trouble.code,
        "request_id": _request_id(request),
    }
    if fields:
        body["fields"] = fields
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text, status=trouble.status, content_type=PROBLEM)


def _page(request: HttpRequest, trouble: Trouble, fields: dict[str, str]) -> str:
    back = _back(request)
    values = {
        "trouble": trouble,
        "fields": fields,
        "request_id": _request_id(request),
        "back": back,
        "leads_back": bool(trouble.retry_after) or back != request.path,
        "sign_in": sign_in_url(back),
    }
    if trouble.bare:
        return render_to_string("shell/error.html", values | {"frame": context.bare(request)})
    return render_to_string("shell/error.html", values, request=request)


def _back(request: HttpRequest) -> str:
    """Where the form was: the page that sent us here if it is ours, else the address itself."""
    sent = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(sent, _hosts(request), require_https=request.is_secure()):
        parts = urlsplit(sent)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
    return request.path


def _hosts(request: HttpRequest) -> set[str]:
    try:
        return {request.get_host()}
    except DisallowedHost:  # this may be the very error that is being shown
        return set()


def _title(status: int) -> str:
    titles: dict[int, str] = {
        400: _("That could not be read"),
        403: _("This is not open to you"),
        404: _("Nothing here"),
        409: _("That is not possible any more"),
        422: _("Something needs correcting"),
        503: _("Not available right now"),
    }
    return titles.get(status, _("That did not work"))


def _request_id(request: HttpRequest) -> str:
    return str(getattr(request, "request_id", ""))


def _note(event: str, request: HttpRequest, error: BaseException) -> None:
    """Log where it broke, never the message: databases quote values in theirs."""
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    match = getattr(request, "resolver_match", None)
    log.error(
        event,
        route=getattr(match, "route", ""),  # not the path: it may hold somebody's code
        method=request.method,
        error=type(error).__name__,
        trace=[f"{f.filename.rpartition('maplebridge/')[2]}:{f.lineno} {f.name}" for f in frames],
    )
