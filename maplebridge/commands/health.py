"""What the doctor looks at: each look gives one answer, and says how to mend what is wrong."""

from __future__ import annotations

import ctypes
import platform
import shutil
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from maplebridge import __version__

LOW_DISK_GB = 2.0
DRIFT_SECONDS = 2.0
MOST_WAITING = 500
LONGEST_WAIT = timedelta(minutes=2)  # a worker that runs is behind by a fraction of a second
LONGEST_UNSEALED = timedelta(minutes=10)
LONGEST_UNANCHORED = timedelta(days=2)
CHINA = timedelta(hours=8)
NEXT_YEAR_FROM = 11  # the holiday notice of the next year comes out in November


@dataclass(frozen=True, slots=True)
class Answer:
    state: str  # ok | warning | failed | unknown
    said: str
    fix: str = ""


def versions() -> Answer:
    import django

    said = (
        f"maplebridge {__version__}, Python {platform.python_version()}, "
        f"Django {django.get_version()}, SQLite {sqlite3.sqlite_version}"
    )
    if sqlite3.sqlite_version_info < (3, 35):
        return Answer("failed", said, "SQLite 3.35 or newer is needed.")
    return Answer("ok", said)


def mode() -> Answer:
    from django.conf import settings

    conf = settings.MAPLEBRIDGE
    if conf.production:
        return Answer("ok", "production")
    return Answer("warning", conf.mode, "Use MAPLEBRIDGE_MODE=production for real matters.")


def disk() -> Answer:
    from django.conf import settings

    free = shutil.disk_usage(settings.MAPLEBRIDGE.data_dir).free / 1e9
    said = f"{free:.1f} GB free in {settings.MAPLEBRIDGE.data_dir}"
    if free < LOW_DISK_GB:
        return Answer("failed", said, "Free space, or move MAPLEBRIDGE_DATA_DIR.")
    return Answer("ok", said)


def time_zone(at: datetime | None = None, process: timedelta | None = None) -> Answer:
    """Due times are counted in days of China: a wrong zone moves every one of them."""
    from maplebridge.kernel.clock import ZONE, now

    here = (at or now()).astimezone(ZONE)
    said = f"{ZONE.key}, here it is {here:%Y-%m-%d %H:%M %z}"
    if here.utcoffset() != CHINA:
        fix = "The time zone data are wrong or missing: install tzdata anew."
        return Answer("failed", said, fix)
    if process is None:
        process = timedelta(seconds=time.localtime().tm_gmtoff)
    if process != CHINA:
        said += f"; the process itself is at UTC{process.total_seconds() / 3600:+.1f} h"
        return Answer("warning", said, "Install the system's time zone data (package tzdata).")
    return _calendar(here, said)


def _calendar(here: datetime, said: str) -> Answer:
    from maplebridge.kernel.clock import has_calendar

    wanted = [here.year, *([here.year + 1] if here.month >= NEXT_YEAR_FROM else [])]
    missing = [str(year) for year in wanted if not has_calendar(year)]
    if not missing:
        return Answer("ok", said)
    said += f"; no holiday table for {' and '.join(missing)}"
    fix = "Add the year's public holidays to kernel/working_days.json once the notice is out."
    return Answer("warning", said, fix)


@dataclass(frozen=True, slots=True)
class KernelClock:
    """What the kernel knows of its clock."""

    kept: bool  # a time service has it in hand
    error: timedelta  # at most this wrong, by its own estimate


class _Timex(ctypes.Structure):
    """The beginning of `struct timex`; what follows is only made room for."""

    _fields_ = (
        ("modes", ctypes.c_uint),  # 0: only read
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),  # microseconds
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_char * 256),
    )


STA_UNSYNC = 0x40
TIME_ERROR = 5


def kernel_clock() -> KernelClock | None:
    """None where the kernel has no such call, or does not allow it in this container."""
    read = getattr(ctypes.CDLL(None), "adjtimex", None)
    if read is None:
        return None
    told = _Timex()
    state = read(ctypes.byref(told))
    if state < 0:
        return None
    kept = state != TIME_ERROR and not told.status & STA_UNSYNC
    return KernelClock(kept, timedelta(microseconds=told.maxerror))


def clock_drift(look: Callable[[], KernelClock | None] = kernel_clock) -> Answer:
    """Against the database server, where that is another machine, and against the world."""
    drift = _drift_from_database()
    said = f"{drift:.1f} s between here and the database"
    if drift > DRIFT_SECONDS:
        return Answer("failed", said, "Let both keep time by NTP.")
    clock = look()
    if clock is None:
        fix = "Look yourself whether a time service runs: “timedatectl” or “chronyc tracking”."
        return Answer("unknown", f"{said}; the kernel does not say whether NTP keeps time", fix)
    if not clock.kept:
        fix = "Switch a time service on (systemd-timesyncd, chrony), in a container on its host."
        return Answer("warning", f"{said}; no time service keeps this clock", fix)
    seconds = clock.error.total_seconds()
    said += f"; kept by a time service to {seconds:.1f} s"
    if seconds > DRIFT_SECONDS:
        return Answer("warning", said, "The time service has not heard of its source for long.")
    return Answer("ok", said)


def _drift_from_database() -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        before = time.time()
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        value = cursor.fetchone()[0]
    if isinstance(value, str):  # whole seconds
        value = datetime.fromisoformat(value).replace(tzinfo=UTC)
        before = float(int(before))
    return abs(float(value.timestamp()) - before)


