"""Steps with a name and their seconds, and failures that say what to do. Standard library only."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

# Words of a failing tool -> what a person can do about it. First match wins.
HINTS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("No space left on device", "ENOSPC"), "the disk is full: free some space and run it again"),
    (
        (
            "Temporary failure in name resolution",
            "Name or service not known",
            "NewConnectionError",
            "Network is unreachable",
            "Connection refused",
            "ConnectTimeoutError",
            "Read timed out",
            "ENOTFOUND",
            "EAI_AGAIN",
            "ECONNREFUSED",
            "ETIMEDOUT",
            "Failed to fetch",
            "dns error",
            # pip without retries says only this when the registry did not answer.
            "(from versions: none)",
        ),
        "the package registry was not reached: check the network or the proxy settings of pip/npm",
    ),
    (
        ("No matching distribution found", "has no usable wheels"),
        "this Python or platform has no ready-made package: use Python 3.11 to 3.13, 64 bit",
    ),
    (
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "Hash mismatch", "EINTEGRITY"),
        "a downloaded package is not the one that was locked: do not install it, tell the project",
    ),
    (("Permission denied", "EACCES"), "this folder is not writable for you"),
)


FIRST_BEAT = 2.0  # seconds; whoever waits longer wants to know that something happens
BEAT = 10.0  # then, so that a log stays readable


class SetupFailed(Exception):
    """A step could not be done; the text is for a person."""


def say(text: str) -> None:
    """Print one line at once; CI logs must not lag behind what happens."""
    print(text, flush=True)


@contextmanager
def step(title: str, *, first: float = FIRST_BEAT, every: float = BEAT) -> Iterator[None]:
    """Announce a step, say now and then that it goes on, and print its seconds at the end."""
    say(f"==> {title}")
    started, ended = time.monotonic(), threading.Event()

    def beat() -> None:
        wait = first
        while not ended.wait(wait):
            say(f"    {title}: {time.monotonic() - started:.0f} s, still at work")
            wait = every

    beating = threading.Thread(target=beat, daemon=True)
    beating.start()
    try:
        yield
    finally:
        ended.set()
        beating.join()
    say(f"    {title}: done in {time.monotonic() - started:.1f} s")


def hint_for(output: str) -> str | None:
    """Find out what a tool's complaint means for the person reading it."""
    for words, hint in HINTS:
        if any(word in output for word in words):
            return hint
    return None


def run_quietly(
    command: Sequence[object], *, cwd: Path, env: Mapping[str, str] | None = None
) -> None:
    """Run a tool; silent when it works, its last lines and a hint when it does not.

    The parts of the command are text or paths.
    """
    answer = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        text=True,
        errors="replace",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if answer.returncode == 0:
        return
    tail = "\n".join(answer.stdout.strip().splitlines()[-25:])
    print(tail, file=sys.stderr, flush=True)
    hint = hint_for(answer.stdout)
    words = " ".join(Path(str(part)).name for part in command[:4])
    raise SetupFailed(f"`{words} …` failed" + (f": {hint}" if hint else ""))
