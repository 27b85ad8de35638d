"""The typed API: `/api/v1/`, its documentation at `/api/v1/docs`, refusals as problem documents."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from maplebridge import __version__
from maplebridge.exchange.api import Client, client_of
from maplebridge.incidents.rest.routes import router as incidents_router
from maplebridge.kernel.errors import BadInput, MapleError


class ClientToken(HttpBearer):
    """`Authorization: Bearer <token>`; tokens come from `maplebridge client issue`."""

    def authenticate(self, request: HttpRequest, token: str) -> Client | None:
        return client_of(token)


api = NinjaAPI(
    title="Maplebridge",
    version=__version__,
    description="Report once, follow by code. Every refusal is a problem document (RFC 9457).",
    auth=ClientToken(),
    urls_namespace="api-v1",
)
api.add_router("", incidents_router)


def _problem(
    request: HttpRequest, status: int, code: str, title: str, fields: dict[str, str]
) -> HttpResponse:
    body = {"type": "about:blank", "title": title, "status": status, "code": code, "fields": fields}
    answer = api.create_response(request, body, status=status)
    answer["Content-Type"] = "application/problem+json; charset=utf-8"
    return answer


@api.exception_handler(MapleError)
def _refusal(request: HttpRequest, error: MapleError) -> HttpResponse:
    fields = {k: str(v) for k, v in error.fields.items()} if isinstance(error, BadInput) else {}
    return _problem(request, error.status, error.code, error.sentence(), fields)


@api.exception_handler(ValidationError)
def _malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = {".".join(str(p) for p in e["loc"][1:]): str(e["msg"]) for e in error.errors}
    return _problem(request, 422, "request.malformed", "The request does not fit.", fields)


@api.exception_handler(AuthenticationError)
def _unknown_client(request: HttpRequest, _error: Any) -> HttpResponse:
    return _problem(request, 401, "client.unknown", "The token is missing or not known.", {})


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the frame itself refuses: a body that is no JSON."""
    title = "The request could not be read."
    return _problem(request, error.status_code, "request.unreadable", title, {})
