"""All checks and tests in one run: `python tools/check.py [--only sqlite,mypy]`.

A step that cannot be had on this machine is skipped with a line saying so; with CI=true a skip is
a failure, because a green run must mean that everything ran.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # so that `python tools/check.py` works as `python -m tools.check`
    sys.path.insert(0, str(ROOT))

from tools import browser, frontend, postgres  # noqa: E402 - found only after the line above
from tools.progress import SetupFailed, say  # noqa: E402 - the same

PYTHON = sys.executable
LIMIT_SECONDS = 1200  # a step that takes this long hangs
CLOSING_LINE = re.compile(r"^=+ .*\b(passed|failed|errors?|no tests ran)\b.* in [\d.]+s.*=+$")


class Skipped(Exception):
    """A step could not be had here; the text is the reason."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one step ended."""

    name: str
    verdict: str  # ok | FAILED | skipped
    seconds: float
    note: str


class Failed(Exception):
    """A tool said no; the text goes into the summary."""


def run(*command: str, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> str:
    """Run a tool with its output passed on; return pytest's closing line if it printed one."""
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    alarm = threading.Timer(LIMIT_SECONDS, process.kill)
    alarm.start()
    closing = ""
    try:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            if CLOSING_LINE.match(line.strip()):
                closing = line.strip(" =\n")
        code = process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    finally:
        alarm.cancel()
    if code:
        raise Failed(closing or f"{Path(command[0]).name} ended with {code}")
    return closing


def tool(name: str) -> str:
    """Path of a tool installed beside this Python."""
    return str(Path(PYTHON).parent / name)


def python_sources() -> list[str]:
    """What is linted and typed; folders that some checkouts do not have yet are left out."""
    names = ["maplebridge", "tools", "tests", "benchmarks", "conftest.py"]
    return [name for name in names if (ROOT / name).exists()]


def present(folder: str) -> str:
    """The folder, or Skipped when this checkout has none."""
    if not (ROOT / folder).is_dir():
        raise Skipped(f"there is no {folder}")
    return folder


def check_lint() -> str:
    run(tool("ruff"), "check", *python_sources())
    run(tool("ruff"), "format", "--check", *python_sources())
    return ""


def check_types() -> str:
    return run(tool("mypy"), *python_sources(), env={"MAPLEBRIDGE_MODE": "test"})


def check_imports() -> str:
    run(PYTHON, "-m", "tools.import_contracts", "--check")
    return run(tool("lint-imports"))


def check_messages() -> str:
    return run(PYTHON, "-m", "tools.compile_messages", "--check")


def check_models() -> str:
    """Django's own checks, and that no change of a model lacks its migration."""
    env = {"MAPLEBRIDGE_MODE": "test", "DJANGO_SETTINGS_MODULE": "maplebridge.config.settings"}
    run(PYTHON, "-m", "django", "check", "--fail-level", "WARNING", env=env)
    return run(PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run", env=env)


def pytest(*arguments: str, env: Mapping[str, str] | None = None) -> str:
    return run(PYTHON, "-m", "pytest", "--color=no", *arguments, env=env)


def check_frontend() -> str:
    """Types and unit tests of the browser code, with the Node that built it."""
    folder = present("frontend")
    node = frontend.obtain_node(ROOT, Path(PYTHON))
    for script in ("types", "test"):
        run("npm", "run", "--silent", script, env={"PATH": node.path}, cwd=ROOT / folder)
    return ""


# A process for each core, each with a database of its own; whoever is done takes over from others.
CORES = os.cpu_count() or 1
EVERY_CORE = ("-n", str(CORES), "--dist", "worksteal")
FAST = (*EVERY_CORE, "-m", "not browser", "--ignore=tests/docs", "--ignore=tests/browser")

# These ask no database anything, so a second engine would tell nothing new.
PURE = ("maplebridge/brain", "tests/tooling")
WITHOUT_DATABASE = tuple(f"--ignore={folder}" for folder in PURE)


def test_sqlite() -> str:
    # The default of conftest.py; a DATABASE_URL of the caller must not turn this into another run.
    os.environ.pop("DATABASE_URL", None)
    return pytest(*FAST)


def test_postgres() -> str:
    try:
        # A server for each process: the journal is read below the oldest transaction of the whole
        # server, and an open one of another process's test would hold this one's entries back.
        with ExitStack() as stack:
            urls = [stack.enter_context(postgres.running()).url for _core in range(CORES)]
            servers = {"DATABASE_URL": urls[0], "MAPLEBRIDGE_TEST_SERVERS": " ".join(urls)}
            return pytest(*FAST, *WITHOUT_DATABASE, env=servers)
    except postgres.Unobtainable as reason:
        raise Skipped(str(reason)) from None


def test_browser() -> str:
    folder = present("tests/browser")
    if browser.obtain_browser() is None:
        raise Skipped("no Chromium here, and only root can install one")
    # Each process has a city of its own; whole files stay together, which share what they set up.
    return pytest("-n", str(os.cpu_count() or 1), "--dist", "loadfile", "-m", "browser", folder)


def test_docs() -> str:
    return pytest("-m", "not browser", present("tests/docs"))


Step = tuple[str, Callable[[], str]]  # what it is, what it does; the answer is a note
STEPS: dict[str, Step] = {
    "lint": ("ruff: rules and format", check_lint),
    "mypy": ("mypy --strict", check_types),
    "imports": ("import rules between rooms", check_imports),
    "messages": ("every text has its translation", check_messages),
    "models": ("Django system checks and missing migrations", check_models),
    "frontend": ("types and tests of the browser code", check_frontend),
    "sqlite": ("fast suite on SQLite", test_sqlite),
    "postgres": ("fast suite on PostgreSQL", test_postgres),
    "browser": ("browser tests in Chromium", test_browser),
    "docs": ("documentation tests", test_docs),
}


def run_step(name: str, *, strict: bool, steps: Mapping[str, Step] = STEPS) -> Outcome:
    """Run one step; with `strict` a skip counts as a failure."""
    title, work = steps[name]
    say(f"\n######## {name}: {title}")
    started = time.monotonic()
    try:
        verdict, note = "ok", work()
    except Skipped as reason:
        verdict, note = ("FAILED" if strict else "skipped"), f"skipped: {reason}"
        say(f"{name}: skipped: {reason}")
    except (Failed, SetupFailed) as reason:
        verdict, note = "FAILED", str(reason)
    seconds = time.monotonic() - started
    say(f"######## {name}: {verdict} in {seconds:.1f} s")
    return Outcome(name, verdict, seconds, note)


def is_strict(environ: Mapping[str, str]) -> bool:
    return environ.get("CI", "").lower() in ("1", "true")


def chosen_steps(only: str) -> list[str]:
    """The steps named by --only, in the order given; all without it."""
    names = [name.strip() for name in only.split(",") if name.strip()] or list(STEPS)
    unknown = [name for name in names if name not in STEPS]
    if unknown:
        raise SystemExit(f"no such step: {', '.join(unknown)}; there are {', '.join(STEPS)}")
    return names


def summarise(outcomes: Sequence[Outcome], seconds: float) -> int:
    """Print the table at the end; return the exit code."""
    width = min(shutil.get_terminal_size((100, 24)).columns, 140)
    say("\n" + "-" * width)
    for outcome in outcomes:
        row = f"{outcome.name:<9} {outcome.verdict:<8} {outcome.seconds:7.1f} s"
        say(f"{row}  {outcome.note}".rstrip())
    failed = [outcome.name for outcome in outcomes if outcome.verdict == "FAILED"]
    skipped = [outcome.name for outcome in outcomes if outcome.verdict == "skipped"]
    verdict = f"FAILED: {', '.join(failed)}" if failed else "all well"
    if skipped and not failed:
        verdict += f", not run here: {', '.join(skipped)}"
    say(f"check: {verdict}, {seconds:.0f} s")
    return 1 if failed else 0


def leave(number: int, frame: FrameType | None) -> NoReturn:
    """Turn a termination signal into an exit, so that servers of ours are stopped."""
    raise SystemExit(128 + number)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help=f"comma-separated: {', '.join(STEPS)}")
    options = parser.parse_args()
    names = chosen_steps(options.only)
    signal.signal(signal.SIGTERM, leave)
    strict = is_strict(os.environ)
    started = time.monotonic()
    outcomes = [run_step(name, strict=strict) for name in names]
    return summarise(outcomes, time.monotonic() - started)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
