"""The typed API: tokens, once only, refusals as problem documents."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maplebridge.exchange.api import forget_clients, issue_client, revoke_client
from maplebridge.incidents.models import Incident, Report
from maplebridge.incidents.tests import given
from maplebridge.kernel.actor import SYSTEM
from maplebridge.kernel.capabilities import capabilities

pytestmark = pytest.mark.django_db
ADMIN = SYSTEM("test")


@pytest.fixture
def token(db: None) -> str:
    given.city()
    forget_clients()  # ids of another test's rows
    return issue_client("hotline", may_report=True, may_follow=True, actor=ADMIN)


def post(body: object, token: str) -> tuple[int, dict[str, object]]:
    answer = Client().post(
        "/api/v1/reports", json.dumps(body), "application/json",
        headers={"Authorization": f"Bearer {token}"},
    )  # fmt: skip
    return answer.status_code, answer.json()


REPORT = {"key": "12345-001", "narrative": "路灯不亮", "point": {"lon": 120.5475, "lat": 27.5822}}


def test_a_report_is_taken_once_and_can_be_followed(token: str) -> None:
    status, first = post(REPORT, token)
    assert status == 201
    status, again = post(REPORT, token)
    assert (status, again["code"], again["repeated"]) == (200, first["code"], True)
    progress = Client().get(
        f"/api/v1/reports/{first['code']}", headers={"Authorization": f"Bearer {token}"}
    )
    assert progress.json()["state"] == "received"
    assert "路灯" not in progress.content.decode()


def test_frames_are_converted_at_the_edge(token: str) -> None:
    status, _body = post(
        {
            **REPORT,
            "key": "gcj-00001",
            "point": {"lon": 120.5523, "lat": 27.5795, "frame": "gcj02"},
        },
        token,
    )
    assert status == 201
    incident = Incident.objects.get()
    assert incident.lon is not None
    assert abs(incident.lon - 120.5523) > 0.003


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"narrative": "  "}, 422, "incident.empty"),
        ({"narrative": "水" * 10_001}, 422, "incident.too_long"),
        ({"key": "x"}, 422, "request.malformed"),
        ({"point": {"lon": 999, "lat": 0}}, 422, "request.malformed"),
        ({"reported_at": "2999-01-01T00:00:00Z"}, 422, "time.future"),
        ({"channel": "telepathy"}, 422, "request.malformed"),
    ],
)
def test_refusals_are_problem_documents(
    token: str, change: dict[str, object], status: int, code: str
) -> None:
    got, body = post({**REPORT, **change}, token)
    assert (got, body["code"], body["status"]) == (status, code, status)
    assert body["title"]
    assert not Incident.objects.exists()


def test_without_a_right_token_nothing_is_taken(token: str) -> None:
    assert post(REPORT, "wrong")[0] == 401
    revoke_client("hotline", actor=ADMIN)
    assert post(REPORT, token)[0] == 401
    reader = issue_client("reader", may_report=False, may_follow=True, actor=ADMIN)
    status, body = post(REPORT, reader)
    assert (status, body["code"]) == (403, "client.may_report")


def test_the_api_describes_itself(db: None) -> None:
    schema = Client().get("/api/v1/openapi.json").json()
    assert "/api/v1/reports" in schema["paths"]
    assert Client().get("/api/v1/docs").status_code == 200


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"", b'{"key": NaN', b"[" * 5_000])
def test_unreadable_json_is_a_problem_document(token: str, body: bytes) -> None:
    answer = Client().post(
        "/api/v1/reports", body, "application/json", headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer.json()["code"] in {"request.unreadable", "request.malformed"}


def test_what_no_database_holds_falls_out_of_the_fields(token: str) -> None:
    odd = {"source_ref": "a\x00b", "language": "z\x00h", "place_words": "东\x00门"}
    contact = {"name": "陈\x00禾", "phone": "138\x0012345678"}
    status, _body = post({**REPORT, **odd, "contact": contact}, token)
    assert status == 201
    report = Incident.objects.get().reports.get()
    assert (report.source_ref, report.language) == ("ab", "zh")
    assert report.incident.place_words == "东门"


def test_a_call_comes_with_its_clocks_and_those_that_cannot_be_are_named(token: str) -> None:
    call = {
        "key": "call-0001", "narrative": "有人摔倒了", "channel": "phone",
        "reported_at": "2026-07-14T09:00:00+08:00", "answered_at": "2026-07-14T09:00:08+08:00",
        "call_ended_at": "2026-07-14T09:01:40+08:00",
    }  # fmt: skip
    assert post(call, token)[0] == 201
    row = Report.objects.get()
    assert row.answered_at is not None and row.call_ended_at is not None
    assert (row.call_ended_at - row.answered_at).total_seconds() == 92
    late = {**call, "key": "call-0002", "answered_at": "2026-07-14T08:59:00+08:00"}
    status, problem = post(late, token)
    assert status == 422 and "answered_at" in problem["fields"]  # type: ignore[operator]


def test_a_program_with_a_token_gets_no_session_and_every_safeguard_of_an_answer(
    token: str,
) -> None:
    client = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {token}"})
    answer = client.post("/api/v1/reports", json.dumps(REPORT), "application/json")
    assert answer.status_code == 201
    assert not answer.cookies, "no session, no language, no token for forms"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["X-Request-ID"]
    assert answer["X-Frame-Options"] == "DENY" and answer["Content-Length"]
    lost = client.get("/api/v1/nothing-here")
    assert lost.status_code == 404 and "frame-ancestors" in lost["Content-Security-Policy"]


@pytest.mark.django_db(transaction=True)
def test_a_report_over_http_costs_one_commit_and_three_round_trips_at_most(token: str) -> None:
    """SQLite writes the same rows one by one, in one transaction too."""
    post(REPORT, token)  # the places and the client are in memory from here on
    with CaptureQueriesContext(connection) as asked:
        assert post({**REPORT, "key": "12345-002"}, token)[0] == 201
    said = [q["sql"] or "PREPARED INSERT" for q in asked]  # a prepared one has no text to show
    if capabilities().writable_ctes:
        assert len(said) <= 3, said  # at times the version of the places and the client again
        assert sum("INSERT" in sql for sql in said) == 1
    else:
        assert said.count("BEGIN IMMEDIATE") == said.count("COMMIT") == 1, said


def test_a_host_that_is_not_ours_is_refused(token: str) -> None:
    stranger = Client(headers={"Authorization": f"Bearer {token}", "host": "evil.example"})
    answer = stranger.post("/api/v1/reports", json.dumps(REPORT), "application/json")
    assert answer.status_code == 400
    assert not Incident.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_statement_of_a_report_is_prepared_once(token: str) -> None:
    if not capabilities().writable_ctes:
        pytest.skip("one writer at a time: nothing to prepare")
    for number in range(6):
        assert post({**REPORT, "key": f"12345-1{number}"}, token)[0] == 201
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), sum(generic_plans + custom_plans) FROM pg_prepared_statements"
        )
        statements, runs = cursor.fetchone()
    assert statements == 1 and runs >= 5