def database() -> Answer:
    from django.db import NotSupportedError, connection

    from maplebridge.config.guard import pending_migrations

    started = time.perf_counter()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except NotSupportedError as error:
        return Answer("failed", first_line(error), "Upgrade the database server.")
    took = (time.perf_counter() - started) * 1000
    found, least = connection.get_database_version(), connection.features.minimum_database_version
    said = f"{connection.display_name} {dotted(found)}, answers in {took:.1f} ms"
    if too_old(found, least):
        return Answer(
            "failed", said, f"Upgrade the database server to {dotted(least or ())} or newer."
        )
    if waiting := pending_migrations():
        said = f"{len(waiting)} migrations are not applied"
        return Answer("failed", said, "Run “maplebridge migrate”.")
    return Answer("ok", said)


def too_old(found: Sequence[int], least: Sequence[int] | None) -> bool:
    return least is not None and tuple(found) < tuple(least)


def dotted(version: Sequence[int]) -> str:
    return ".".join(map(str, version))


def journal_order() -> Answer:
    from maplebridge.kernel.clock import now
    from maplebridge.kernel.journal.sealing import unsealed_entries
    from maplebridge.kernel.journal.upkeep import needs_rebase

    if needs_rebase():
        said = "entries come from another database server"
        return Answer("failed", said, "Stop everything and run “maplebridge journal rebase”.")
    left = unsealed_entries()
    since = left.values_list("at", flat=True).first()
    said = f"positions belong to this server; {left.count()} entries not sealed yet"
    if since and now() - since > LONGEST_UNSEALED:
        said += f", the first for {spoken(now() - since)}"
        fix = "Is a worker running? “maplebridge work”; then “maplebridge journal verify”."
        return Answer("warning", said, fix)
    return Answer("ok", said)


def anchor() -> Answer:
    """Chain values kept off the box: quick, it proves no entry."""
    from django.conf import settings

    from maplebridge.kernel.clock import now
    from maplebridge.kernel.journal.anchors import missing_from_chain, read_anchors

    conf = settings.MAPLEBRIDGE
    if not conf.anchor_file:
        said = "the journal's chain value is not kept elsewhere"
        fix = "Set MAPLEBRIDGE_ANCHOR_FILE to a file on another machine's disk."
        return Answer("warning" if conf.production else "ok", said, fix if conf.production else "")
    path = Path(conf.anchor_file)
    if not path.exists():
        fix = "The worker writes it once a day; is one running, and may it write there?"
        return Answer("warning", f"{path} is not there yet", fix)
    kept = read_anchors(path.read_text("utf-8"))
    if lost := missing_from_chain(kept):
        said = f"the value kept on {lost.at or 'an unknown day'} is not in the chain any more"
        return Answer("failed", said, f"Run “maplebridge journal verify --expect {path}”.")
    newest = max((datetime.fromisoformat(a.at) for a in kept if a.at), default=None)
    said = f"{len(kept)} chain values kept in {path}, all in the chain"
    if newest and now() - newest > LONGEST_UNANCHORED:
        fix = "Is a worker running, and may it write there? A quiet journal adds none."
        return Answer("warning", f"{said}; the newest is {spoken(now() - newest)} old", fix)
    return Answer("ok", said)


def queue_lag() -> Answer:
    """By age, not only by number: a dead worker at a quiet station has little waiting."""
    from maplebridge.kernel.clock import now
    from maplebridge.kernel.jobs.queue import oldest_due, waiting
    from maplebridge.kernel.journal import lag

    due, failed = waiting()
    found = lag()
    behind = max((entry.waiting for entry in found), default=0)
    parked = sum(entry.parked for entry in found)
    since = [at for at in (oldest_due(), *(entry.since for entry in found)) if at]
    longest = now() - min(since) if since else timedelta()
    said = f"{due} jobs due, {failed} failed, slowest subscriber {behind} behind, {parked} parked"
    if longest > LONGEST_WAIT:
        said += f", the first waits for {spoken(longest)}"
    if failed or parked:
        fix = "See the log of “maplebridge work”; then “maplebridge journal retry-parked”."
        return Answer("warning", said, fix)
    if max(due, behind) > MOST_WAITING or longest > LONGEST_WAIT:
        return Answer("warning", said, "Is a worker running? “maplebridge work”.")
    return Answer("ok", said)


def spoken(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    for size, word in ((1440, "days"), (60, "hours")):
        if minutes >= 2 * size:
            return f"{minutes // size} {word}"
    return f"{minutes} minutes"


SAMPLE = "doctor: néon ≠ 8"
Sealer = Callable[[str, str], str]


def adapters(seal: Sealer | None = None, unseal: Sealer | None = None) -> Answer:
    """The crypto suite seals and opens something; which other systems are connected."""
    from django.conf import settings

    from maplebridge.kernel.crypto import open_text, seal_text

    suites = {"i1": "SHA-256 and AES-GCM", "s1": "SM3 and SM4-GCM"}
    suite = suites[settings.MAPLEBRIDGE.crypto_suite]
    sealed = (seal or seal_text)(SAMPLE, "doctor")
    if SAMPLE in sealed or (unseal or open_text)(sealed, "doctor") != SAMPLE:
        said = f"crypto {suite} does not open what it seals"
        return Answer("failed", said, "Run “make setup”: the package cryptography is broken.")
    brain = "on" if settings.MAPLEBRIDGE.brain else "off"
    said = f"crypto {suite} seals and opens; brain {brain}; outside systems configured: none"
    return Answer("ok", said)


def front_end() -> Answer:
    from maplebridge.shell import assets

    if assets.find("main.ts") is None:
        return Answer("warning", "not built; pages work plainly", "Run “make setup”.")
    return Answer("ok", "built")


def first_line(error: BaseException) -> str:
    text = str(error).strip()
    return text.splitlines()[0] if text else type(error).__name__
