"""Full-duty create over HTTP against the raw one-statement insert, in one interleaved run.

Full duty: token, validation, place → grid, incident + report + status change + journal entry,
commit, answer. The floor: the same number of rows of the same size, written by psycopg as one
statement with writable CTEs, nothing around it. Both on one durable PostgreSQL on this machine.

    python benchmarks/intake.py [--seconds 3] [--rounds 5] [--json]

The load comes from processes of its own that share the cores with server and database, as a
ratio of interleaved rounds the machine's mood cancels out; absolute figures mean little.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing as mp
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.postgres import running  # noqa: E402

WORKERS = 2  # page processes: one a core
TOKEN = "bench-token-0123456789abcdef"  # noqa: S105  lives as long as the temporary database
NARRATIVE = "小区门口井盖不见了，刚才有个老太太差一点踩进去，晚上更看不见。"
FLOOR_SQL = """
WITH a AS (INSERT INTO bench_a (code, words, lon, lat, at) VALUES (%s, %s, %s, %s, now())
           RETURNING id),
     b AS (INSERT INTO bench_b (a_id, words, at) SELECT id, %s, now() FROM a RETURNING id),
     c AS (INSERT INTO bench_c (a_id, verb, state, at)
           SELECT id, 'receive', 'received', now() FROM a RETURNING id),
     d AS (INSERT INTO bench_d (kind, data, at) SELECT 'report_received',
           jsonb_build_object('id', id, 'code', %s::text), now() FROM a RETURNING id)
SELECT id FROM a
"""
FLOOR_TABLES = """
CREATE TABLE bench_a (id bigserial PRIMARY KEY, code text UNIQUE, words text, lon float8,
                      lat float8, at timestamptz);
CREATE TABLE bench_b (id bigserial PRIMARY KEY, a_id bigint, words text, at timestamptz);
CREATE TABLE bench_c (id bigserial PRIMARY KEY, a_id bigint, verb text, state text, at timestamptz);
CREATE TABLE bench_d (id bigserial PRIMARY KEY, kind text, data jsonb, at timestamptz);
"""


def floor_thread(url: str, until: float, counts: list[int]) -> None:
    import psycopg

    done = 0
    with psycopg.connect(url, autocommit=True) as link:
        while time.monotonic() < until:
            code = uuid.uuid4().hex
            link.execute(FLOOR_SQL, (code, NARRATIVE, 120.62, 27.5, NARRATIVE, code)).fetchone()
            done += 1
    counts.append(done)


def http_thread(port: int, until: float, counts: list[int], refused: list[int]) -> None:
    """One keep-alive connection sending reports; a plain socket, so the client costs little."""
    done = bad = 0
    head = (
        "POST /api/v1/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {TOKEN}\r\nContent-Length: "
    ).encode()
    with socket.create_connection(("127.0.0.1", port)) as link:
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while time.monotonic() < until:
            body = (
                f'{{"key":"{uuid.uuid4().hex}","narrative":"{NARRATIVE}",'
                '"point":{"lon":120.62,"lat":27.5,"precision_m":20}}'
            ).encode()
            link.sendall(head + str(len(body)).encode() + b"\r\n\r\n" + body)
            answer = link.recv(4096)
            while b"\r\n\r\n" not in answer or not answer.rstrip().endswith(b"}"):
                answer += link.recv(4096)
            ok = answer.startswith(b"HTTP/1.1 201")
            done, bad = done + ok, bad + (not ok)
    counts.append(done)
    refused.append(bad)


def one_process(kind: str, target: str, threads: int, seconds: float, out: mp.Queue) -> None:  # type: ignore[type-arg]
    until = time.monotonic() + seconds
    counts: list[int] = []
    refused: list[int] = []
    if kind == "floor":
        crew = [
            threading.Thread(target=floor_thread, args=(target, until, counts))
            for _ in range(threads)
        ]
    else:
        arguments = (int(target), until, counts, refused)
        crew = [threading.Thread(target=http_thread, args=arguments) for _ in range(threads)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    out.put((sum(counts), sum(refused)))


def measure(kind: str, target: str, connections: int, seconds: float) -> float:
    """Rows (or reports) a second with that many connections."""
    processes = min(2, connections)
    out: mp.Queue[tuple[int, int]] = mp.Queue()
    crew = [
        mp.Process(target=one_process, args=(kind, target, connections // processes, seconds, out))
        for _ in range(processes)
    ]
    for process in crew:
        process.start()
    got = [out.get(timeout=seconds + 60) for _ in crew]
    for process in crew:
        process.join()
    if refused := sum(bad for _good, bad in got):
        raise SystemExit(f"{refused} reports were refused; the figure would mean nothing")
    return sum(good for good, _bad in got) / seconds


def prepare(url: str) -> None:
    """Schema, the demo city's grids, and a client with a token."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "maplebridge.config.settings"
    import django
    import psycopg

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from maplebridge.exchange.api import issue_client
    from maplebridge.kernel.actor import SYSTEM
    from maplebridge.places.api import load_city
    from maplebridge.twin.city import generate_city

    load_city(generate_city())
    issue_client("bench", may_report=True, may_follow=False, actor=SYSTEM("bench"), token=TOKEN)
    with psycopg.connect(url, autocommit=True) as link:
        link.execute(FLOOR_TABLES)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if server.poll() is not None:
            raise SystemExit("the server ended before it answered")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not come up")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--seconds", type=float, default=3.0)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, running(durable=True) as database:
        port = free_port()
        os.environ |= {
            "DATABASE_URL": database.url,
            "MAPLEBRIDGE_MODE": "test",
            "MAPLEBRIDGE_DATA_DIR": folder,
            "MAPLEBRIDGE_WORKERS": str(WORKERS),
        }
        prepare(database.url)
        server = subprocess.Popen(
            [sys.executable, "-m", "maplebridge", "serve", "--pages", "--port", str(port)], cwd=ROOT
        )
        try:
            wait_for(port, server)
            report(run(database.url, port, asked.seconds, asked.rounds), asked.json)
        finally:
            server.terminate()
            server.wait(timeout=20)


def run(url: str, port: int, seconds: float, rounds: int) -> list[dict[str, float]]:
    for kind, target in (("http", str(port)), ("floor", url)):
        measure(kind, target, 4, 1.0)  # connections, caches and plans warm
    rows = []
    for connections in (1, 16):
        floors, creates = [], []
        for _ in range(rounds):
            floors.append(measure("floor", url, connections, seconds))
            creates.append(measure("http", str(port), connections, seconds))
        ratios = [c / f for c, f in zip(creates, floors, strict=True)]
        rows.append(
            {
                "connections": connections,
                "floor_per_s": statistics.median(floors),
                "create_per_s": statistics.median(creates),
                "ratio": statistics.median(ratios),
                "ratio_low": min(ratios),
                "ratio_high": max(ratios),
            }
        )
    return rows


def report(rows: list[dict[str, float]], as_json: bool) -> None:
    if not as_json:
        print(
            f"{'conn.':>6}{'floor/s':>10}{'create/s':>10}{'ratio':>8}   low–high   (aim 0.35 at 16)"
        )
        for r in rows:
            print(
                f"{r['connections']:>6.0f}{r['floor_per_s']:>10.0f}{r['create_per_s']:>10.0f}"
                f"{r['ratio']:>8.2f}   {r['ratio_low']:.2f}–{r['ratio_high']:.2f}"
            )
    print(json.dumps({"benchmark": "intake", "rows": rows}))


if __name__ == "__main__":
    main()
