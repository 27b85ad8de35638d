"""An installation of its own: real processes on free loopback ports, a folder, a database."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.system.database import Database
from tools.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds; a shared machine may be very busy


def until(condition: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Wait for something the world outside this process does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds:.0f} s in vain for {what}"
        time.sleep(0.05)


@dataclass(slots=True)
class Program:
    """One running `maplebridge …`."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def kill(self) -> None:
        """As a power cut does it: no goodbye."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.alive:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()


@dataclass(slots=True)
class Server(Program):
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answers(self) -> bool:
        assert self.alive, f"the server ended:\n{self.said()[-3000:]}"
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@dataclass(slots=True)
class Installation:
    """Where one installation lives, and what starts there."""

    folder: Path
    database: Database
    settings: Mapping[str, str] = field(default_factory=dict)

    def environment(self, **more: str) -> dict[str, str]:
        clean = {
            k: v for k, v in os.environ.items() if not k.startswith(("MAPLEBRIDGE_", "DJANGO_"))
        }
        own = {
            "DATABASE_URL": self.database.url,
            "MAPLEBRIDGE_MODE": "demo",
            "MAPLEBRIDGE_DATA_DIR": str(self.folder),
            # Everybody in a test comes from one address.
            "MAPLEBRIDGE_POSTS_PER_MINUTE": "0",
            "MAPLEBRIDGE_LOOKUPS_PER_MINUTE": "0",
            # Who tests one thing does not want a whole city acting beside it.
            "MAPLEBRIDGE_LIVING": "off",
            "PYTHONUNBUFFERED": "1",
        }
        return {**clean, **own, **self.settings, **more}

    def command(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run `maplebridge …` to its end."""
        return subprocess.run(
            [sys.executable, "-m", "maplebridge", *words],
            cwd=ROOT,
            env=self.environment(**env),
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    def json(self, *words: str) -> dict[str, Any]:
        """What `maplebridge … --json` says; it must succeed."""
        done = self.command(*words, "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    @contextmanager
    def serving(self, port: int | None = None, **env: str) -> Iterator[Server]:
        """A server without a worker, ready to answer."""
        port = port or free_port()
        words = ("serve", "--no-worker", "--port", str(port))
        server = Server(*self._start(*words, **env), port=port)
        try:
            until(server.answers, "the server")
            yield server
        finally:
            server.stop()

    def working(self) -> AbstractContextManager[Program]:
        """A worker."""
        return self.running("work")

    @contextmanager
    def running(self, *words: str) -> Iterator[Program]:
        """A command that is still at work; stopped at the end if it has not ended."""
        program = Program(*self._start(*words))
        try:
            yield program
        finally:
            program.stop()

    def _start(self, *words: str, **env: str) -> tuple[subprocess.Popen[bytes], Path]:
        log = self.folder / f"{words[0]}-{time.monotonic_ns()}.log"
        with log.open("wb") as sink:
            process = subprocess.Popen(
                [sys.executable, "-m", "maplebridge", *words],
                cwd=ROOT,
                env=self.environment(**env),
                stdout=sink,
                stderr=subprocess.STDOUT,
            )
        return process, log
