"""Refusals, absences and breakdowns, as a page for people or a problem document for scripts."""

from __future__ import annotations

import json
import sys
import traceback
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import structlog
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseRedirectBase
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maplebridge.kernel import carrying
from maplebridge.kernel.actor import ActorKind, actor_of
from maplebridge.kernel.errors import BadInput, MapleError, Sentence, Unavailable
from maplebridge.shell import carried, context

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
    again: bool = False  # the same form may succeed later, as it stands


KEPT = gettext_lazy("What you typed is kept on this device and is still there when you go back.")
CARRIED = gettext_lazy("What you typed is kept on this page; nothing has to be typed again.")
RELOAD = gettext_lazy("Go back, load the page again and send it once more.")
DANGER = gettext_lazy("In danger do not wait: call 110, 119 or 120.")
ASK = gettext_lazy("If it happens again, tell the station the number at the bottom of this page.")


def refusal(request: HttpRequest, error: MapleError) -> HttpResponse:
    """A refusal by one of our own rules; a visitor without a post is sent to sign in."""
    if error.status == HTTPStatus.FORBIDDEN and actor_of(request).kind is ActorKind.RESIDENT:
        return _sign_in_first(request)
    hints: tuple[Sentence, ...] = (KEPT,) if request.method == "POST" else ()
    fields = {k: str(v) for k, v in error.fields.items()} if isinstance(error, BadInput) else {}
    trouble = Trouble(
        error.status,
        error.code,
        _title(error.status),
        error.sentence(),
        hints,
        again=error.status == HTTPStatus.SERVICE_UNAVAILABLE,
    )
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
        again=True,
    )


def signed_out(request: HttpRequest) -> HttpResponse:
    """The one whose form this is has to sign in; until then it waits where it is."""
    return answer(request, _signed_out())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from an old page, or from another site; what was typed stays in its page."""
    trouble = Trouble(
        HTTPStatus.FORBIDDEN,
        "csrf",
        _("This page was open for too long"),
        _("The form could not be checked as yours, so nothing was changed."),
        (KEPT, RELOAD, DANGER),
        again=True,
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
        again=True,
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
        again=True,
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
        again=True,
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


def upload_lost(request: HttpRequest) -> HttpResponse:
    """The disk had no room for a file of this form; the words were read, and wait for a yes."""
    error = Unavailable(
        "upload.disk", _("The picture could not be stored. You can send without it.")
    )
    return refusal(request, error)


def redirected(request: HttpRequest, response: HttpResponseRedirectBase) -> HttpResponse:
    """A redirect as it may go out: never one to the sign-in that leaves a form behind."""
    if request.method == "POST" and _leads_to_sign_in(request, response.url):
        return answer(request, _signed_out())
    return receipt(request, response) if DRAFT_HEADER in request.headers else response


def _leads_to_sign_in(request: HttpRequest, url: str) -> bool:
    """Whether somebody is sent to sign in because of what they asked, not by signing out."""
    parts = urlsplit(url)
    named = REDIRECT_FIELD_NAME in parse_qs(parts.query)
    return named and parts.path == settings.LOGIN_URL != request.path


def receipt(request: HttpRequest, response: HttpResponseRedirectBase) -> HttpResponse:
    """A redirect after a stored form, said so that the draft's script can tell it from others.

    A refusal that a view tells by a message is none: the script would forget what was typed.
    """
    if sentence := _told_refusal(request):
        return answer(request, Trouble(HTTPStatus.CONFLICT, "refused", _title(409), sentence))
    said = HttpResponse(status=HTTPStatus.NO_CONTENT)
    said[LOCATION_HEADER] = response.url
    said.cookies = response.cookies
    return said


def _told_refusal(request: HttpRequest) -> str:
    """The refusal that this request told by a message; taken away, for it is told here."""
    # Reading the messages by the front door would also use up those of earlier requests.
    queued: list[Any] = getattr(messages.get_messages(request), "_queued_messages", [])
    refused = [message for message in queued if message.level >= messages.WARNING]
    queued[:] = [message for message in queued if message not in refused]
    return " ".join(str(message) for message in refused)


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
    form = carried.carried(request) if KEPT in trouble.hints else None
    if form:
        others = (hint for hint in trouble.hints if hint not in (KEPT, RELOAD))
        trouble = replace(trouble, hints=(CARRIED, *others))
    values = {
        "trouble": trouble,
        "fields": fields,
        "carried": form,
        "token": carried.fresh_token(request) if form else "",
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
    hosts = carrying.host_of(request)
    if url_has_allowed_host_and_scheme(sent, hosts, require_https=request.is_secure()):
        parts = urlsplit(sent)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
    return request.path


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
