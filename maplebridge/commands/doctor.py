"""`maplebridge doctor`: is everything well, and if not, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

import click

from maplebridge import __version__
from maplebridge.commands import ground, health
from maplebridge.commands.base import json_option, say, with_rooms
from maplebridge.commands.health import Answer


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    state: str  # ok | warning | failed | unknown
    said: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One look; whatever happens during it, the finding has its name and says what to do."""

    what: str
    look: Callable[[], Answer]
    fix: str  # when the look itself fails, or says nothing better

    def __call__(self) -> Finding:
        try:
            answer = self.look()
        except Exception as error:
            said = f"{type(error).__name__}: {health.first_line(error)}"
            answer = Answer("failed", said)
        fix = "" if answer.state == "ok" else answer.fix or self.fix
        return Finding(self.what, answer.state, answer.said, fix)


REACH = "Check DATABASE_URL and that the database server runs; then run the doctor again."
CHECKS = (
    Check("versions", health.versions, "Run “make setup”."),
    Check("mode", health.mode, "Set MAPLEBRIDGE_MODE."),
    Check("disk", health.disk, "Check MAPLEBRIDGE_DATA_DIR and the disk it is on."),
    Check("time zone", health.time_zone, "Install tzdata anew: “make setup”."),
    Check("clock drift", health.clock_drift, REACH),
    Check("database", health.database, REACH),
    Check("journal", health.journal_order, REACH),
    Check("anchor", health.anchor, "Check MAPLEBRIDGE_ANCHOR_FILE: each line is one anchor."),
    Check("queues", health.queue_lag, REACH),
    Check("adapters", health.adapters, "Check MAPLEBRIDGE_CRYPTO_SUITE and MAPLEBRIDGE_DATA_KEY."),
    Check("front end", health.front_end, "Run “make setup”."),
    Check("map", ground.maps, REACH),
)
MARKS = {"ok": "ok     ", "warning": "warning", "failed": "FAILED ", "unknown": "unknown"}


@click.command()
@json_option
@with_rooms
def doctor(as_json: bool) -> None:
    """Check versions, disk, time, database, queues and adapters; say how to mend what is wrong.

    Exit code 1 when something failed.
    """
    findings = [check() for check in CHECKS]

    def lines() -> Iterator[str]:
        for f in findings:
            yield f"{MARKS[f.state]}  {f.what:<16} {f.said}"
            if f.fix:
                yield f"{'':26} → {f.fix}"

    say({"version": __version__, "findings": [asdict(f) for f in findings]}, as_json, lines)
    if any(f.state == "failed" for f in findings):
        raise SystemExit(1)
