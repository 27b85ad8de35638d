"""What `growth.py` measures: pages, verbs and the machinery, in the process of one database."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

TOKEN = "growth-token-0123456789abcdef"  # noqa: S105  lives as long as the scratch database


@dataclass(frozen=True, slots=True)
class Face:
    """One thing people or programs do; what `prepare` gives is not measured."""

    work: Callable[[Any], object]
    prepare: Callable[[], object] = lambda: None


def timed(face: Face) -> tuple[float, int]:
    """(seconds, queries)."""
    from django.db import connection

    given, seen = face.prepare(), 0

    def counting(execute: Callable[..., Any], *statement: Any) -> Any:
        nonlocal seen
        seen += 1
        return execute(*statement)

    with connection.execute_wrapper(counting):
        began = time.perf_counter()
        face.work(given)
        return time.perf_counter() - began, seen


def page_of(role: str, path: Callable[[], str]) -> Face:
    """A page as somebody who is signed in on this card of the demonstration."""
    from django.test import Client

    from maplebridge.people.api import demo_login
    from maplebridge.people.middleware import POST_KEY
    from maplebridge.people.models import Account

    client = Client(SERVER_NAME="localhost")
    if role != "resident":
        login = demo_login(role)
        assert login is not None and login.account_id is not None, role
        client.force_login(Account.objects.get(pk=login.account_id))
        session = client.session
        session[POST_KEY] = login.post_id
        session.save()

    def work(address: Any) -> None:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    return Face(work, path)


def code_in(*states: str) -> str:
    from maplebridge.incidents.models import Incident

    rows = Incident.objects.filter(state__in=states, intake_key__startswith="open:")
    return rows.filter(lon__isnull=False).order_by("-pk").values_list("code", flat=True)[:1].get()


def past_code() -> str:
    from maplebridge.incidents.models import Incident

    rows = Incident.objects.filter(state="closed", intake_key__startswith="history:")
    return rows.exclude(intake_key__contains="~").order_by("pk").values_list("code", flat=True)[0]


def all_faces() -> dict[str, Face]:
    case, past = code_in("triaged"), past_code()
    return {
        "desk: queue": page_of("duty_desk", lambda: "/desk/"),
        "desk: a long queue, page 20": page_of("duty_desk", lambda: "/desk/?part=to_send&page=20"),
        "desk: map points": page_of("duty_desk", lambda: "/desk/points.json"),
        "desk: an open incident": page_of("duty_desk", lambda: f"/desk/{case}/"),
        "desk: a closed incident": page_of("duty_desk", lambda: f"/desk/{past}/"),
        "desk: orders": page_of("duty_desk", lambda: "/desk/orders/"),
        "clerk: orders": page_of("agency_clerk", lambda: "/desk/orders/"),
        "follow: an open incident": page_of("resident", lambda: f"/follow/{case}/"),
        "field: officer": page_of("police_officer", lambda: "/field/"),
        "field: volunteer": page_of("volunteer", lambda: "/field/"),
        "field: sentinel": page_of("sentinel", lambda: "/field/"),
        "wall": page_of("leader", lambda: "/wall/"),
        "wall: events": page_of("leader", lambda: "/wall/events.json"),
        "figures": page_of("leader", lambda: "/figures/"),
        "figures: received": page_of("leader", lambda: "/figures/received/"),
        "figures: month against month": page_of(
            "leader", lambda: "/figures/received_change_month/"
        ),
        "api: hand in a report": post_report(),
        **verbs(),
        **machinery(),
    }


def post_report() -> Face:
    from django.test import Client

    from maplebridge.exchange.api import issue_client
    from maplebridge.kernel.actor import SYSTEM

    actor = SYSTEM("growth")
    issue_client("growth", may_report=True, may_follow=True, actor=actor, token=TOKEN)
    client = Client(SERVER_NAME="localhost")

    def work(number: Any) -> None:
        body = {
            "key": f"growth-{number}",
            "narrative": "小区门口井盖不见了，刚才有个老太太差一点踩进去，晚上更看不见。",
            "point": {"lon": 120.62, "lat": 27.5, "precision_m": 20},
        }
        answer = client.post(
            "/api/v1/reports", json.dumps(body), content_type="application/json",
            headers={"Authorization": f"Bearer {TOKEN}"},
        )  # fmt: skip
        assert answer.status_code == 201, answer.content

    return Face(work, time.monotonic_ns)


def verbs() -> dict[str, Face]:
    from maplebridge.dispatch import api as dispatch
    from maplebridge.incidents import api as incidents
    from maplebridge.incidents.records import Triage
    from maplebridge.kernel.clock import now
    from maplebridge.people import api as people

    login = people.demo_login("duty_desk")
    assert login is not None
    desk = people.actor_for(login.account_id, login.post_id)
    decision = Triage(
        category="dispute", subtype="neighbour", police_label="police", urgency="P3",
        lead_agency="", co_agencies=(), point=None, reason="",
    )  # fmt: skip

    def suggest(incident_id: Any) -> None:
        incidents.suggest_incident(incident_id)

    def unheard() -> int:
        from maplebridge.incidents.models import Incident

        rows = Incident.objects.filter(intake_key__startswith="open:", suggestions=None)
        return rows.order_by("pk").values_list("pk", flat=True)[:1].get()

    return {
        "triage an incident": Face(
            lambda code: incidents.triage_incident(code, decision, actor=desk),
            lambda: code_in("received"),
        ),
        "suggest (the brain)": Face(suggest, unheard),
        "due calls and alarms (every 5 s)": Face(
            lambda _none: (dispatch.due_calls(now()), dispatch.unanswered_alarms(now()))
        ),
    }


def machinery() -> dict[str, Face]:
    import maplebridge.kernel.worker  # noqa: F401  names the job that is claimed
    from maplebridge.commands.doctor import CHECKS
    from maplebridge.kernel.jobs.queue import claim, enqueue, enqueue_due_slots, sweep
    from maplebridge.kernel.journal import Cursor, head, read_after
    from maplebridge.kernel.journal.models import JournalEntry
    from maplebridge.kernel.journal.sealing import seal_next
    from maplebridge.kernel.journal.subscribers import deliver_all

    def near_head() -> Cursor:
        row = JournalEntry.objects.order_by("-xact", "-id")[500]
        return Cursor(row.xact, row.id)

    def all_told() -> None:
        while deliver_all():
            pass

    def entries_to_seal() -> None:
        while seal_next():
            pass
        row = JournalEntry.objects.order_by("-xact", "-id")[0]
        JournalEntry.objects.bulk_create(
            JournalEntry(
                at=row.at, kind="growth", version=1, actor_kind="system", actor_role="growth",
                channel="command", topics=[], data={"n": n},
            )
            for n in range(500)
        )  # fmt: skip

    def enqueue_one() -> None:
        assert enqueue("kernel.sweep_jobs")

    def claim_one(_none: Any) -> None:
        held = claim()
        assert held is not None
        held.delete()

    return {
        "journal: head": Face(lambda _none: head()),
        "journal: the newest 500": Face(read_after, near_head),
        "journal: an idle round": Face(lambda _none: deliver_all(), all_told),
        "journal: seal 500": Face(lambda _none: seal_next(), entries_to_seal),
        "jobs: claim one": Face(claim_one, enqueue_one),
        "jobs: periodic slots": Face(lambda _none: enqueue_due_slots()),
        "jobs: sweep": Face(lambda _none: sweep(), sweep),
        "doctor": Face(lambda _none: [check() for check in CHECKS]),
    }
