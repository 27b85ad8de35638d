"""The embedded server: the event stream natively, everything else in page threads.

One program and one port for a small station. A larger installation runs the two halves as
processes of their own (`maplebridge serve --pages`, `maplebridge serve --stream`).
"""

from __future__ import annotations

from typing import Any

from a2wsgi import WSGIMiddleware
from django.conf import settings

from maplebridge.config.wsgi import application as pages
from maplebridge.live.stream import stream_application

_pages = WSGIMiddleware(pages, workers=settings.MAPLEBRIDGE.threads)  # type: ignore[arg-type]


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan" or scope.get("path") == "/events":
        await stream_application(scope, receive, send)
    elif scope["type"] == "http":
        await _pages(scope, receive, send)
