"""`maplebridge doctor`: is everything well, and if not, what to do."""

from __future__ import annotations

import platform
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import click

from maplebridge import __version__
from maplebridge.commands.base import json_option, say, with_rooms

LOW_DISK_GB = 2.0
DRIFT_SECONDS = 2.0
MOST_WAITING = 500


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    state: str  # ok | warning | failed
    said: str
    fix: str = ""


@click.command()
@json_option
@with_rooms
def doctor(as_json: bool) -> None:
    """Check versions, disk, time, database, queues and adapters; say how to mend what is wrong.

    Exit code 1 when something failed.
    """
    findings = [_checked(check) for check in CHECKS]

    def lines() -> Iterator[str]:
        marks = {"ok": "ok     ", "warning": "warning", "failed": "FAILED "}
        for f in findings:
            yield f"{marks[f.state]}  {f.what:<16} {f.said}"
            if f.fix:
                yield f"{'':26} → {f.fix}"

    say({"version": __version__, "findings": [asdict(f) for f in findings]}, as_json, lines)
    if any(f.state == "failed" for f in findings):
        raise SystemExit(1)


def _checked(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except Exception as error:
        return Finding(check.__name__, "failed", f"{type(error).__name__}: {error}")


def versions() -> Finding:
    import django

    said = (
        f"maplebridge {__version__}, Python {platform.python_version()}, "
        f"Django {django.get_version()}, SQLite {sqlite3.sqlite_version}"
    )
    if sqlite3.sqlite_version_info < (3, 35):
        return Finding("versions", "failed", said, "SQLite 3.35 or newer is needed.")
    return Finding("versions", "ok", said)


def mode() -> Finding:
    from django.conf import settings

    conf = settings.MAPLEBRIDGE
    if conf.production:
        return Finding("mode", "ok", "production")
    fix = "Use MAPLEBRIDGE_MODE=production for real matters."
    return Finding("mode", "warning", conf.mode, fix)


def disk() -> Finding:
    from django.conf import settings

    free = shutil.disk_usage(settings.MAPLEBRIDGE.data_dir).free / 1e9
    said = f"{free:.1f} GB free in {settings.MAPLEBRIDGE.data_dir}"
    if free < LOW_DISK_GB:
        return Finding("disk", "failed", said, "Free space, or move MAPLEBRIDGE_DATA_DIR.")
    return Finding("disk", "ok", said)


def time_zone() -> Finding:
    from maplebridge.kernel.clock import ZONE, has_calendar, now

    year = now().astimezone(ZONE).year
    said = f"{ZONE.key}, here it is {now().astimezone(ZONE):%Y-%m-%d %H:%M}"
    if not has_calendar(year):
        return Finding(
            "time zone", "warning", f"{said}; no holiday table for {year}",
            "Add the year's public holidays to kernel/working_days.json.",
        )  # fmt: skip
    return Finding("time zone", "ok", said)


def clock_drift() -> Finding:
    """Against the database server, and against itself: a clock that jumps breaks deadlines."""
    from django.db import connection

    with connection.cursor() as cursor:
        before = time.time()
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        value = cursor.fetchone()[0]
    if isinstance(value, str):
        value = datetime.fromisoformat(value).replace(tzinfo=UTC)
    drift = abs(value.timestamp() - before)
    said = f"{drift:.1f} s between this machine and the database"
    if drift > DRIFT_SECONDS:
        return Finding("clock drift", "failed", said, "Let both keep time by NTP.")
    return Finding("clock drift", "ok", said)


def database() -> Finding:
    from django.db import connection

    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    took = (time.perf_counter() - started) * 1000
    if waiting := pending_migrations():
        return Finding(
            "database", "failed", f"{len(waiting)} migrations are not applied",
            "Run “maplebridge migrate”.",
        )  # fmt: skip
    return Finding("database", "ok", f"{connection.vendor}, answers in {took:.1f} ms")


def pending_migrations() -> list[str]:
    """Names of migrations that are not applied."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _backwards in plan]


def journal_order() -> Finding:
    from maplebridge.kernel.journal.upkeep import needs_rebase

    if needs_rebase():
        return Finding(
            "journal", "failed", "entries come from another database server",
            "Stop everything and run “maplebridge journal rebase”.",
        )  # fmt: skip
    return Finding("journal", "ok", "positions belong to this server")


def queue_lag() -> Finding:
    from maplebridge.kernel.jobs.queue import waiting
    from maplebridge.kernel.journal import lag

    due, failed = waiting()
    slowest = max(lag(), key=lambda entry: entry.waiting, default=None)
    parked = sum(entry.parked for entry in lag())
    behind = slowest.waiting if slowest else 0
    said = f"{due} jobs due, {failed} failed, slowest subscriber {behind} behind, {parked} parked"
    if failed or parked:
        fix = "See the log of “maplebridge work”; then “maplebridge journal retry-parked”."
        return Finding("queues", "warning", said, fix)
    if due > MOST_WAITING or behind > MOST_WAITING:
        return Finding("queues", "warning", said, "Is a worker running? “maplebridge work”.")
    return Finding("queues", "ok", said)


def adapters() -> Finding:
    from django.conf import settings

    suites = {"i1": "SHA-256 and AES-GCM", "s1": "SM3 and SM4-GCM"}
    suite = suites[settings.MAPLEBRIDGE.crypto_suite]
    brain = "on" if settings.MAPLEBRIDGE.brain else "off"
    return Finding("adapters", "ok", f"crypto {suite}; brain {brain}; no outside system connected")


def front_end() -> Finding:
    from maplebridge.shell import assets

    if assets.find("main.ts") is None:
        return Finding("front end", "warning", "not built; pages work plainly", "Run “make setup”.")
    return Finding("front end", "ok", "built")


CHECKS = (
    versions, mode, disk, time_zone, clock_drift, database, journal_order, queue_lag, adapters,
    front_end,
)  # fmt: skip
