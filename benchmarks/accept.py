"""Two hundred people say yes to one order at the same moment; and how long the choice takes.

For each engine: the generated city with 122 teams and 2,568 volunteers; the dispatch decision
(who could go for a matter, police and volunteers, with reasons) from the rows of the database;
then rounds of parallel acceptances, each on a connection of its own. Exactly one may win.

    python benchmarks/accept.py [--people 200] [--rounds 5] [--engine both] [--json OUT]

Threads of one process share the cores with the database, so the times are those of a small
machine at its limit; what must hold on any machine is the column of winners.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.common import Table, percentile, report, use_django  # noqa: E402 - path first
from tools.postgres import Unobtainable, running  # noqa: E402 - the same

if TYPE_CHECKING:
    from maplebridge.dispatch.models import Call, Offer

DECISIONS = 15  # choices that are timed, each for a matter at another place
AT = datetime(2026, 7, 14, 6, 0, tzinfo=UTC)  # a Tuesday, 14:00 in Shanghai


def load_city() -> dict[str, Any]:
    """Tables and the whole generated city; what it took."""
    from django.core.management import call_command

    from maplebridge.people import api as people
    from maplebridge.places import api as places
    from maplebridge.teams import api as teams
    from maplebridge.twin.city import generate_city

    call_command("migrate", verbosity=0)
    city = generate_city()
    places.load_city(city)
    people.load_people(city)
    began = time.perf_counter()
    teams.load_teams(city)
    seconds = time.perf_counter() - began
    team_count, persons = teams.counts()
    return {"teams": team_count, "volunteers": persons, "teams loaded in s": round(seconds, 2)}


def lost_person(number: int) -> int:
    """A triaged matter at the next premises of the city; its incident id."""
    from maplebridge.incidents import api as incidents
    from maplebridge.kernel.actor import RESIDENT
    from maplebridge.kernel.geo import Point
    from maplebridge.places.models import Premises

    place = Premises.objects.order_by("code")[number * 7 % 200]
    received = incidents.receive_report(
        incidents.Intake(
            key=f"bench:{number}", narrative=f"门口有位老人找不到家了，第{number}次。",
            point=Point(place.lon, place.lat), precision_m=20.0, point_source="pin",
        ),
        actor=RESIDENT,
    )  # fmt: skip
    incidents.triage_incident(
        received.code,
        incidents.Triage("urgent_help", "P2", "police", "missing_elder", lead_agency="PSB"),
        actor=desk(),
    )
    return received.incident_id


def desk() -> Any:
    from maplebridge.people import api as people
    from maplebridge.people.models import Post

    rows = Post.objects.select_related("account", "agency", "station")
    row = rows.filter(role__in=("dispatcher", "duty_chief")).order_by("code").first()
    assert row is not None
    return people.actor_in(row)


def decide(incidents: list[int]) -> list[float]:
    """Milliseconds of each choice: two rankings, reasons and names, from the rows."""
    from maplebridge.dispatch import api

    api.propose(incidents[0])  # reads the street network once
    taken = []
    for incident in incidents:
        began = time.perf_counter()
        api.propose(incident)
        taken.append(1000 * (time.perf_counter() - began))
    return taken


def ask_everybody(incident: int, people: int) -> tuple[Call, list[Offer]]:
    """The call the desk opens, with more people asked than any plan would: the widest race."""
    from maplebridge.dispatch import api
    from maplebridge.dispatch.models import Call, Offer
    from maplebridge.dispatch.states import CallState
    from maplebridge.teams.models import Volunteer

    call = Call.objects.get(pk=api.call_volunteers(incident, actor=desk()))
    asked = set(call.offers.values_list("volunteer_id", flat=True))
    more = Volunteer.objects.exclude(pk__in=asked).order_by("pk")[: people - len(asked)]
    Offer.objects.bulk_create(
        [Offer(call=call, volunteer=v, offered_at=call.opened_at) for v in more], batch_size=200
    )
    Call.objects.filter(pk=call.pk).update(state=CallState.OFFERED, next_phase_at=None)
    return call, list(call.offers.select_related("volunteer").order_by("pk")[:people])


def hands(people: int) -> int:
    """How many connections may say yes at once: everybody, or what the server admits."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return people
    with connection.cursor() as sql:
        sql.execute("SHOW max_connections")
        return min(people, int(sql.fetchone()[0]) - 15)


