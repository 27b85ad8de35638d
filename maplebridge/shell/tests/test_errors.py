"""Refusals and breakdowns as people and scripts see them."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus

import pytest
import structlog
import structlog.testing
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.errors import BadInput, Conflict, MapleError, NotAllowed, NotFound
from maplebridge.shell.middleware import DatabaseAway, DomainErrors
from maplebridge.shell.web import errors

LIN = Actor(kind=ActorKind.PERSON, role="call_taker", post_id=1, account_id=1, label="Lin")


def ask(method: str = "get", path: str = "/desk/", **headers: str) -> HttpRequest:
    request: HttpRequest = getattr(RequestFactory(), method)(path, headers=headers)
    request.actor = LIN  # type: ignore[attr-defined] # what the actor middleware does
    request.request_id = "test-request-1"  # type: ignore[attr-defined]
    return request


def visitor(method: str = "get", path: str = "/desk/", **headers: str) -> HttpRequest:
    request = ask(method, path, **headers)
    del request.actor  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize(
    ("error", "status"),
    [(NotFound(), 404), (NotAllowed(), 403), (Conflict("taken"), 409), (BadInput(), 422)],
)
def test_a_refusal_becomes_a_page_with_its_sentence_and_code(
    error: MapleError, status: int
) -> None:
    response = errors.refusal(ask(), error)
    page = response.content.decode()
    assert response.status_code == status
    assert error.sentence() in page
    assert error.code in page
    assert "test-request-1" in page
    assert response["Cache-Control"] == "no-store"


def test_a_script_gets_a_problem_document() -> None:
    wrong = BadInput("intake.empty", fields={"narrative": "Please say what happened."})
    response = errors.refusal(ask("post", **{"X-Maplebridge-Draft": "1"}), wrong)
    problem = json.loads(response.content)
    assert response["Content-Type"] == "application/problem+json"
    assert (problem["status"], problem["code"]) == (422, "intake.empty")
    assert problem["fields"] == {"narrative": "Please say what happened."}


def test_a_visitor_is_sent_to_sign_in_and_comes_back() -> None:
    response = errors.refusal(visitor(path="/desk/?q=1"), NotAllowed())
    assert response.status_code == HTTPStatus.FOUND
    assert response["Location"] == "/signin/?next=%2Fdesk%2F%3Fq%3D1"


def test_signed_out_in_the_middle_of_a_form_keeps_the_words() -> None:
    sent = visitor("post", "/desk/7K429Q5MT/", referer="http://testserver/desk/7K429Q5MT/?tab=2")
    response = errors.refusal(sent, NotAllowed())
    page = response.content.decode()
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert str(errors.KEPT) in page
    assert "/signin/?next=%2Fdesk%2F7K429Q5MT%2F%3Ftab%3D2" in page


def test_an_old_form_token_keeps_the_words() -> None:
    page = errors.csrf_failure(ask("post")).content.decode()
    assert str(errors.KEPT) in page
    script = errors.csrf_failure(ask("post", **{"X-Maplebridge-Draft": "1"}))
    assert json.loads(script.content)["code"] == "csrf"


def test_another_site_is_never_where_back_leads() -> None:
    page = errors.csrf_failure(ask("post", referer="http://evil.example/x")).content.decode()
    assert "evil.example" not in page


def failing(error: Exception) -> Callable[[HttpRequest], HttpResponse]:
    """As Django runs a view inside the two middlewares."""

    def run(request: HttpRequest) -> HttpResponse:
        for middleware in (DomainErrors, DatabaseAway):
            answer = middleware(lambda _r: HttpResponse()).process_exception(request, error)
            if answer is not None:
                return answer
        raise error

    return run


def test_a_database_that_is_away_says_so_without_asking_it() -> None:
    response = failing(OperationalError("server closed the connection"))(ask("post"))
    page = response.content.decode()
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response["Retry-After"] == str(errors.DATABASE_RETRY)
    assert str(errors.KEPT) in page
    assert "data-retry" in page
    assert "server closed" not in page


def test_other_errors_are_left_to_the_last_page() -> None:
    with pytest.raises(ValueError, match="ours"):
        failing(ValueError("ours"))(ask())


def test_the_last_page_shows_nothing_of_the_error() -> None:
    request = ask("post")
    try:
        raise ValueError("phone 13800000000")
    except ValueError:
        response = errors.server_error(request)
    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "13800000000" not in response.content.decode()


def test_the_log_line_holds_no_message_and_no_path() -> None:
    with structlog.testing.capture_logs() as lines:
        try:
            raise ValueError("phone 13800000000")
        except ValueError:
            errors.server_error(ask("post", "/follow/7K429Q5MT/"))
    assert [line["error"] for line in lines] == ["ValueError"]
    assert "13800000000" not in str(lines)
    assert "7K429Q5MT" not in str(lines)


def test_a_draft_gets_a_receipt_instead_of_a_redirect() -> None:
    stored = DomainErrors(lambda _r: HttpResponseRedirect("/follow/7K429Q5MT/"))
    sent = stored(ask("post", "/", **{"X-Maplebridge-Draft": "1"}))
    assert sent.status_code == HTTPStatus.NO_CONTENT
    assert sent["X-Maplebridge-Location"] == "/follow/7K429Q5MT/"
    plain = stored(ask("post", "/"))
    assert plain.status_code == HTTPStatus.FOUND


def test_a_redirect_to_the_sign_in_page_is_no_receipt() -> None:
    away = DomainErrors(lambda _r: HttpResponseRedirect("/signin/?next=/desk/"))
    response = away(ask("post", "/desk/", **{"X-Maplebridge-Draft": "1"}))
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "X-Maplebridge-Location" not in response
