"""No page that refuses a form prints a password of it: every form, every refusal."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from django import forms
from django.core.cache import cache
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

import maplebridge
from maplebridge.kernel.carrying import takes_secrets, waiting
from maplebridge.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Unavailable
from maplebridge.shell.web import errors

OURS = {"origin": "http://testserver"}
SECRET = "under the maple 1 月"
PAGES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "csrf": errors.csrf_failure,
    "too many": lambda request: errors.too_many(request, 5),
    "too much": errors.too_much,
    "broken": errors.server_error,
    "database": lambda request: errors.database_away(request, OperationalError("gone")),
    "no room": errors.upload_lost,
    "unreadable": lambda request: errors.bad_request(request, ValueError("x")),
    "signed out": lambda request: errors.refusal(request, NotAllowed("x")),
    "not found": lambda request: errors.refusal(request, NotFound("x")),
    "too late": lambda request: errors.refusal(request, Conflict("x")),
    "not now": lambda request: errors.refusal(request, Unavailable("x")),
    "to correct": lambda request: errors.refusal(request, BadInput("x")),
}


def _forms() -> list[type[forms.Form]]:
    """Every form of ours that asks for a password."""
    for module in pkgutil.walk_packages(maplebridge.__path__, "maplebridge."):
        if ".web" in module.name or module.name.rpartition(".")[2].startswith("forms"):
            import_module(module.name)
    found, left = [], [forms.Form]
    while left:
        left += (kind := left.pop()).__subclasses__()
        if kind.__module__.startswith("maplebridge.") and _secrets(kind):
            found.append(kind)
    return found


def _secrets(kind: type[forms.Form]) -> list[str]:
    fields: dict[str, forms.Field] = kind.base_fields
    return [n for n, field in fields.items() if isinstance(field.widget, forms.PasswordInput)]


def _views(resolver: Any = None, before: str = "/") -> Iterator[tuple[str, Any]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _views(pattern, path)
        elif isinstance(pattern, URLPattern):
            yield path, pattern.callback


def _taking(kind: type[forms.Form]) -> list[tuple[str, Any]]:
    """Addresses whose view names the form, with the view."""
    found = []
    for path, view in _views():
        code = getattr(inspect.unwrap(view), "__code__", None)
        if code and kind.__name__ in code.co_names:
            found.append((path, view))
    return found


CASES = [
    (path, view, name)
    for kind in _forms()
    for path, view in _taking(kind)
    for name in _secrets(kind)
    if path != "/signin/again/"  # shows the empty form; what it is sent, it hands on or drops
]


def test_every_form_with_a_password_is_found_at_its_address() -> None:
    assert {(path, name) for path, _view, name in CASES} >= {
        ("/signin/", "password"), ("/password/", "old"), ("/password/", "new"),
        ("/password/", "again"),
    }  # fmt: skip
    assert all(_taking(kind) for kind in _forms())


def test_every_view_that_takes_one_is_marked() -> None:
    assert [path for path, view, _name in CASES if not takes_secrets(view)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("path", "name"), sorted({(path, name) for path, _v, name in CASES}))
def test_no_refusal_prints_it(path: str, name: str, page: str) -> None:
    request = RequestFactory().post(path, {name: SECRET, "words": "还有 别的"}, headers=OURS)
    answer = PAGES[page](request)
    assert answer.status_code >= 400
    assert SECRET not in answer.content.decode()


def test_a_marked_view_is_skipped_wherever_it_lies() -> None:
    """The list of addresses is not what keeps a password in: the mark does."""
    assert waiting("/password/", [("old", SECRET)], files=False) is None
    request = RequestFactory().post("/desk/x/", {"old": SECRET}, headers=OURS)
    request.sensitive_post_parameters = ("old",)  # type: ignore[attr-defined]
    assert SECRET not in errors.server_error(request).content.decode()


@pytest.mark.django_db
def test_the_door_of_the_password_page_says_none_of_it() -> None:
    cache.clear()
    browser = Client(enforce_csrf_checks=True, headers=OURS)
    for _time in range(40):
        answer = browser.post("/password/", {"old": SECRET, "new": SECRET, "again": SECRET})
        assert SECRET not in answer.content.decode()
    assert answer.status_code in {403, 429}
    cache.clear()