def race(offers: list[Offer]) -> tuple[Counter[str], float, list[float]]:
    """Everybody says yes; answers by kind, ms until the winner, ms until each one's answer.

    Where the server admits fewer connections than people, some share one, as they do behind a
    web server; all that fit begin at the same moment.
    """
    from django.db import connection

    from maplebridge.dispatch import api
    from maplebridge.kernel.actor import Actor, ActorKind
    from maplebridge.kernel.errors import MapleError

    answers: Counter[str] = Counter()
    waits: list[float] = []
    winner = 0.0
    count = hands(len(offers))
    gate, lock = threading.Barrier(count + 1), threading.Lock()
    began = 0.0

    def say_yes_in_turn(some: list[Offer]) -> None:
        try:
            connection.ensure_connection()
            gate.wait(timeout=60)
            for offer in some:
                say_yes(offer)
        except BaseException:
            gate.abort()  # nobody waits for a thread that could not begin
            raise
        finally:
            connection.close()

    def say_yes(offer: Offer) -> None:
        nonlocal winner
        actor = Actor(ActorKind.PERSON, "volunteer", volunteer_id=offer.volunteer_id)
        try:
            api.accept_offer(offer.pk, actor=actor)
            answer = "won"
        except MapleError as refusal:
            answer = refusal.code
        except Exception as error:
            answer = f"error {type(error).__name__}"
        took = 1000 * (time.perf_counter() - began)
        with lock:
            answers[answer] += 1
            waits.append(took)
            if answer == "won":
                winner = took

    threads = [
        threading.Thread(target=say_yes_in_turn, args=(offers[n::count],)) for n in range(count)
    ]
    for thread in threads:
        thread.start()
    began = time.perf_counter()
    gate.wait(timeout=60)
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return answers, winner, waits


def measure(people: int, rounds: int) -> dict[str, Any]:
    """One engine, named by DATABASE_URL: the decision and the races."""
    use_django()
    from maplebridge.kernel.clock import FixedClock, use_clock

    with use_clock(FixedClock(AT)):
        facts = load_city()
        matters = [lost_person(n) for n in range(DECISIONS)]
        taken = decide(matters)
    races = []
    for number in range(rounds):
        call, offers = ask_everybody(lost_person(DECISIONS + number), people)
        answers, winner, waits = race(offers)
        states = Counter(call.offers.values_list("state", flat=True))
        others = {name: n for name, n in answers.items() if name not in ("won", "dispatch.taken")}
        races.append(
            {
                "said yes": len(offers),
                "won": answers["won"],
                "told it is taken": answers["dispatch.taken"],
                "anything else": others,
                "rows accepted": states["accepted"],
                "winner ms": winner,
                "p50 ms": percentile(waits, 50),
                "p99 ms": percentile(waits, 99),
            }
        )
    return {"facts": facts, "decision_ms": taken, "races": races}


def run_engine(engine: str, people: int, rounds: int) -> dict[str, Any]:
    """In a process of its own: Django knows one database address."""
    command = [sys.executable, __file__, "--inside", "--people", str(people),
               "--rounds", str(rounds)]  # fmt: skip

    def inside(url: str) -> dict[str, Any]:
        env = {**os.environ, "DATABASE_URL": url, "MAPLEBRIDGE_MODE": "test"}
        env.pop("DJANGO_SETTINGS_MODULE", None)
        done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found

    if engine == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            return inside(f"sqlite:///{folder}/bench.sqlite3")
    with running(durable=True) as server:
        return inside(server.url)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--engine", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        print(json.dumps(measure(chosen.people, chosen.rounds)))
        return 0
    engines = ("sqlite", "postgresql") if chosen.engine == "both" else (chosen.engine,)
    found = {}
    for engine in engines:
        try:
            found[engine] = run_engine(engine, chosen.people, chosen.rounds)
        except Unobtainable as why:
            print(f"{engine}: left out, {why}", file=sys.stderr)
    report("accept", tables(found), {e: r["facts"] for e, r in found.items()}, chosen.json)
    races = [race for result in found.values() for race in result["races"]]
    one_each = all(r["won"] == 1 == r["rows accepted"] for r in races)
    return 0 if races and one_each else 1


def tables(found: dict[str, dict[str, Any]]) -> list[Table]:
    decisions = [
        (engine, len(ms), statistics.median(ms), percentile(ms, 90), max(ms))
        for engine, result in found.items()
        if (ms := result["decision_ms"])
    ]
    races = [
        (
            engine, number, r["said yes"], r["won"], r["told it is taken"],
            sum(r["anything else"].values()), r["winner ms"], r["p50 ms"], r["p99 ms"],
        )
        for engine, result in found.items()
        for number, r in enumerate(result["races"], start=1)
    ]  # fmt: skip
    return [
        Table("Who could go, of all volunteers and units: milliseconds",
              ("engine", "choices", "median", "p90", "worst"), decisions),
        Table("Parallel acceptances of one order",
              ("engine", "round", "yes", "won", "taken", "else", "winner ms", "p50 ms", "p99 ms"),
              races),
    ]  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
